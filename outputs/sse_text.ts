/**
 * What streams are sent, as text: frames cut for one stream, states, keys.
 *
 * @module
 */
import { overtakingsBetween } from "@/core/board.ts";
import { cutTo, type Frame } from "@/core/frame.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** A line that says nothing: the stream is there. */
export const COMMENT = ":\n\n";

/** A text as it goes out. */
export function bytesOf(text: string): Bytes {
  return encoder.encode(text);
}

/**
 * A frame as one stream shows it.
 *
 * @param before The frame the stream showed until now; null if none.
 */
export function frameFor(
  frame: Frame,
  rows: number,
  before: Frame | null,
  now: number,
): Frame {
  const follows = before !== null && before.session?.id === frame.session?.id;
  const overtakings = follows
    ? overtakingsBetween(before.rows, frame.rows)
    : [];
  return cutTo({ ...frame, now, overtakings }, rows);
}

/** A frame as an event. */
export function frameText(frame: Frame): string {
  const id = `${frame.session?.id ?? "none"}:${frame.seq}`;
  return `event: frame\nid: ${id}\ndata: ${JSON.stringify(frame)}\n\n`;
}

/** Which of the keys that a stream came with still let somebody in. */
export function keysText(holders: readonly unknown[]): string {
  return stateText("keys", holders.map((holder) => holder !== null));
}

/** Anything else as an event. */
export function stateText(event: string, state: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(state)}\n\n`;
}
