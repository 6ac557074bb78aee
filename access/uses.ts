/**
 * When keys and devices were last used, written now and then.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { KeyBook } from "./key_book.ts";

/** Last uses are written at most this often, in ms. */
export const USED_MS = 60_000;

/** Last uses. */
interface Uses {
  /** Notes that a key or a device was used now. */
  note(id: string): void;
  /** A row with its last use, also where that is not written yet. */
  in<T extends { id: string; usedAt: number | null }>(row: T): T;
}

/** No uses yet. */
export function createUses(book: KeyBook, clock: Clock): Uses {
  /** Uses that are not written yet, and when some were written last. */
  let uses: Record<string, number> = {};
  let writtenAt = -Infinity;
  return {
    note(id) {
      uses[id] = clock.wall();
      if (clock.elapsed() < writtenAt + USED_MS) return;
      const at = uses;
      writtenAt = clock.elapsed();
      uses = {};
      // A use that could not be written is only a minute lost.
      book.change({ type: "used", at }).catch(() => uses = { ...at, ...uses });
    },
    in: (row) =>
      uses[row.id] === undefined ? row : { ...row, usedAt: uses[row.id]! },
  };
}
