/**
 * The owner's side of the bus: tells the news, and answers what members ask.
 *
 * @module
 */
import {
  channelsOf,
  databaseOf,
  HEARTBEAT_MS,
  MEMBER_SILENCE_MS,
  MOST_FLOWS,
  NEWEST_KEY,
  type News,
  readNews,
  TELL,
  type ToMember,
  type ToOwner,
  type Topic,
  TOPICS,
  writeNews,
} from "./bus.ts";
import {
  createGate,
  createInflow,
  type Gate,
  type Inflow,
} from "./bus_flow.ts";
import { sendParts } from "./bus_flow.ts";
import { openLink } from "./bus_link.ts";
import { ignoreAway } from "./thrown.ts";
import { AwayError } from "@/core/desk.ts";
import { errorOf } from "@/core/why.ts";

/** Fields of the hash when every topic and the token are there. */
const WHOLE = TOPICS.length + 1;

/** What members may ask for, by name. */
export interface Calls {
  /** Answered once. */
  answers: Record<string, (...args: never[]) => unknown>;
  /** The answers that leave everything as it is. */
  reads: ReadonlySet<string>;
  /** Answered in parts. */
  flows: Record<
    string,
    (
      ...args: never[]
    ) => Promise<AsyncIterable<string> | null> | AsyncIterable<string>
  >;
  /** Take parts in, and answer once. */
  intakes: Record<string, (lines: AsyncIterable<string>) => Promise<unknown>>;
}

/** What an owner needs. */
interface BusOwnerOptions {
  url: string;
  /**
   * Grows with every new owner; an older one is not heard. 0 while this is none:
   * then nothing is told, and so nobody asks.
   */
  token(): number;
  /** The news as they are now; null while there are none. */
  news: { [T in Exclude<Topic, "owner">]: () => News[T] | null };
  calls: Calls;
  /** Another owner has a newer token; told once for each token. */
  onOusted?(): void;
  /** The number of overlays that members serve has changed. */
  onOverlays?(count: number): void;
  onTrouble?(trouble: string | null): void;
}

/** The owner's end of the bus. */
export interface BusOwner {
  /** News have changed; the newest are told as soon as the last ones went out. */
  changed(topic: Exclude<Topic, "owner">): void;
  /** This process leads now: tells everything. */
  announce(): void;
  /** Overlays that members serve. */
  overlays(): number;
  /** Null, or in plain words why Redis cannot be reached. */
  trouble(): string | null;
  /** Says good-bye, so that nobody waits for answers. */
  close(): Promise<void>;
}

/** An ask under way. */
interface Work {
  gate: Gate;
  inflow: Inflow | null;
  isFlow: boolean;
}

