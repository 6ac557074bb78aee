/**
 * Which log is the truth: the ledger in Redis and its copy in the archive, kept
 * at one through everything that may come between them. `store.ts` says which
 * one it is, and when.
 *
 * @module
 */
import { type Batch, LogConflictError } from "@/core/ports.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { createLevel, type Level, type TruthOptions } from "./level.ts";

/** The ledgers. */
export interface Truth extends Pick<Level, "reconcile" | "follow"> {
  /** @throws {LogConflictError} If somebody else writes. */
  append(batch: Batch): Promise<void>;
  read(id: string, after?: number): AsyncGenerator<Entry[]>;
  head(id: string): Promise<number>;
}

/** Takes the archive for the truth wherever Redis is known to be behind. */
export function createTruth(options: TruthOptions): Truth {
  const { archive, archiver, ledger, availability } = options;
  const { sessions: { behind, whole }, unsent } = availability;
  const { bringUp, isSame, reconcile, follow } = createLevel(options);

  async function append(batch: Batch): Promise<void> {
    const id = batch.sessionId;
    if (availability.isAlone()) behind.add(id);
    if (!behind.has(id)) {
      try {
        const packs = await ledger.append(batch, availability.token());
        if (batch.anew) whole.delete(id);
        return await archiver.take(batch, packs);
      } catch (error) {
        if (error instanceof LogConflictError) throw error;
        behind.add(id);
        availability.fail(error);
      }
    }
    await archiver.drained(id);
    await archive.append(batch);
    for (const { answer } of batch.answers) {
      unsent.answers.set(answer.key, answer);
    }
    if (batch.info) unsent.lines.set(id, batch.info);
    if (!availability.isUsable()) return;
    try {
      await bringUp(id, batch.anew);
      availability.succeed();
    } catch (error) {
      if (error instanceof LogConflictError) throw error;
      availability.fail(error); // durable all the same
    }
  }

  async function* read(id: string, after = 0): AsyncGenerator<Entry[]> {
    await archiver.drained(id);
    const isApart = !behind.has(id) && await availability.ask(async () => {
      const { seq } = await ledger.head(id);
      const here = await archive.head(id);
      if (seq <= here) return false;
      if (!await isSame(id, here)) return true;
      await archiver.follow(id);
      return false;
    }, false);
    yield* isApart ? ledger.read(id, after) : archive.read(id, after);
  }

  return {
    append,
    read,
    async head(id) {
      const there = await availability.ask(() => ledger.head(id), null);
      return Math.max(there?.seq ?? 0, await archive.head(id));
    },
    reconcile,
    follow,
  };
}
