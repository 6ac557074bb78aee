/**
 * What one link has told so far: when it was last heard, whether the LIVE has
 * ended, and its messages on their way in. A link that is replaced takes its
 * feed with it, so nothing of an old socket can disturb the new one.
 *
 * @module
 */
import type { DecodedMessage, Intake } from "./intake.ts";
import type { LinkListener } from "./connector.ts";

/** A link's listener, and what the loop asks of it. */
export interface Feed extends LinkListener {
  /** Aborts when the link is closed or the LIVE has ended. */
  readonly over: AbortSignal;
  ended(): "ended" | "suspended" | null;
  /** Unix ms of the last frame of any kind, heartbeats included. */
  lastFrameAt(): number;
  /** Unix ms of the last message. */
  lastMessageAt(): number;
  /** The socket is open: the watch starts now. */
  opened(): void;
}

/** Makes the feed of one link; `onMessage` is called once a batch. */
export function createFeed(
  intake: Intake,
  now: () => number,
  onMessage: (at: number) => void,
): Feed {
  const finish = new AbortController();
  let lastFrameAt = now();
  let lastMessageAt = lastFrameAt;
  let ended: "ended" | "suspended" | null = null;

  return {
    over: finish.signal,
    ended: () => ended,
    lastFrameAt: () => lastFrameAt,
    lastMessageAt: () => lastMessageAt,
    opened() {
      lastFrameAt = lastMessageAt = now();
    },
    onFrame() {
      lastFrameAt = now();
    },
    onMessages(messages: DecodedMessage[], broken: number) {
      intake.counts.undecodable += broken;
      if (messages.length === 0) return;
      lastMessageAt = now();
      onMessage(lastMessageAt);
      const events = intake.read(messages, lastMessageAt);
      intake.pass(events);
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