/** Opens the owner's end; tells everything at once. */
export function openBusOwner(options: BusOwnerOptions): BusOwner {
  const { url, news, calls } = options;
  const channels = channelsOf(databaseOf(url));
  const id = crypto.randomUUID();
  /** By member. */
  const members = new Map<string, { overlays: number; heardAt: number }>();
  /** By member and ask. */
  const works = new Map<string, Work>();
  const due = new Set<Topic>();
  /** Told, and not kept for whoever comes later. */
  const unkept = new Set<Topic>();
  /** Larger than that of any process before, also with the same token. */
  let count = Date.now() * 1_000;
  let telling = false;
  let ousted = -1;
  let closed = false;

  const link = openLink({
    url,
    channels: [channels.owner(id)],
    onText: (_, text) => hear(JSON.parse(text) as ToOwner),
    async onReady() {
      await countOn();
      tellAll();
    },
    onTrouble: (trouble) => options.onTrouble?.(trouble),
  });

  /** Counts on from what is kept: the clock may have been set back since. */
  async function countOn() {
    try {
      const kept = await link.hash(NEWEST_KEY);
      for (const topic of TOPICS) {
        const text = kept[topic];
        if (text !== undefined) count = Math.max(count, readNews(text).count);
      }
    } catch (error) {
      ignoreAway(error); // done when the link stands again
    }
  }

  /** Tells one topic as it is now. */
  async function tell(topic: Topic, bye = false): Promise<void> {
    const now = topic === "owner" ? (bye ? null : { id }) : news[topic]();
    const token = options.token();
    if (token === 0 || (now === null && !bye)) return;
    const json = JSON.stringify(now);
    const text = writeNews({ topic, token, count: ++count, json });
    const args = [String(token), topic, text, channels.news];
    const fields = await link.run(TELL, [NEWEST_KEY], args);
    if (fields === -1 && ousted !== token) {
      ousted = token;
      options.onOusted?.();
    }
    if (fields === -2) unkept.add(topic);
    else unkept.delete(topic);
    // Redis has lost what it held (the token is a field too).
    if (topic === "owner" && Number(fields) >= 0 && Number(fields) < WHOLE) {
      for (const each of TOPICS) if (each !== "owner") due.add(each);
    }
  }

  function tellAll() {
    for (const topic of TOPICS) due.add(topic);
    tellDue();
  }

  /** Tells what is due, as often as Redis takes it: the newest, never a queue. */
  async function tellDue(): Promise<void> {
    if (telling || closed) return;
    telling = true;
    try {
      while (due.size > 0 && !closed && !link.trouble()) {
        const topics = [...due];
        due.clear();
        try {
          await Promise.all(topics.map((topic) => tell(topic)));
        } catch (error) {
          // With the next heartbeat, or when the link stands again.
          for (const topic of topics) due.add(topic);
          ignoreAway(error);
          return;
        }
      }
    } finally {
      telling = false;
    }
  }

  /** Tells what has changed before the answer that follows it. */
  function tellBeforeAnswer() {
    for (const topic of ["state", "access", "frame"] as const) {
      tell(topic).catch(ignoreAway);
      due.delete(topic);
    }
  }

  /** Answers; false where the member is not there to hear it. */
  async function say(member: string, words: ToMember): Promise<boolean> {
    try {
      const text = JSON.stringify(words);
      return await link.publish(channels.member(member), text) > 0;
    } catch (error) {
      if (!(error instanceof AwayError)) throw error;
      return false;
    }
  }

  function hear(words: ToOwner) {
    const { from } = words;
    const isNew = !members.has(from);
    const member = members.get(from) ?? { overlays: 0, heardAt: 0 };
    member.heardAt = performance.now();
    members.set(from, member);
    if (words.type === "gone") return forget(from);
    if (words.type === "here") {
      if (isNew) {
        due.add("owner"); // it need not wait for the next heartbeat
        due.add("frame"); // one that was kept says what time it was then
        tellDue();
      }
      if (member.overlays === words.overlays) return;
      member.overlays = words.overlays;
      return options.onOverlays?.(overlays());
    }
    if (words.type === "ask") return void answer(words);
    const work = works.get(nameOf(from, words.id));
    if (!work) return;
    if (words.type === "part") work.inflow?.put(words.lines);
    else if (words.type === "end") endInflow(work, words.failed);
    else if (words.type === "more") work.gate.open();
    else stop(work);
  }

  function endInflow({ inflow }: Work, failed: string | null) {
    if (failed === null) inflow?.end();
    else inflow?.fail(new Error(failed));
  }

  function stop(work: Work) {
    work.gate.shut(new AwayError("Nobody reads on"));
    work.inflow?.fail(new AwayError("The sender has gone"));
  }

  function forget(member: string) {
    members.delete(member);
    for (const [name, work] of works) {
      if (name.startsWith(`${member} `)) stop(work);
    }
    options.onOverlays?.(overlays());
  }

  /** Answers one ask, and says that it is at it while that takes long. */
  async function answer(
    ask: Extract<ToOwner, { type: "ask" }>,
  ): Promise<void> {
    const { from, id, call, args, sends } = ask;
    const name = nameOf(from, id);
    if (works.has(name)) return;
    const inflow = sends
      ? createInflow({
        onTaken: () => void say(from, { id, type: "more" }),
        onStop: () => {},
      })
      : null;
    const isFlow = Object.hasOwn(calls.flows, call);
    const work: Work = { gate: createGate(), inflow, isFlow };
    works.set(name, work);
    const busy = setInterval(
      () => say(from, { id, type: "busy" }),
      HEARTBEAT_MS,
    );
    try {
      await carryOut(from, id, call, args as never[], work);
    } catch (error) {
      const { name, message } = errorOf(error);
      await say(from, { id, type: "failed", name, message });
    } finally {
      clearInterval(busy);
      works.delete(name);
    }
  }

  async function carryOut(
    from: string,
    id: number,
    call: string,
    args: never[],
    work: Work,
  ): Promise<void> {
    if (work.isFlow) {
      if (flowsNow() > MOST_FLOWS) {
        throw new AwayError(
          `${MOST_FLOWS} exports are being read already; try again in a moment`,
        );
      }
      const lines = await calls.flows[call]!(...args);
      if (lines) {
        await sendParts(lines, work.gate, async (part) => {
          const heard = await say(from, { id, type: "part", lines: part });
          if (!heard) throw new AwayError("The reader has gone");
        });
      }
      await say(from, { id, type: "end" });
      return;
    }
    const value = work.inflow
      ? await calls.intakes[call]!(work.inflow.lines)
      : await callOf(call)(...args);
    if (!calls.reads.has(call)) tellBeforeAnswer();
    await say(from, { id, type: "answer", value: value ?? null });
  }

  function callOf(call: string) {
    if (Object.hasOwn(calls.answers, call)) return calls.answers[call]!;
    throw new RangeError(`Cannot answer "${call}": there is no such call`);
  }

  function flowsNow(): number {
    let flows = 0;
    for (const work of works.values()) if (work.isFlow) flows++;
    return flows;
  }

  function overlays(): number {
    let sum = 0;
    for (const member of members.values()) sum += member.overlays;
    return sum;
  }

  const heartbeat = setInterval(() => {
    due.add("owner");
    for (const topic of unkept) due.add(topic);
    tellDue();
    const silent = performance.now() - MEMBER_SILENCE_MS;
    for (const [member, { heardAt }] of members) {
      if (heardAt < silent) forget(member);
    }
  }, HEARTBEAT_MS);

  return {
    changed(topic) {
      due.add(topic);
      tellDue();
    },
    announce: tellAll,
    overlays,
    trouble: link.trouble,
    async close() {
      if (closed) return;
      clearInterval(heartbeat);
      for (const work of works.values()) stop(work);
      if (!link.trouble()) await tell("owner", true).catch(ignoreAway);
      closed = true;
      await link.close();
    },
  };
}

function nameOf(member: string, id: number): string {
  return `${member} ${id}`;
}
