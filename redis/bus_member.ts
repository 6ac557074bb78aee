/**
 * A member's side of the bus: hears the news and asks the owner. It keeps
 * nothing but the newest of each topic.
 *
 * @module
 */
import { callEvery, type Clock, within } from "@/core/clock.ts";
import {
  channelsOf,
  databaseOf,
  MEMBER_HEARTBEAT_MS,
  type News,
  type ToMember,
  type Topic,
  type Words,
} from "./bus.ts";
import { createAsks } from "./bus_asks.ts";
import { type Link, openLink } from "./bus_link.ts";
import { createNews } from "./bus_news.ts";
import { createOwnerHeard, LOOK_MS } from "./bus_owner_heard.ts";
import { ignoreAway } from "./thrown.ts";

/** How long joining waits for Redis, and then for an owner, at the start. */
const JOIN_MS = 2_000;
const FIRST_NEWS_MS = 300;

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
  clock: Clock;
  onTrouble?(trouble: string | null): void;
}

/** Joins the bus; the way to Redis need not be there yet. */
export async function joinBus(options: BusMemberOptions): Promise<BusMember> {
  const { url, clock } = options;
  const channels = channelsOf(databaseOf(url));
  const self = crypto.randomUUID();
  let overlays = 0;
  let closed = false;

  const owner = createOwnerHeard({
    clock,
    linkTrouble: () => link.trouble(),
    onChange(before, now) {
      asks.fail(before);
      if (now) sayHere();
    },
    ...(options.onTrouble && { onTrouble: options.onTrouble }),
  });
  const asks = createAsks(clock, owner, publish);
  const news = createNews(() => link, owner.hear);
  const joined = Promise.withResolvers<void>();
  const link: Link = openLink({
    url,
    channels: [channels.news, channels.member(self)],
    onText(channel, text) {
      if (channel === channels.news) news.hear(text);
      else asks.hear(JSON.parse(text) as ToMember);
    },
    async onReady() {
      asks.fail(); // answers that came meanwhile are lost
      await news.readKept();
      sayHere();
      joined.resolve();
    },
    onTrouble: owner.look,
  });

  /** Says something to an owner; false where it is not there. */
  async function publish(to: string, words: Words): Promise<boolean> {
    const text = JSON.stringify({ ...words, from: self });
    return await link.publish(channels.owner(to), text) > 0;
  }

  /** Tells the owner that this member is there, and what it serves. */
  function sayHere() {
    tellOwner({ type: "here", overlays }).catch(ignoreAway);
  }

  async function tellOwner(words: Words) {
    const to = owner.now();
    if (to && !link.trouble()) await publish(to, words);
  }

  const timers = [
    callEvery(clock, LOOK_MS, owner.look),
    callEvery(clock, MEMBER_HEARTBEAT_MS, sayHere),
  ];
  await within(clock, JOIN_MS, joined.promise);
  if (owner.now() && !link.trouble() && !owner.isHeard()) {
    await within(clock, FIRST_NEWS_MS, owner.next());
  }

  return {
    newest: news.newest,
    watch: news.watch,
    watchTrouble: owner.watchTrouble,
    trouble: owner.trouble,
    redisTrouble: link.trouble,
    heardAt: owner.heardAt,
    ask: asks.ask,
    flow: asks.flow,
    send: asks.send,
    tellOverlays(count) {
      if (count === overlays) return;
      overlays = count;
      sayHere();
    },
    client: link.client,
    async close() {
      if (closed) return;
      closed = true;
      for (const stop of timers) stop();
      await tellOwner({ type: "gone" }).catch(ignoreAway);
      owner.close();
      asks.fail();
      await link.close();
    },
  };
}
