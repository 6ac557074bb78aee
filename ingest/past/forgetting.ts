/**
 * Forgets people in sessions that do not run: a viewer everywhere, and words
 * and pictures once they are old enough. A ledger is never changed in place:
 * a copy is written first, and a note of how far this has come, so that a
 * process that dies over it loses nothing and the next one goes on.
 *
 * @module
 */
import { z } from "zod";
import { type Forget, forgetting, viewersIn } from "@/core/forget.ts";
import type { Chance } from "@/core/chance.ts";
import { AwayError } from "@/core/desk.ts";
import type { InOrder } from "@/core/in_order.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import { evolve } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import { createTurn } from "@/core/turn.ts";
import { systemChance } from "../chance.ts";
import { keepSnapshot } from "./shelf.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Removed sessions can be restored for so long; then they go for good. */
const RESTORABLE_MS = 30 * DAY_MS;
const DOCUMENT = "forgetting";
const AWAY =
  "Another process runs the game, or this one ends; what is left to delete is noted. Try again";

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
type Notes = z.infer<typeof Notes>;

/** How long words and pictures are kept, in days; 0 is for ever. */
interface Retention {
  keepCommentsDays: number;
  keepAvatarsDays: number;
}

/** Forgets people; see the module. */
interface Forgetting {
  /** Forgets a viewer in every session, in the running one when it is over. */
  viewer(id: string): Promise<{ sessions: number; pending: boolean }>;
  /** Does what is due: daily, at the start, and when a session is over. */
  tidy(retention: Retention): Promise<void>;
  /** Resolves when nothing is being forgotten. */
  idle(): Promise<void>;
}

/** What forgetting needs. */
interface ForgettingOptions {
  store: Store;
  /** The session that runs here now; it is left alone. */
  running(): string | null;
  /** Work on one session, while nobody else opens or changes it. */
  alone: InOrder;
  /** Whether to go on to the next session. */
  goesOn(): boolean;
  /** A session was written anew, or is gone. */
  onChange(sessionId: string): void;
  /** Unix ms. */
  now(): number;
  /** The machine's own unless given. */
  chance?: Chance;
}

/** An answer that tells of a viewer; what else it says stays as it is. */
const Recorded = z.looseObject({
  entry: z.looseObject({ viewerId: z.string() }),
});

/** Goes on with what the notes of before have left. */
export function createForgetting(options: ForgettingOptions): Forgetting {
  const { store, running, alone, goesOn, onChange, now } = options;
  const { chance = systemChance } = options;
  const pseudonym = () => `gone-${chance.name().slice(0, 13)}`;
  const inTurn = createTurn();

  const notes = async () => Notes.parse(await store.document(DOCUMENT) ?? {});
  const note = async (change: Partial<Notes>) =>
    await store.putDocument(DOCUMENT, { ...await notes(), ...change });

  async function* entriesOf(id: string) {
    for await (const pack of store.read(id)) yield* pack;
  }

  /** Whom of these a ledger knows. */
  async function knownIn(id: string, viewers: string[]): Promise<string[]> {
    const found = new Set<string>();
    for await (const entry of entriesOf(id)) {
      for (const viewer of viewersIn(entry)) found.add(viewer);
    }
    return viewers.filter((viewer) => found.has(viewer));
  }

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

  /**
   * Writes a session anew, if it still does not run; whether it did. The game
   * goes on meanwhile, and whoever wants this one session waits.
   */
  function rewrite(id: string, forget: Forget): Promise<boolean> {
    return alone(id, async () => {
      const info = await store.session(id);
      if (!info || id === running()) return false;
      await copyAndPutBack(info, forget);
      onChange(id);
      return true;
    });
  }

  async function copyAndPutBack(info: SessionInfo, forget: Forget) {
    const copy = `copy-${chance.name()}`;
    await note({ rewriting: { info, copy, stage: "copying" } });
    await write(info.id, copy, forget);
    await note({ rewriting: { info, copy, stage: "copied" } });
    await putBack();
  }

  /** Goes on where a process that died left a rewriting, if one did. */
  async function recover() {
    const { rewriting } = await notes();
    if (!rewriting) return;
    const { id } = rewriting.info;
    await alone(id, putBack);
    onChange(id);
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

  /** Forgets viewers in all that does not run; how many sessions had one. */
  async function forgetViewers(viewers: string[]): Promise<number> {
    let changed = 0;
    for (const { id } of await store.listSessions()) {
      if (!goesOn()) throw new AwayError(AWAY);
      if (id === running()) continue;
      const known = await knownIn(id, viewers);
      if (known.length === 0) continue;
      const done = await rewrite(id, {
        viewers: new Map(known.map((each) => [each, pseudonym()])),
        comments: false,
        avatars: false,
      });
      if (done) changed++;
    }
    await forgetInAnswers(viewers);
    return changed;
  }

  /** Answers to commands hold entries of their own; the keys still work. */
  async function forgetInAnswers(viewers: string[]) {
    const names = new Map(viewers.map((id) => [id, pseudonym()]));
    const forget = { viewers: names, comments: false, avatars: false };
    const change = forgetting(forget);
    for await (const answer of store.listAnswers()) {
      const body = Recorded.safeParse(answer.body);
      if (!body.success || !names.has(body.data.entry.viewerId)) continue;
      const entry = change(body.data.entry as Entry);
      await store.putAnswer({ ...answer, body: { ...body.data, entry } });
    }
  }

  async function retire({ keepCommentsDays, keepAvatarsDays }: Retention) {
    const isOld = (info: SessionInfo, days: number) =>
      days > 0 && (info.endedAt ?? now()) < now() - days * DAY_MS;
    for (const info of await store.listSessions()) {
      if (!goesOn()) return;
      if (info.id === running()) continue;
      if (info.deletedAt !== null && info.deletedAt < now() - RESTORABLE_MS) {
        await alone(info.id, () => store.purgeSession(info.id));
        onChange(info.id);
        continue;
      }
      const { wordless, faceless } = await notes();
      const comments = isOld(info, keepCommentsDays) &&
        !wordless.includes(info.id);
      const avatars = isOld(info, keepAvatarsDays) &&
        !faceless.includes(info.id);
      if (!comments && !avatars) continue;
      const wanted = { viewers: new Map(), comments, avatars };
      if (!await rewrite(info.id, wanted)) continue;
      await note({
        ...(comments && { wordless: [...wordless, info.id] }),
        ...(avatars && { faceless: [...faceless, info.id] }),
      });
    }
  }

  return {
    viewer: (id) =>
      inTurn(async () => {
        await recover();
        const { viewers } = await notes();
        await note({ viewers: [...new Set([...viewers, id])] });
        const sessions = await forgetViewers([id]);
        const current = running();
        const pending = current !== null &&
          (await knownIn(current, [id])).length > 0;
        if (!pending) await note({ viewers });
        return { sessions, pending };
      }),
    tidy: (retention) =>
      inTurn(async () => {
        await recover();
        const { viewers } = await notes();
        if (viewers.length > 0) {
          await forgetViewers(viewers);
          const current = running();
          const left = current ? await knownIn(current, viewers) : [];
          await note({ viewers: left });
        }
        await retire(retention);
      }),
    idle: () => inTurn(() => {}),
  };
}
