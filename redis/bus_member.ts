/**
 * A member's side of the bus: hears the news and asks the owner. It keeps
 * nothing but the newest of each topic, which it reads again whenever the way
 * to Redis was broken.
 *
 * @module
 */
import { type AwayCode, AwayError } from "@/core/desk.ts";
import { createListeners, type Listeners } from "@/core/listeners.ts";
import { whyOf } from "@/core/why.ts";
import {
  channelsOf,
  databaseOf,
  MEMBER_HEARTBEAT_MS,
  NEWEST_KEY,
  type News,
  PATIENCE_MS,
  readNews,
  SILENCE_MS,
  TOKEN_FIELD,
  type Told,
  type ToMember,
  type Topic,
  TOPICS,
  type Words,
} from "./bus.ts";
import { createGate, createInflow, type Gate, sendParts } from "./bus_flow.ts";
import { type Link, openLink } from "./bus_link.ts";
import { ignoreAway, reviveError } from "./thrown.ts";

/** How long joining waits for Redis, and then for an owner, at the start. */
const JOIN_MS = 2_000;
const FIRST_NEWS_MS = 300;
/** How long an ask waits for a way to Redis that has just broken. */
const BROKEN_MS = 2_000;
/** How often it is looked whether the owner has fallen silent. */
const LOOK_MS = 500;

/** The member's end of the bus. */
export interface BusMember {
  /** The newest of a topic; null if nothing was ever told. */
  newest<T extends Topic>(topic: T): News[T] | null;
  /** Calls `listener` when a topic has news; returns how to stop. */
  watch(topic: Topic, listener: () => void): () => void;
  /** Calls `listener` when `trouble()` has changed; returns how to stop. */
  watchTrouble(listener: () => void): () => void;
  /** Null, or in plain words why the owner cannot be asked. */
  trouble(): string | null;
  /** Null, or in plain words why Redis cannot be reached from here. */
  redisTrouble(): string | null;
  /** Unix ms when the owner was heard last (or since when it is waited for). */
  heardAt(): number;
  /**
   * Asks the owner. It may be asked twice, when an owner goes away over it: so
   * ask only for what does no harm twice. Commands with a key are such.
   *
   * @throws {AwayError} If no owner answers.
   * @throws {Error} What the owner threw.
   */
  ask(call: string, args: unknown[]): Promise<unknown>;
  /** Asks for a long answer, in parts; not before the first line is wanted. */
  flow(call: string, args: unknown[]): AsyncIterable<string>;
  /** Sends lines and waits for the one answer. They are never sent twice. */
  send(call: string, lines: AsyncIterable<string>): Promise<unknown>;
  /** Tells the owner how many overlays are served here. */
  tellOverlays(count: number): void;
  /** For readers of other things in the same Redis. */
  client: Link["client"];
  close(): Promise<void>;
}

/** What a member needs. */
interface BusMemberOptions {
  url: string;
  /** Unix ms. */
  now(): number;
  onTrouble?(trouble: string | null): void;
}

/** What is asked and not answered yet. */
interface Waiting {
  owner: string;
  hear(words: ToMember): void;
  fail(error: Error): void;
}

/** How one ask goes on. */
interface Asking<T> {
  sends?: boolean;
  /** Before anything is said. */
  onAsk?(id: number): void;
  /** An owner has it. */
  onHeard?(id: number, fail: (error: unknown) => void): void;
  hear(words: ToMember, done: (value: T) => void): void;
}

/** An owner has gone; `heard` if it may have done what was asked. */
class NoAnswerError extends AwayError {
  override name = "NoAnswerError";
  override readonly code: AwayCode;
  constructor(readonly heard: boolean) {
    super(heard ? UNSURE : NO_OWNER);
    this.code = heard ? "unsure" : "away";
  }
}

const NO_OWNER =
  "The process that runs the game (ROLE=ingest) is not there. Start it, or wait until another one takes over; what was recorded is safe";
const UNSURE =
  "The process that runs the game did not answer in time. Look whether it was done before you try again";

