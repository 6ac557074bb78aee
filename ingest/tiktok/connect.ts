/**
 * One channel's connection: look up, connect, watch, back off, and again,
 * until the LIVE ends or the host closes it. It never gives up otherwise, and
 * looks for the channel's next LIVE while there is a game for it.
 *
 * TikTok refuses those who ask too often, so there is one connection at a
 * time, at most five requests a minute to the signing service, and a random
 * pause after every failure. TikTok's socket can freeze without closing, so
 * this keeps its own watch.
 *
 * @module
 */
import type { Connection, ConnectionPhase, Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { type Clock, systemClock } from "../clock.ts";
import { type Link, type LinkOptions, openLink } from "./connector.ts";
import { createFeed, type Feed, type Heard } from "./feed.ts";
import { createIntake, type OnEvents } from "./intake.ts";
import { lookUp, stateOf } from "./lookup.ts";
import { backoff, lookAgain } from "./pauses.ts";
import { processSignLimit, type SignLimit } from "./sign_limit.ts";
import { type Change, createStatus } from "./status.ts";
import { createTheirClock } from "./their_clock.ts";
import { parseChannel } from "./messages.ts";
import {
  connectTrouble,
  lookTrouble,
  messageOf,
  type Trouble,
} from "./trouble.ts";

/** How to connect, and whom to tell. */
export interface ConnectionOptions extends LinkOptions {
  /** A room id that the host knows; needed where a login hides it. */
  roomId?: string;
  /** Everything that happened, in batches as it arrived. */
  onEvents: OnEvents;
  /** The connection, each time more than `lastMessageAt` changes. */
  onChange?(connection: Connection): void;
  clock?: Clock;
  /** Shared by everything that asks the same signing service. */
  signLimit?: SignLimit;
}

/** How one try ended. */
type Outcome =
  | Extract<Incoming, { type: "ended" }>
  | { type: "offline" }
  | { type: "refused"; reason: "not_found" | "age_restricted" }
  | { type: "lost"; message: string; steady: boolean }
  | { type: "trouble" } & Trouble;

/** A link without any frame for so long is dead; heartbeats come every 10 s. */
const DEAD_MS = 60_000;
/** After so long without a message the host is told. */
const SILENT_MS = 20_000;
/** A link that has lived so long was good: the pauses start anew. */
const STEADY_MS = 60_000;
/** The most that signing and opening may take together. */
const CONNECT_MS = 60_000;
/** Every so many tries a known room id is looked up afresh. */
const FRESH_EVERY = 3;

/** Opens a connection; it starts at once. */
export function openConnection(options: ConnectionOptions): Source {
  const { channel, clock = systemClock, signLimit = processSignLimit } =
    options;
  const closing = new AbortController();
  const intake = createIntake(options.onEvents, channel.toLowerCase());
  const theirs = createTheirClock(clock);
  const status = createStatus(channel, clock, options.onChange);
  let roomId: string | null = null;
  let triesWithRoom = 0;
  let failures = 0;
  let downSince: Heard | null = null;
  /** The LIVE that has ended, until the next one is there. */
  let over: { roomId: string; reason: "ended" | "suspended" } | null = null;
  /** The time that the word of its end had. */
  let endedAt: number | null = null;
  let seeks = false;
  let turnRound = () => {};
  let untoldSince = (): number | null => null;

  const done = run();

  async function run(): Promise<void> {
    if (!parseChannel(channel).ok) {
      return status.set({ state: "failed", reason: "bad_channel" });
    }
    enter(options.roomId ?? null);
    while (!closing.signal.aborted) {
      const outcome = await attempt();
      if (closing.signal.aborted) return;
      if (outcome.type === "ended") {
        over = { roomId: roomId!, reason: outcome.reason };
        endedAt = outcome.at;
      }
      await rest(outcome);
      const again = outcome.type === "lost" || outcome.type === "trouble";
      if (again) intake.counts.reconnects += 1;
    }
  }

  /** Lets the pause pass; after an end, as long as there is no game to go on. */
  async function rest(outcome: Outcome): Promise<void> {
    const wait = pauseAfter(outcome);
    const [retryAt, due] = [clock.wall() + wait, clock.elapsed() + wait];
    let turned: AbortController;
    do {
      turned = new AbortController();
      turnRound = () => turned.abort();
      const stop = AbortSignal.any([closing.signal, turned.signal]);
      if (over && !seeks) {
        status.set(shownEnd(over.reason));
        await aborted(stop);
      } else {
        status.set({ ...shownSince(outcome), retryAt });
        await clock.after(due - clock.elapsed(), stop);
      }
    } while (turned.signal.aborted && !closing.signal.aborted);
  }

  /** Between two LIVEs it says so, instead of that the channel is off air. */
  function shownSince(outcome: Outcome): Change {
    const isBetween = outcome.type === "ended" || outcome.type === "offline";
    return over && isBetween
      ? { state: "offline", reason: over.reason }
      : shown(outcome);
  }

  /** One try with a link of its own, from the look to the loss. */
  async function attempt(): Promise<Outcome> {
    const feed = createFeed(intake, clock, heard, { theirs, endedAt });
    untoldSince = feed.untoldSince;
    const link = openLink(options, feed);
    const cancel = () => void link.close();
    closing.signal.addEventListener("abort", cancel);
    try {
      const failed = await reach(link) ?? await connect(link);
      // The first batch may say that it is over, and spoil what follows.
      return feed.ended() ?? failed ?? await watch(feed);
    } catch (error) {
      intake.counts.errors += 1;
      const message = messageOf(error);
      return { type: "trouble", reason: "unknown", message, pause: null };
    } finally {
      closing.signal.removeEventListener("abort", cancel);
      await link.close();
      untoldSince = () => null; // what was not told by now never will be
    }
  }

  /** Makes sure that there is a room to connect to; null when there is. */
  async function reach(link: Link): Promise<Outcome | null> {
    status.set({ state: "looking" });
    if (over && roomId === over.roomId) enter(null);
    const known = roomId;
    const isOver = async (id: string) =>
      await stateOf(link, clock, id) === "over";
    const knownOver = known !== null && await isOver(known);
    triesWithRoom += 1;
    if (known && !knownOver && triesWithRoom % FRESH_EVERY !== 0) return null;

    const found = await lookUp(link, clock, () => signPlace("looking"));
    if (found.type === "live") {
      // Pages show a room for a while after its end; the room itself knows.
      const isOld = found.roomId === over?.roomId;
      if (isOld && await stateOf(link, clock, found.roomId) !== "live") {
        return { type: "offline" };
      }
      if (found.roomId !== known) enter(found.roomId);
      const isPast = found.roomId === known
        ? knownOver
        : await isOver(found.roomId);
      return isPast ? { type: "offline" } : null;
    }
    if (found.type === "offline" || knownOver) {
      enter(null);
      return { type: "offline" };
    }
    if (known) return null; // nobody knows better than the id we have
    if (found.type !== "unclear") {
      return { type: "refused", reason: found.type };
    }
    const answer = link.signAnswer();
    return {
      type: "trouble",
      ...lookTrouble(found.errors, answer, clock.wall()),
    };
  }

  /** Signs and opens the socket; null when it is open. */
  async function connect(link: Link): Promise<Outcome | null> {
    await signPlace("connecting");
    const overdue = new AbortController();
    const stop = AbortSignal.any([closing.signal, overdue.signal]);
    const limit = clock.after(CONNECT_MS, stop).then(() => {
      if (!stop.aborted) return link.close();
    });
    try {
      await link.connect(roomId!);
      return null;
    } catch (error) {
      const answer = link.signAnswer();
      return {
        type: "trouble",
        ...connectTrouble(error, answer, clock.wall()),
      };
    } finally {
      overdue.abort();
      await limit;
    }
  }

  /** Waits for a place among the requests to the signing service. */
  async function signPlace(state: ConnectionPhase): Promise<void> {
    for (let wait = signLimit.take(); wait > 0; wait = signLimit.take()) {
      const retryAt = clock.wall() + wait;
      status.set({ state: "waiting", reason: "rate_limited", retryAt });
      await clock.after(wait, closing.signal);
      if (closing.signal.aborted) throw new Error("Cannot sign: closed");
    }
    intake.counts.signRequests += 1;
    status.set({ state });
  }

  /** Watches an open link until it ends, one way or another. */
  async function watch(feed: Feed): Promise<Outcome> {
    const openedAt = clock.elapsed();
    feed.opened();
    status.set({ state: "live" });
    over = null;
    if (downSince !== null) tellGap(downSince, openedAt);
    downSince = null;

    const stop = AbortSignal.any([closing.signal, feed.over]);
    while (!stop.aborted) {
      const now = clock.elapsed();
      const deadAt = feed.lastFrame().elapsed + DEAD_MS;
      const silentAt = feed.lastMessage().elapsed + SILENT_MS;
      if (now >= deadAt) break;
      if (now >= silentAt) status.set({ state: "live", reason: "silent" });
      const next = now >= silentAt ? deadAt : Math.min(silentAt, deadAt);
      await clock.after(next - now, stop);
    }

    const end = feed.ended();
    if (end) return end;
    downSince = feed.lastFrame();
    return {
      type: "lost",
      message: feed.over.aborted ? "Closed" : "Nothing came for a minute",
      steady: clock.elapsed() - openedAt >= STEADY_MS,
    };
  }

  function heard(at: number): void {
    status.touch(at);
    const { state, reason } = status.current();
    if (state === "live" && reason === "silent") status.set({ state });
  }

  // The same outage has the same id, however often it is told.
  function tellGap({ at: from, elapsed }: Heard, openedAt: number): void {
    const to = from + Math.round(openedAt - elapsed);
    const id = `gap:${roomId}:${from}`;
    intake.pass([{ type: "gap", id, at: to, from, to }]);
  }

  function enter(id: string | null): void {
    roomId = id;
    triesWithRoom = 0;
    status.setRoom(id);
    if (id !== null) intake.enter(id);
  }

  function pauseAfter(outcome: Outcome): number {
    const random = clock.random();
    const isOff = ["ended", "offline", "refused"].includes(outcome.type);
    if (isOff) {
      failures = 0;
      return lookAgain(random);
    }
    if (outcome.type === "lost" && outcome.steady) failures = 0;
    const wait = backoff(failures, random);
    failures += 1;
    if (outcome.type !== "trouble") return wait;
    if (outcome.reason === "needs_key") return lookAgain(random);
    return Math.max(wait, outcome.pause ?? 0);
  }

  return {
    connection: status.current,
    counts: () => ({ ...intake.counts }),
    roomViewers: intake.roomViewers,
    seekNext(wanted) {
      if (wanted === seeks) return;
      seeks = wanted;
      if (over) turnRound();
    },
    theirTime: theirs.now,
    untoldSince: () => untoldSince(),
    async close() {
      closing.abort();
      await done;
      status.off();
    },
  };
}

function shownEnd(reason: "ended" | "suspended"): Change {
  return { state: "ended", reason: reason === "suspended" ? reason : null };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** `failed` is for what only the host can change; it is tried again all the same. */
function shown(outcome: Outcome): Change {
  switch (outcome.type) {
    case "ended":
      return shownEnd(outcome.reason);
    case "offline":
      return { state: "offline" };
    case "refused":
      return { state: "failed", reason: outcome.reason };
    case "lost":
      return { state: "waiting", reason: "lost", message: outcome.message };
    case "trouble": {
      const { reason, message } = outcome;
      return { state: "waiting", reason, message };
    }
  }
}
