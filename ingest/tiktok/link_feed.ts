/**
 * What one link has told so far: when it was last heard, whether the LIVE has
 * ended, and its messages on their way in. A link that is replaced takes its
 * feed with it, so nothing of an old socket can disturb the new one.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import type { DecodedMessage, Intake } from "./intake.ts";
import type { LinkListener } from "./connector.ts";
import type { TheirClock } from "./their_clock.ts";

/** The word that the LIVE is over. */
type End = Extract<Incoming, { type: "ended" }>;

/** A link's listener, and what the loop asks of it. */
export interface LinkFeed extends LinkListener {
  /** Aborts when the link is closed or the LIVE has ended. */
  readonly over: AbortSignal;
  ended(): End | null;
  /** When the last frame of any kind came, heartbeats included. */
  lastFrame(): Heard;
  /**
   * When the oldest frame came that is still being told, in ms that only run
   * forward; null where none is.
   */
  untoldSince(): number | null;
  /** When the last message came. */
  lastMessage(): Heard;
  /** The socket is open: the watch starts now. */
  opened(): void;
}

/** A moment, on both clocks. */
export interface Heard {
  /** Unix ms. */
  at: number;
  elapsed: number;
}

/**
 * Makes the feed of one link.
 *
 * @param onMessage Called once for what comes together.
 * @param endedAt What the word that ended the LIVE before has for its time; it
 * is repeated where a room is on air again.
 */
export function createLinkFeed(
  intake: Intake,
  clock: Clock,
  onMessage: (at: number) => void,
  { theirs, endedAt }: { theirs: TheirClock; endedAt: number | null },
): LinkFeed {
  const finish = new AbortController();
  const now = (): Heard => ({ at: clock.wall(), elapsed: clock.elapsed() });
  let lastFrame = now();
  let lastMessage = lastFrame;
  let ended: End | null = null;
  /** When frames came that are still being told, the oldest first. */
  const untold: number[] = [];

  /** Whether a message carries a time of TikTok's. */
  const isTheirs = (event: Incoming) => event.at !== lastMessage.at;

  return {
    onDate: theirs.told,
    over: finish.signal,
    ended: () => ended,
    lastFrame: () => lastFrame,
    lastMessage: () => lastMessage,
    untoldSince: () => untold[0] ?? null,
    onArrival: () => void untold.push(clock.elapsed()),
    opened() {
      lastFrame = lastMessage = now();
    },
    onFrame() {
      lastFrame = now();
    },
    onMessages(messages: DecodedMessage[], broken: number) {
      intake.counts.undecodable += broken;
      if (messages.length === 0) return;
      lastMessage = now();
      onMessage(lastMessage.at);
      const events = intake.read(messages, lastMessage.at);
      for (const event of events) {
        if (isTheirs(event)) theirs.heard(event.at);
      }
      intake.pass(
        events,
        (event) => isTheirs(event) ? theirs.sentAt(event.at) : null,
        untold[0] ?? lastMessage.elapsed,
      );
      ended ??=
        events.find((event): event is End =>
          event.type === "ended" && event.at !== endedAt
        ) ?? null;
    },
    onFrameTold() {
      untold.shift();
      // The word that it is over may stand before the last gifts of its frame.
      if (ended) finish.abort();
    },
    onError(_error, frame) {
      intake.counts.errors += 1;
      if (frame) intake.counts.undecodable += 1;
    },
    onClose: () => finish.abort(),
  };
}
