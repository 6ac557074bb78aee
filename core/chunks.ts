/**
 * A sorted list cut into chunks, so that what is put in or taken out moves a few
 * hundred neighbours and not all of them.
 *
 * @module
 */

/** Chunks are cut in two above twice as many. */
const CHUNK = 512;

/** A sorted list. */
export interface Chunks<T> {
  size(): number;
  [Symbol.iterator](): Iterator<T>;
  /** Puts what is sorted already in place of everything. */
  fill(sorted: T[]): void;
  insert(item: T): void;
  remove(item: T): void;
  /** Up to `limit` of them from index `offset`. */
  slice(offset: number, limit: number): T[];
  /** From 0; of one that is in the list. */
  indexOf(item: T): number;
}

/**
 * An empty list.
 *
 * @param compare Negative if `a` stands before `b`; must not change its mind of
 * what is in the list.
 */
export function createChunks<T>(compare: (a: T, b: T) => number): Chunks<T> {
  let chunks: T[][] = [];
  let size = 0;

  /** Chunk and index at which an item is, or would be. */
  function find(item: T): [number, number] {
    let low = 0, high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(chunks[middle]!.at(-1)!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return [low, indexIn(chunks[low]!, item)];
  }

  function indexIn(chunk: T[], item: T): number {
    let low = 0, high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(chunk[middle]!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    size: () => size,
    *[Symbol.iterator]() {
      for (const chunk of chunks) yield* chunk;
    },
    fill(sorted) {
      chunks = [];
      for (let i = 0; i < sorted.length; i += CHUNK) {
        chunks.push(sorted.slice(i, i + CHUNK));
      }
      size = sorted.length;
    },
    insert(item) {
      if (chunks.length === 0) chunks.push([]);
      const [c, i] = find(item);
      const chunk = chunks[c]!;
      chunk.splice(i, 0, item);
      size++;
      if (chunk.length > 2 * CHUNK) {
        chunks.splice(c + 1, 0, chunk.splice(CHUNK));
      }
    },
    remove(item) {
      const [c, i] = find(item);
      chunks[c]!.splice(i, 1);
      if (chunks[c]!.length === 0) chunks.splice(c, 1);
      size--;
    },
    slice(offset, limit) {
      const found: T[] = [];
      let skip = offset;
      for (const chunk of chunks) {
        for (let i = skip; i < chunk.length; i++) {
          if (found.length === limit) return found;
          found.push(chunk[i]!);
        }
        skip = Math.max(0, skip - chunk.length);
      }
      return found;
    },
    indexOf(item) {
      const [c, i] = find(item);
      let index = i;
      for (let k = 0; k < c; k++) index += chunks[k]!.length;
      return index;
    },
  };
}
