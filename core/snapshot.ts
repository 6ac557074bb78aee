/**
 * A session as bytes and back, so that opening a long one does not replay every
 * like of the evening. Only a short cut: whatever cannot be read is replayed.
 *
 * @module
 */
import { createMessageIds } from "./message_ids.ts";
import type { CommentRow } from "./ports.ts";
import { emptySession, newTally, type Session } from "./session.ts";
import type { Tally } from "./session.ts";

/** Raised with every change of what a session holds. */
const VERSION = 2;

/** The plain part of a session: all but what is indexed or derived. */
interface Plain extends
  Pick<
    Session,
    | "id"
    | "title"
    | "channel"
    | "rehearsal"
    | "startedAt"
    | "endedAt"
    | "seq"
    | "at"
    | "controls"
    | "parts"
    | "questions"
    | "wins"
    | "undo"
    | "redo"
    | "totals"
  > {
  version: number;
  tallies: PlainTally[];
  combos: [string, number][];
  feed: CommentRow[];
  /** Message id and index in the feed. */
  commentOf: [string, number][];
  /** By viewer: [distinct text, index in the feed]. */
  comments: [string, [string, number][]][];
  deleted: string[];
  /** Comments not stored yet: index in the feed, and the seq that changed it. */
  changed: [number, number][];
}

type PlainTally =
  & Omit<Tally, "id" | "placed" | "gifts" | "comments">
  & { gifts: [string, { name: string; diamonds: number; units: number }][] };

/** The session's whole state. */
export function toSnapshot(session: Session): Uint8Array {
  const index = new Map(session.feed.map((row, i) => [row, i]));
  const {
    id,
    title,
    channel,
    rehearsal,
    startedAt,
    endedAt,
    seq,
    at,
    controls,
    parts,
    questions,
    wins,
    undo,
    redo,
    totals,
    feed,
  } = session;
  const tallies = [...session.tallies.values()];
  const plain: Plain = {
    version: VERSION,
    id,
    title,
    channel,
    rehearsal,
    startedAt,
    endedAt,
    seq,
    at,
    controls,
    parts,
    questions,
    wins,
    undo,
    redo,
    totals,
    feed,
    tallies: tallies.map((tally) => {
      const { viewer, points, reached, made, likes, carried } = tally;
      const { diamonds, satOut, blocked } = tally;
      const gifts = [...tally.gifts ?? []];
      return {
        viewer,
        points,
        reached,
        made,
        likes,
        carried,
        diamonds,
        satOut,
        blocked,
        gifts,
      };
    }),
    combos: [...session.combos],
    commentOf: Array.from(
      session.commentOf,
      ([message, row]) => [message, index.get(row)!],
    ),
    comments: tallies.flatMap((tally) =>
      tally.comments
        ? [[
          tally.id,
          Array.from(tally.comments, ([text, row]) => [text, index.get(row)!]),
        ]]
        : []
    ),
    deleted: [...session.deleted],
    changed: Array.from(
      session.changed,
      ([row, seq]) => [index.get(row)!, seq],
    ),
  };
  const text = new TextEncoder().encode(JSON.stringify(plain));
  const ids = session.ids.halves();
  const bytes = new Uint8Array(8 + ids.byteLength + text.length);
  new DataView(bytes.buffer).setUint32(0, ids.length);
  bytes.set(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength), 8);
  bytes.set(text, 8 + ids.byteLength);
  return bytes;
}

/** The session of a snapshot, or null if this program cannot read it. */
export function fromSnapshot(bytes: Uint8Array): Session | null {
  const plain = read(bytes);
  if (plain?.version !== VERSION) return null;
  const { version: _, tallies, combos, commentOf, comments, ...more } = plain;
  const { deleted, changed, ...rest } = more;
  const length = 4 * new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const halves = new Uint32Array(bytes.slice(8, 8 + length).buffer);
  const session: Session = {
    ...emptySession(),
    ...rest,
    ids: createMessageIds(halves),
    combos: new Map(combos),
    commentOf: new Map(commentOf.map(([id, i]) => [id, rest.feed[i]!])),
    deleted: new Set(deleted),
    changed: new Map(changed.map(([i, seq]) => [rest.feed[i]!, seq])),
  };
  for (const { gifts, ...held } of tallies) {
    const tally: Tally = {
      ...newTally(held.viewer),
      ...held,
      gifts: gifts.length > 0 ? new Map(gifts) : null,
    };
    session.tallies.set(tally.id, tally);
    session.order.touch(tally);
  }
  for (const [viewerId, texts] of comments) {
    session.tallies.get(viewerId)!.comments = new Map(
      texts.map(([text, i]) => [text, rest.feed[i]!]),
    );
  }
  return session;
}

/** The plain part; null where the bytes are not a snapshot at all. */
function read(bytes: Uint8Array): Plain | null {
  if (bytes.length < 8) return null;
  const ids = 4 * new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(8 + ids)));
  } catch (error) {
    if (error instanceof SyntaxError) return null; // torn: replay instead
    throw error;
  }
}
