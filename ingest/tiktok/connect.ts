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
import type { Connection, Source } from "@/core/connection.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { Link, LinkListener, LinkOptions } from "./connector.ts";
import { type Course, enter, signPlace } from "./course.ts";
import { createLinkFeed } from "./link_feed.ts";
import { createIntake, type OnEvents } from "./intake.ts";
import { parseChannel } from "./messages.ts";
import { type Outcome, shown, shownEnd } from "./outcome.ts";
import { createPauses } from "./pauses.ts";
import { reach } from "./reach.ts";
import { processSignLimit, type SignLimit } from "./sign_limit.ts";
import { type Change, createStatus, type Status } from "./status.ts";
import { createTheirClock } from "./their_clock.ts";
import { connectTrouble, messageOf } from "./trouble.ts";
import { watch } from "./watch.ts";

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
  /** The connector, unless there is another way to TikTok. */
  open?: OpenLink;
}

type OpenLink = (options: LinkOptions, listener: LinkListener) => Link;

/** The most that signing and opening may take together. */
const CONNECT_MS = 60_000;
/** Opens a connection; it starts at once. */
export function openConnection(options: ConnectionOptions): Source {
  const { channel, clock = systemClock, signLimit = processSignLimit } =
    options;
  const closing = new AbortController();
  const intake = createIntake(options.onEvents, channel.toLowerCase());
  const theirs = createTheirClock(clock);
  const status = createStatus(channel, clock, options.onChange);
  const course: Course = {
    ...{ clock, status, intake, signLimit },
    closing: closing.signal,
    roomId: null,
    triesWithRoom: 0,
    over: null,
    endedAt: null,
    downSince: null,
  };
  const pauseAfter = createPauses(clock);
  let seeks = false;
  let turnRound = () => {};
  let untoldSince = (): number | null => null;

  const done = run();

  async function run(): Promise<void> {
    if (!parseChannel(channel).ok) {
      return status.set({ state: "failed", reason: "bad_channel" });
    }
    enter(course, options.roomId ?? null);
    const open = await opener();
    if (!open) return;
    while (!closing.signal.aborted) {
      const outcome = await attempt(open);
      if (closing.signal.aborted) return;
      if (outcome.type === "ended") {
        course.over = { roomId: course.roomId!, reason: outcome.reason };
        course.endedAt = outcome.at;
      }
      await rest(outcome);
      const again = outcome.type === "lost" || outcome.type === "trouble";
      if (again) intake.counts.reconnects += 1;
    }
  }

  /** The connector, which takes longer to load than all the rest together. */
  async function opener(): Promise<OpenLink | null> {
    try {
      return options.open ?? (await import("./connector.ts")).openLink;
    } catch (error) {
      const message = messageOf(error);
      status.set({ state: "failed", reason: "unknown", message });
      return null;
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
      if (course.over && !seeks) {
        status.set(shownEnd(course.over.reason));
        await aborted(stop);
      } else {
        status.set({ ...shownSince(course, outcome), retryAt });
        await clock.after(due - clock.elapsed(), stop);
      }
    } while (turned.signal.aborted && !closing.signal.aborted);
  }

  /** One try with a link of its own, from the look to the loss. */
  async function attempt(open: OpenLink): Promise<Outcome> {
    const feed = createLinkFeed(intake, clock, (at) => heard(status, at), {
      theirs,
      endedAt: course.endedAt,
    });
    untoldSince = feed.untoldSince;
    const link = open(options, feed);
    const cancel = () => void link.close();
    closing.signal.addEventListener("abort", cancel);
    try {
      const failed = await reach(course, link) ?? await connect(course, link);
      // The first batch may say that it is over, and spoil what follows.
      return feed.ended() ?? failed ?? await watch(course, feed);
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

  return {
    connection: status.current,
    counts: () => ({ ...intake.counts }),
    roomViewers: intake.roomViewers,
    roomLikes: intake.roomLikes,
    seekNext(wanted) {
      if (wanted === seeks) return;
      seeks = wanted;
      if (course.over) turnRound();
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

/** A message has come. */
function heard(status: Status, at: number): void {
  status.touch(at);
  const { state, reason } = status.current();
  if (state === "live" && reason === "silent") status.set({ state });
}

/** Between two LIVEs it says so, instead of that the channel is off air. */
function shownSince({ over }: Course, outcome: Outcome): Change {
  const isBetween = outcome.type === "ended" || outcome.type === "offline";
  return over && isBetween
    ? { state: "offline", reason: over.reason }
    : shown(outcome);
}

/** Signs and opens the socket; null when it is open. */
async function connect(course: Course, link: Link): Promise<Outcome | null> {
  const { clock, closing, roomId } = course;
  await signPlace(course, "connecting");
  const overdue = new AbortController();
  const stop = AbortSignal.any([closing, overdue.signal]);
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

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
