/**
 * A store that forgets everything when its process ends: for tests, and for
 * trying things out. It keeps the same promises as the others; values go in and
 * come out as copies, through JSON as in any other store.
 *
 * @module
 */
import type { Entry } from "@/core/shapes/entries.ts";
import type {
  Answer,
  Batch,
  CommentRow,
  RoomUpTo,
  SessionInfo,
  Snapshot,
  Store,
} from "@/core/ports.ts";
import type { RoomPart } from "@/core/room.ts";
import {
  byFirst,
  byName,
  checkOrder,
  conflict,
  newestFirst,
} from "@/stores/batch_order.ts";

interface Ledger {
  entries: Entry[];
  /** What the last batch was, to know it again. */
  last: Pick<Batch, "writer" | "after"> | null;
  comments: Map<string, CommentRow>;
  snapshot: Snapshot | null;
}

/** Entries in one pack, as an ordinary value of Deno KV holds them. */
const PACK = 250;

/** An empty store. */
export function memoryStore(): Store {
  const ledgers = new Map<string, Ledger>();
  const sessions = new Map<string, SessionInfo>();
  const answers = new Map<string, Answer>();
  const documents = new Map<string, unknown>();
  const rooms = new Map<
    string,
    { parts: Map<string, RoomPart>; upTo: RoomUpTo }
  >();

  function ledgerOf(id: string): Ledger {
    const found = ledgers.get(id);
    if (found) return found;
    const comments = new Map<string, CommentRow>();
    const made = { entries: [], last: null, comments, snapshot: null };
    ledgers.set(id, made);
    return made;
  }

  function append(batch: Batch): void {
    checkOrder(batch);
    const ledger = ledgers.get(batch.sessionId);
    const head = ledger?.entries.length ?? 0;
    if (head !== batch.after) {
      if (ledger && isLast(batch, ledger)) return;
      throw conflict(batch, head);
    }
    const { entries, comments, answers: given, info } = copy(batch);
    keep(ledgerOf(batch.sessionId), { ...batch, entries, comments });
    for (const { answer } of given) answers.set(answer.key, answer);
    if (info) sessions.set(info.id, info);
  }

  async function* read(id: string, after = 0): AsyncGenerator<Entry[]> {
    const entries = ledgers.get(id)?.entries ?? [];
    const end = entries.length;
    for (let at = after; at < end; at += PACK) {
      yield copy(entries.slice(at, Math.min(at + PACK, end)));
    }
  }

  return {
    append: (batch) => Promise.try(append, batch),
    head: (id) => Promise.resolve(ledgers.get(id)?.entries.length ?? 0),
    read,
    comments(id, viewerId) {
      const all = [...ledgers.get(id)?.comments.values() ?? []];
      const rows = all.filter((row) => row.viewerId === viewerId);
      return Promise.resolve(copy(rows.sort(byFirst)));
    },
    saveSnapshot(id, { seq, bytes }) {
      ledgerOf(id).snapshot = { seq, bytes: bytes.slice() };
      return Promise.resolve();
    },
    snapshot(id) {
      const kept = ledgers.get(id)?.snapshot;
      const found = kept ? { seq: kept.seq, bytes: kept.bytes.slice() } : null;
      return Promise.resolve(found);
    },

    listSessions() {
      return Promise.resolve(copy([...sessions.values()].sort(newestFirst)));
    },
    session: (id) => Promise.resolve(copy(sessions.get(id) ?? null)),
    putSession(info) {
      sessions.set(info.id, copy(info));
      return Promise.resolve();
    },
    purgeSession(id) {
      ledgers.delete(id);
      sessions.delete(id);
      return Promise.resolve();
    },
    answer: (key) => Promise.resolve(copy(answers.get(key) ?? null)),
    putAnswer(answer) {
      answers.set(answer.key, copy(answer));
      return Promise.resolve();
    },
    async *listAnswers() {
      for (const answer of answers.values()) yield await copy(answer);
    },
    document: (name) => Promise.resolve(copy(documents.get(name) ?? null)),
    putDocument(name, value) {
      documents.set(name, copy(value ?? null));
      return Promise.resolve();
    },

    room(channel) {
      const { parts, upTo } = rooms.get(channel) ?? {};
      const found = Array.from(
        parts?.values() ?? [],
        ({ name, bytes }) => ({ name, bytes: bytes.slice() }),
      );
      return Promise.resolve({
        parts: found.sort(byName),
        upTo: copy(upTo ?? null),
      });
    },
    keepRoom(channel, { parts, gone }, upTo) {
      const kept = rooms.get(channel)?.parts ?? new Map<string, RoomPart>();
      for (const { name, bytes } of parts) {
        kept.set(name, { name, bytes: bytes.slice() });
      }
      for (const name of gone) kept.delete(name);
      rooms.set(channel, { parts: kept, upTo: copy(upTo) });
      return Promise.resolve();
    },

    check: () => Promise.resolve(),
    close() {},
  };
}

/** Whether the ledger ends with this very batch. */
function isLast({ writer, after, entries }: Batch, ledger: Ledger): boolean {
  return ledger.last?.writer === writer && ledger.last.after === after &&
    ledger.entries.length === after + entries.length;
}

function keep(ledger: Ledger, batch: Batch): void {
  for (const entry of batch.entries) ledger.entries.push(entry);
  for (const { row } of batch.comments) {
    ledger.comments.set(`${row.viewerId}\n${row.id}`, row);
  }
  if (batch.entries.length === 0) return;
  ledger.last = { writer: batch.writer, after: batch.after };
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
