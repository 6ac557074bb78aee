/**
 * The key book of a process that keeps none: the copy that comes over the bus,
 * and changes that go the other way. Both carry hashes; a key itself is known
 * only to the process that made it and to whoever was told.
 *
 * @module
 */
import { AwayError } from "@/core/desk.ts";
import type { Kept, KeyBook, KeyChange } from "./key_book.ts";

/** How a book is reached. */
interface BookLine {
  /** The newest copy; null if none ever came. */
  newest(): unknown;
  /** Calls `listener` when a newer copy has come; returns how to stop. */
  watch(listener: () => void): () => void;
  /** Has a change written down. @throws {AwayError} */
  change(change: KeyChange): Promise<boolean>;
}

/** A book kept elsewhere. */
export function remoteBook(line: BookLine): KeyBook {
  return {
    newHostKey: null,
    kept() {
      const kept = line.newest();
      if (kept !== null) return kept as Kept;
      throw new AwayError(
        "Keys cannot be checked yet: the process that runs the game has not been there. Start it (ROLE=ingest)",
      );
    },
    change: (change) => line.change(change),
    watch: (listener) => line.watch(listener),
  };
}
