/**
 * One stream of frames: what it has been sent, and what it is owed.
 *
 * A reader that is slow is skipped until it has room again, and is then told
 * who passed whom since the frame it saw last.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";
import type { StateGroup } from "./sse_states.ts";
import {
  type Bytes,
  bytesOf,
  COMMENT,
  frameFor,
  frameText,
} from "./sse_text.ts";

/** A stream. */
export interface Stream<Holder> {
  rows: number;
  holders: readonly (Holder | null)[];
  controller: ReadableStreamDefaultController<Bytes>;
  /** The last frame it was sent; null where it has not begun yet. */
  sent: Frame | null;
  /** Whether a newer frame waits for room, and the newest states that do. */
  owedFrame: boolean;
  owedStates: Set<StateGroup<Stream<Holder>>>;
  states: StateGroup<Stream<Holder>>[];
  overlays: number;
  end(): void;
  /** Nobody need tell it any more that its reader is gone. */
  forget(): void;
}

/**
 * Sends each stream the newest frame; the same bytes to all that show the same
 * number of rows and have seen the same frame before. How many were sent.
 *
 * @param now Unix ms; frames are stamped with it as they leave.
 */
export function sendFrames<Holder>(
  streams: Iterable<Stream<Holder>>,
  frame: Frame,
  now: number,
): number {
  const encoded = new Map<number, Map<Frame, Bytes>>();
  let sent = 0;
  for (const stream of [...streams]) {
    if (stream.sent === null || stream.sent === frame) continue;
    if (!hasRoom(stream)) {
      stream.owedFrame = true;
      continue;
    }
    const ofRows = encoded.get(stream.rows) ?? new Map<Frame, Bytes>();
    encoded.set(stream.rows, ofRows);
    const bytes = ofRows.get(stream.sent) ?? bytesFor(stream, frame, now);
    ofRows.set(stream.sent, bytes);
    sendFrame(stream, frame, bytes);
    sent++;
  }
  return sent;
}

/** Sends a state to those who carry it, now or when they have room. */
export function sendState<Holder>(group: StateGroup<Stream<Holder>>): void {
  for (const stream of [...group.streams]) {
    if (hasRoom(stream)) stream.controller.enqueue(group.bytes);
    else stream.owedStates.add(group);
  }
}

/**
 * A slow reader has room: what it is owed, as it is now. The state goes first,
 * because it is rare, and frames would never let it through. How many frames
 * were sent.
 */
export function pay<Holder>(
  stream: Stream<Holder>,
  newest: Frame,
  now: number,
): number {
  const [group] = stream.owedStates;
  if (group) {
    stream.owedStates.delete(group);
    stream.controller.enqueue(group.bytes);
    return 0;
  }
  if (!stream.owedFrame) return 0;
  sendFrame(stream, newest, bytesFor(stream, newest, now));
  return 1;
}

/**
 * Says to all that have room that the server is there; to those that have not
 * begun in a comment alone.
 */
export function beat<Holder>(
  streams: Iterable<Stream<Holder>>,
  now: number,
): void {
  const comment = bytesOf(COMMENT);
  const bytes = bytesOf(`${COMMENT}event: heartbeat\ndata: ${now}\n\n`);
  for (const stream of [...streams]) {
    if (!hasRoom(stream)) continue;
    stream.controller.enqueue(stream.sent ? bytes : comment);
  }
}

/** Whether its reader has read what it was sent. */
function hasRoom<Holder>({ controller }: Stream<Holder>): boolean {
  return (controller.desiredSize ?? 0) > 0;
}

function sendFrame<Holder>(stream: Stream<Holder>, frame: Frame, bytes: Bytes) {
  stream.controller.enqueue(bytes);
  stream.sent = frame;
  stream.owedFrame = false;
}

function bytesFor<Holder>(
  { rows, sent }: Stream<Holder>,
  frame: Frame,
  now: number,
): Bytes {
  return bytesOf(frameText(frameFor(frame, rows, sent, now)));
}