/** Joins the bus; the way to Redis need not be there yet. */
export async function joinBus(options: BusMemberOptions): Promise<BusMember> {
  const { url, now } = options;
  const channels = channelsOf(databaseOf(url));
  const self = crypto.randomUUID();
  const newest = new Map<Topic, Told & { value?: unknown }>();
  const watchers = new Map<Topic, Listeners<[]>>();
  const troubleWatchers = createListeners();
  const waiting = new Map<number, Waiting>();
  /** Those who wait for an owner to be there. */
  let patient: (() => void)[] = [];
  /** Topics whose watchers are called soon. */
  const fresh = new Set<Topic>();
  let lastId = 0;
  let overlays = 0;
  let owner: string | null = null;
  /** When the owner was heard last: ms, monotonic, and Unix ms. */
  let heard = -Infinity;
  let heardAt = now();
  let told: string | null = null;
  /** What was logged last; at first it is only waited for the owner. */
  let logged: string | null | undefined;
  const openedAt = performance.now();
  let closed = false;

  const joined = Promise.withResolvers<void>();
  const link = openLink({
    url,
    channels: [channels.news, channels.member(self)],
    onText(channel, text) {
      if (channel === channels.news) hearNews(readNews(text));
      else hearAnswer(JSON.parse(text) as ToMember);
    },
    async onReady() {
      // Answers that came meanwhile are lost.
      failAll(() => true);
      await readNewest();
      sayHere();
      joined.resolve();
    },
    onTrouble: lookAtTrouble,
  });

  /** Reads what is kept of the news. */
  async function readNewest(isSure = false): Promise<void> {
    let kept: Record<string, string>;
    try {
      kept = await link.hash(NEWEST_KEY);
    } catch (error) {
      return ignoreAway(error); // read when the link stands again
    }
    const token = Number(kept[TOKEN_FIELD] ?? 0);
    const isOlder = [...newest.values()].some((known) => known.token > token);
    // Either news have overtaken the reading, or Redis has lost what it had and
    // counts from anew: a second look tells.
    if (isOlder && !isSure) return await readNewest(true);
    for (const topic of TOPICS) {
      const text = kept[topic];
      if (text !== undefined) take(readNews(text), true);
    }
  }

  function hearNews(news: Told): void {
    const known = newest.get(news.topic);
    if (known && news.token < known.token) return void readNewest(true);
    take(news, false);
  }

  /** Takes news in, unless it has newer ones. */
  function take(news: Told, wasKept: boolean): void {
    const { topic } = news;
    const known = newest.get(topic);
    const isOld = known && known.token === news.token &&
      known.count >= news.count;
    if (isOld) return;
    newest.set(topic, news);
    if (topic === "owner") hearOwner(valueOf("owner"), wasKept);
    if (fresh.size === 0) queueMicrotask(tellFresh);
    fresh.add(topic);
  }

  function tellFresh() {
    const topics = [...fresh];
    fresh.clear();
    for (const topic of topics) {
      watchers.get(topic)?.tell();
    }
  }

  /** The newest of a topic, read from JSON only when somebody wants it. */
  function valueOf<T extends Topic>(topic: T): News[T] | null {
    const news = newest.get(topic);
    if (!news) return null;
    if (!("value" in news)) news.value = JSON.parse(news.json);
    return news.value as News[T] | null;
  }

  /**
   * An owner is there, or has said good-bye. One that was only kept may be gone
   * long since: when it is asked, that is known at once.
   */
  function hearOwner(news: News["owner"], wasKept: boolean) {
    const before = owner;
    owner = news?.id ?? null;
    if (owner !== before) failAll((each) => each.owner === before);
    if (owner && !wasKept) {
      heard = performance.now();
      heardAt = now();
    }
    if (owner && owner !== before) sayHere();
    wakePatient();
    lookAtTrouble();
  }

  function wakePatient() {
    const waiters = patient;
    patient = [];
    for (const resolve of waiters) resolve();
  }

  function failAll(which: (waiting: Waiting) => boolean) {
    for (const each of waiting.values()) {
      if (which(each)) each.fail(new NoAnswerError(true));
    }
  }

  function hearAnswer(words: ToMember) {
    waiting.get(words.id)?.hear(words);
  }

  function trouble(): string | null {
    const isHeard = owner !== null && performance.now() - heard < SILENCE_MS;
    return link.trouble() ?? (isHeard ? null : NO_OWNER);
  }

  function lookAtTrouble() {
    const found = trouble();
    if (closed) return;
    const isEarly = performance.now() - openedAt < SILENCE_MS;
    if (found !== logged && !(isEarly && found !== null)) {
      logged = found;
      options.onTrouble?.(found);
    }
    if (found === told) return;
    told = found;
    troubleWatchers.tell();
  }

  /**
   * The owner to ask, waiting for one while it is likely that one comes.
   *
   * @param gone One that did not answer, and when that was noticed (ms).
   */
  async function ownerBy(
    deadline: number,
    gone: { owner: string; at: number } | null,
  ): Promise<string> {
    for (;;) {
      const broken = link.trouble();
      const isBack = gone === null || owner !== gone.owner || heard > gone.at;
      if (!broken && owner && isBack) return owner;
      const patience = broken ? BROKEN_MS : PATIENCE_MS;
      const end = Math.min(deadline, heard + patience);
      const left = end - performance.now();
      if (left <= 0 || closed) throw new AwayError(broken ?? NO_OWNER);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, LOOK_MS));
        patient.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Says something to an owner. @throws {NoAnswerError} If it is not there. */
  async function say(to: string, words: Words) {
    const text = JSON.stringify({ ...words, from: self });
    const count = await link.publish(channels.owner(to), text);
    if (count === 0) throw new NoAnswerError(false);
  }

  function sayHere() {
    if (!owner || link.trouble()) return;
    say(owner, { type: "here", overlays }).catch(ignoreAway);
  }

  /** One ask to one owner. */
  async function askOwner<T>(
    to: string,
    call: string,
    args: unknown[],
    { sends = false, onAsk, onHeard, hear }: Asking<T>,
  ): Promise<T> {
    const id = ++lastId;
    let silence: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const listen = () => {
          clearTimeout(silence);
          const gone = () => reject(new NoAnswerError(true));
          silence = setTimeout(gone, SILENCE_MS);
        };
        waiting.set(id, {
          owner: to,
          fail: reject,
          hear(words) {
            listen();
            if (words.type === "failed") {
              // An owner that is none any more, or not yet: another one is asked.
              reject(
                words.name === "StandbyError"
                  ? new NoAnswerError(false)
                  : reviveError(words.name, words.message),
              );
            } else if (words.type !== "busy") hear(words, resolve);
          },
        });
        listen();
        onAsk?.(id);
        say(to, { type: "ask", id, call, args, sends })
          .then(() => onHeard?.(id, reject), reject);
      });
    } finally {
      clearTimeout(silence);
      waiting.delete(id);
    }
  }

  /** Asks one owner after the other, while that does no harm. */
  async function insist<T>(
    once: (owner: string) => Promise<T>,
    isHarmless: boolean,
  ): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS;
    let gone: { owner: string; at: number } | null = null;
    for (;;) {
      const to = await ownerBy(deadline, gone);
      try {
        return await once(to);
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        if (error.heard && !isHarmless) throw error;
        if (performance.now() > deadline) throw error;
        gone = { owner: to, at: performance.now() };
      }
    }
  }

  async function* flow(call: string, args: unknown[]): AsyncGenerator<string> {
    const to = await ownerBy(performance.now() + PATIENCE_MS, null);
    let askId = 0;
    const tell = (type: "more" | "stop") => {
      say(to, { type, id: askId }).catch(ignoreAway);
    };
    const inflow = createInflow({
      onTaken: () => tell("more"),
      onStop: () => tell("stop"),
    });
    askOwner<void>(to, call, args, {
      onAsk: (id) => askId = id,
      hear(words, done) {
        if (words.type === "part") inflow.put(words.lines);
        else if (words.type === "end") done();
      },
    }).then(inflow.end, inflow.fail);
    yield* inflow.lines;
  }

  async function send(
    call: string,
    lines: AsyncIterable<string>,
  ): Promise<unknown> {
    const gate: Gate = createGate();
    try {
      return await insist((to) =>
        askOwner<unknown>(to, call, [], {
          sends: true,
          onHeard: (id, fail) => void sendAll(to, id, lines, gate).catch(fail),
          hear(words, done) {
            if (words.type === "more") gate.open();
            else if (words.type === "answer") done(words.value);
          },
        }), false);
    } finally {
      gate.shut(new AwayError("It was answered before all was sent"));
    }
  }

  /** @throws What the lines throw, after the owner was told to forget them. */
  async function sendAll(
    to: string,
    id: number,
    lines: AsyncIterable<string>,
    gate: Gate,
  ): Promise<void> {
    try {
      await sendParts(
        lines,
        gate,
        (part) => say(to, { type: "part", id, lines: part }),
      );
      await say(to, { type: "end", id, failed: null });
    } catch (error) {
      const failed = whyOf(error);
      await say(to, { type: "end", id, failed }).catch(ignoreAway);
      throw error;
    }
  }

  function listenersOf(topic: Topic): Listeners<[]> {
    const known = watchers.get(topic) ?? createListeners();
    watchers.set(topic, known);
    return known;
  }

  const timers = [
    setInterval(lookAtTrouble, LOOK_MS),
    setInterval(sayHere, MEMBER_HEARTBEAT_MS),
  ];
  await within(JOIN_MS, joined.promise);
  if (owner && !link.trouble()) {
    const heardOf = new Promise<void>((resolve) => patient.push(resolve));
    if (heard === -Infinity) await within(FIRST_NEWS_MS, heardOf);
  }

  return {
    newest: valueOf,
    watch: (topic, listener) => listenersOf(topic).watch(listener),
    watchTrouble: troubleWatchers.watch,
    trouble,
    redisTrouble: link.trouble,
    heardAt: () => heardAt,
    ask: (call, args) =>
      insist((to) =>
        askOwner<unknown>(to, call, args, {
          hear(words, done) {
            if (words.type === "answer") done(words.value);
          },
        }), true),
    flow,
    send,
    tellOverlays(count) {
      if (count === overlays) return;
      overlays = count;
      sayHere();
    },
    client: link.client,
    async close() {
      if (closed) return;
      timers.forEach(clearInterval);
      if (owner && !link.trouble()) {
        await say(owner, { type: "gone" }).catch(ignoreAway);
      }
      closed = true;
      wakePatient();
      failAll(() => true);
      await link.close();
    },
  };
}

/** Waits for something, but not longer than `ms`. */
async function within(ms: number, what: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, ms));
  await Promise.race([what, late]);
  clearTimeout(timer);
}
