/**
 * Forgets people in sessions that do not run: a viewer everywhere, and words
 * and pictures once they are old enough.
 *
 * @module
 */
import { z } from "zod";
import { forgetting, viewersIn } from "@/core/forget.ts";
import type { Chance } from "@/core/chance.ts";
import { AwayError } from "@/core/desk.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import { createTurn } from "@/core/turn.ts";
import { systemChance } from "../chance.ts";
import { createRewriting, type RewritingOptions } from "./rewriting.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Removed sessions can be restored for so long; then they go for good. */
const RESTORABLE_MS = 30 * DAY_MS;
const AWAY =
  "Another process runs the game, or this one ends; what is left to delete is noted. Try again";

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
interface ForgettingOptions extends Omit<RewritingOptions, "chance"> {
  /** Whether to go on to the next session. */
  goesOn(): boolean;
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
  /** A viewer and the name that is left of them. */
  const renamed = (id: string): [string, string] => [
    id,
    `gone-${chance.name().slice(0, 13)}`,
  ];
  const inTurn = createTurn();

  const { notes, note, rewrite, recover } = createRewriting({
    ...options,
    chance,
  });

  /** Forgets viewers in all that does not run; how many sessions had one. */
  async function forgetViewers(viewers: string[]): Promise<number> {
    let changed = 0;
    for (const { id } of await store.listSessions()) {
      if (!goesOn()) throw new AwayError(AWAY);
      if (id === running()) continue;
      const known = await knownIn(store, id, viewers);
      if (known.length === 0) continue;
      const done = await rewrite(id, {
        viewers: new Map(known.map(renamed)),
        comments: false,
        avatars: false,
      });
      if (done) changed++;
    }
    await forgetInAnswers(store, new Map(viewers.map(renamed)));
    return changed;
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
          (await knownIn(store, current, [id])).length > 0;
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
          const left = current ? await knownIn(store, current, viewers) : [];
          await note({ viewers: left });
        }
        await retire(retention);
      }),
    idle: () => inTurn(() => {}),
  };
}

/** Whom of these a ledger knows. */
async function knownIn(
  store: Store,
  id: string,
  viewers: string[],
): Promise<string[]> {
  const found = new Set<string>();
  for await (const pack of store.read(id)) {
    for (const entry of pack) {
      for (const viewer of viewersIn(entry)) found.add(viewer);
    }
  }
  return viewers.filter((viewer) => found.has(viewer));
}

/** Answers to commands hold entries of their own; the keys still work. */
async function forgetInAnswers(store: Store, names: Map<string, string>) {
  const forget = { viewers: names, comments: false, avatars: false };
  const change = forgetting(forget);
  for await (const answer of store.listAnswers()) {
    const body = Recorded.safeParse(answer.body);
    if (!body.success || !names.has(body.data.entry.viewerId)) continue;
    const entry = change(body.data.entry as Entry);
    await store.putAnswer({ ...answer, body: { ...body.data, entry } });
  }
}
