/**
 * What one link has told so far: when it was last heard, whether the LIVE has
 * ended, and its messages on their way in. A link that is replaced takes its
 * feed with it, so nothing of an old socket can disturb the new one.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { Incoming } from "@/core/events.ts";
import type { DecodedMessage, Intake } from "./intake.ts";
import type { LinkListener } from "./connector.ts";
import type { TheirClock } from "./their_clock.ts";

/** A link's listener, and what the loop asks of it. */
export interface Feed extends LinkListener {
  /** Aborts when the link is closed or the LIVE has ended. */
  readonly over: AbortSignal;
  ended(): "ended" | "suspended" | null;
  /** When the last frame of any kind came, heartbeats included. */
  lastFrame(): Heard;
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

/** Makes the feed of one link; `onMessage` is called once a batch. */
export function createFeed(
  intake: Intake,
  clock: Clock,
  onMessage: (at: number) => void,
  theirs: TheirClock,
): Feed {
  const finish = new AbortController();
  const now = (): Heard => ({ at: clock.wall(), elapsed: clock.elapsed() });
  let lastFrame = now();
  let lastMessage = lastFrame;
  let ended: "ended" | "suspended" | null = null;

  /** Whether a message carries a time of TikTok's. */
  const isTheirs = (event: Incoming) => event.at !== lastMessage.at;

  return {
    onDate: theirs.told,
    over: finish.signal,
    ended: () => ended,
    lastFrame: () => lastFrame,
    lastMessage: () => lastMessage,
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
      );
      const end = events.find((event) => event.type === "ended");
      if (!end) return;
      ended = end.reason;
      finish.abort();
    },
    onError(_error, frame) {
      intake.counts.errors += 1;
      if (frame) intake.counts.undecodable += 1;
    },
    onClose: () => finish.abort(),
  };
}
