/**
 * Writes a session anew with somebody or something forgotten. A ledger is never
 * changed in place: a copy is written first, and a note of how far this has
 * come, so that a process that dies over it loses nothing and the next one goes
 * on.
 *
 * @module
 */
import { z } from "zod";
import type { Chance } from "@/core/chance.ts";
import { evolve } from "@/core/evolve.ts";
import { type Forget, forgetting } from "@/core/forget.ts";
import type { InOrder } from "@/core/in_order.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import { emptySession } from "@/core/session.ts";
import { closingHashOf } from "./ledger_lines.ts";
import { keepSnapshot, loadSession } from "./shelf.ts";

const DOCUMENT = "forgetting";

/** What is still to be done. */
const Notes = z.object({
  /** Viewers asked for, who are perhaps in a session that still runs. */
  viewers: z.array(z.string()).default([]),
  /** The ledger that is being written anew. */
  rewriting: z.object({
    info: z.custom<SessionInfo>(),
    copy: z.string(),
    /** The copy is being written, is whole, or has been put back. */
    stage: z.enum(["copying", "copied", "back"]),
  }).nullable().default(null),
  /** Sessions that have lost their words, and their pictures. */
  wordless: z.array(z.string()).default([]),
  faceless: z.array(z.string()).default([]),
});
export type Notes = z.infer<typeof Notes>;

/** What rewriting needs. */
export interface RewritingOptions {
  store: Store;
  /** The session that runs here now; it is left alone. */
  running(): string | null;
  /** Work on one session, while nobody else opens or changes it. */
  alone: InOrder;
  /** A session was written anew, or is gone. */
  onChange(sessionId: string): void;
  chance: Chance;
  /** Unix ms. */
  now(): number;
}

/** Sessions written anew, and what is noted of it. */
export interface Rewriting {
  notes(): Promise<Notes>;
  note(change: Partial<Notes>): Promise<void>;
  /**
   * Writes a session anew, if it still does not run; whether it did. The game
   * goes on meanwhile, and whoever wants this one session waits.
   */
  rewrite(id: string, forget: Forget): Promise<boolean>;
  /** Goes on where a process that died left a rewriting, if one did. */
  recover(): Promise<void>;
}

/** Rewrites nothing by itself. */
export function createRewriting(options: RewritingOptions): Rewriting {
  const { store, running, alone, onChange, chance, now } = options;

  const notes = async () => Notes.parse(await store.document(DOCUMENT) ?? {});
  const note = async (change: Partial<Notes>) =>
    await store.putDocument(DOCUMENT, { ...await notes(), ...change });

  /** Writes one ledger from another, with its comments. */
  async function write(from: string, to: string, forget?: Forget) {
    const change = forget ? forgetting(forget) : null;
    const session = emptySession();
    session.id = to;
    const writer = `forgetting-${chance.name()}`;
    let after = 0;
    for await (const pack of store.read(from)) {
      const entries = change ? pack.map(change) : pack;
      for (const entry of entries) evolve(session, entry);
      const comments = [...session.changed]
        .map(([row, seq]) => ({ seq, row: { ...row } }))
        .filter(({ seq }) => seq > after);
      session.changed.clear();
      const batch = { sessionId: to, writer, after, entries, comments };
      await store.append({ ...batch, answers: [] });
      after += entries.length;
    }
    session.id = to; // the ledger says another one
    await keepSnapshot(store, session);
  }

  /** The session's line, with the closing hash that it still has. */
  async function withHash(info: SessionInfo): Promise<SessionInfo> {
    const session = await loadSession(store, info.id);
    if (!session) return info;
    const { hasRounds, endedAt, seq: least } = session;
    const line = { ...info, endedAt: endedAt ?? info.endedAt };
    const about = { least, hasRounds };
    const hash = await closingHashOf(line, store.read(info.id), about);
    const earlier = [...info.earlier ?? [], { at: now(), hash }];
    return { ...info, earlier };
  }

  async function copyAndPutBack(info: SessionInfo, forget: Forget) {
    const copy = `copy-${chance.name()}`;
    await note({ rewriting: { info, copy, stage: "copying" } });
    await write(info.id, copy, forget);
    await note({ rewriting: { info, copy, stage: "copied" } });
    await putBack();
  }

  /** Goes on where a rewriting stands, if there is one. */
  async function putBack() {
    const { rewriting } = await notes();
    if (!rewriting) return;
    const { info, copy, stage } = rewriting;
    if (stage === "copied") {
      await store.purgeSession(info.id);
      await write(copy, info.id);
      await store.putSession(info);
      // From here on the copy may go.
      await note({ rewriting: { info, copy, stage: "back" } });
    }
    await store.purgeSession(copy);
    await note({ rewriting: null });
  }

  return {
    notes,
    note,
    rewrite: (id, forget) =>
      alone(id, async () => {
        const info = await store.session(id);
        if (!info || id === running()) return false;
        await copyAndPutBack(await withHash(info), forget);
        onChange(id);
        return true;
      }),
    async recover() {
      const { rewriting } = await notes();
      if (!rewriting) return;
      const { id } = rewriting.info;
      await alone(id, putBack);
      onChange(id);
    },
  };
}
