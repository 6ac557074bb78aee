/**
 * The states that streams carry beside their frames, such as how overlays look:
 * read once and encoded once for all who carry the same.
 *
 * @module
 */
import { type Bytes, bytesOf, stateText } from "./sse_text.ts";

/** A state, and who carries it. */
export interface StateGroup<Stream> {
  event: "state" | "look";
  read(): unknown;
  streams: Set<Stream>;
  /** The last bytes sent, and their text. */
  text: string;
  bytes: Bytes;
}

/** All states that are carried. */
export interface StateGroups<Stream> {
  /** The group of that name, which comes to be with its first stream. */
  join(
    event: StateGroup<Stream>["event"],
    name: string,
    read: () => unknown,
  ): StateGroup<Stream>;
  /** Takes a stream out; a group without any is no more. */
  leave(stream: Stream): void;
  /** The groups whose state has changed since it was last read. */
  changed(): StateGroup<Stream>[];
}

/**
 * No states.
 *
 * @param onChange Called when a look for one stream finds a change for others.
 */
export function createStateGroups<Stream>(
  onChange: () => void,
): StateGroups<Stream> {
  const groups = new Map<string, StateGroup<Stream>>();
  return {
    join(event, name, read) {
      const known = groups.get(name);
      if (known) {
        if (stateText(event, known.read()) !== known.text) onChange();
        return known;
      }
      const text = stateText(event, read());
      const streams = new Set<Stream>();
      const group = { event, read, streams, text, bytes: bytesOf(text) };
      groups.set(name, group);
      return group;
    },
    leave(stream) {
      for (const [name, { streams }] of groups) {
        streams.delete(stream);
        if (streams.size === 0) groups.delete(name);
      }
    },
    changed: () => [...groups.values()].filter(refresh),
  };
}

/** Reads a state again; whether it has changed. */
function refresh<Stream>(group: StateGroup<Stream>): boolean {
  const text = stateText(group.event, group.read());
  if (text === group.text) return false;
  group.text = text;
  group.bytes = bytesOf(text);
  return true;
}
