/**
 * Who stands where: everyone on the board in order, with any page, any rank and
 * any change in about a microsecond at 100,000 viewers. A sorted list cut into
 * chunks; changes are gathered and put in place when somebody looks, so a
 * viewer who scores fifty times between two frames moves once.
 *
 * @module
 */

/** What decides a place. */
export interface Standing {
  readonly id: string;
  points: number;
  /** Seq of the entry that brought these points: lower got there first. */
  reached: number;
  /** Under which key it stands in the order, kept by the order; null outside. */
  placed: { points: number; reached: number } | null;
}

/** Standings in order: points descending, then who got there first. */
export interface Order<T extends Standing> {
  /** Says that a standing may have changed, come or gone. */
  touch(standing: T): void;
  size(): number;
  /** Up to `limit` standings from place `offset` (0 is the first). */
  slice(offset: number, limit: number): T[];
  /** From 1; null for one that is not on the board. */
  rankOf(standing: T): number | null;
}

/** The order's own sort: negative if `a` stands before `b`. */
export function byPlace(
  a: { id: string; points: number; reached: number },
  b: { id: string; points: number; reached: number },
): number {
  return b.points - a.points || a.reached - b.reached ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Chunks are cut in two above this many standings. */
const CHUNK = 512;

/**
 * An empty order.
 *
 * @param belongs Whether a standing is on the board at all.
 */
export function createOrder<T extends Standing>(
  belongs: (standing: T) => boolean,
): Order<T> {
  let chunks: T[][] = [];
  let count = 0;
  const touched = new Set<T>();

  function settle() {
    if (touched.size === 0) return;
    if (touched.size > 64 && touched.size > count / 8) rebuild();
    else for (const standing of touched) replace(standing);
    touched.clear();
  }

  function rebuild() {
    const all = new Set<T>();
    for (const chunk of chunks) for (const standing of chunk) all.add(standing);
    for (const standing of touched) all.add(standing);
    const on: T[] = [];
    for (const standing of all) {
      if (belongs(standing)) {
        standing.placed = {
          points: standing.points,
          reached: standing.reached,
        };
        on.push(standing);
      } else standing.placed = null;
    }
    on.sort(byPlace);
    chunks = [];
    for (let i = 0; i < on.length; i += CHUNK) {
      chunks.push(on.slice(i, i + CHUNK));
    }
    count = on.length;
  }

  function replace(standing: T) {
    const { placed, points, reached } = standing;
    const stays = belongs(standing);
    if (
      placed && stays && placed.points === points && placed.reached === reached
    ) return;
    if (placed) {
      const [c, i] = find(standing.id, placed);
      chunks[c]!.splice(i, 1);
      if (chunks[c]!.length === 0) chunks.splice(c, 1);
      standing.placed = null;
      count--;
    }
    if (!stays) return;
    if (chunks.length === 0) chunks.push([]);
    const [c, i] = find(standing.id, standing);
    const chunk = chunks[c]!;
    chunk.splice(i, 0, standing);
    standing.placed = { points, reached };
    count++;
    if (chunk.length > 2 * CHUNK) chunks.splice(c + 1, 0, chunk.splice(CHUNK));
  }

  /** Chunk and index at which this key stands, or would stand. */
  function find(
    id: string,
    key: { points: number; reached: number },
  ): [number, number] {
    const { points, reached } = key;
    const wanted = { id, points, reached };
    let low = 0, high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = chunks[middle]!.at(-1)!;
      if (before(last, wanted)) low = middle + 1;
      else high = middle;
    }
    const chunk = chunks[low]!;
    let from = 0, to = chunk.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (before(chunk[middle]!, wanted)) from = middle + 1;
      else to = middle;
    }
    return [low, from];
  }

  /** Whether a placed standing stands before a key. */
  function before(
    standing: T,
    key: { id: string; points: number; reached: number },
  ): boolean {
    const { points, reached } = standing.placed!;
    return byPlace({ id: standing.id, points, reached }, key) < 0;
  }

  return {
    touch: (standing) => touched.add(standing),
    size() {
      settle();
      return count;
    },
    slice(offset, limit) {
      settle();
      const found: T[] = [];
      let skip = offset;
      for (const chunk of chunks) {
        if (skip >= chunk.length) {
          skip -= chunk.length;
          continue;
        }
        for (let i = skip; i < chunk.length; i++) {
          if (found.length === limit) return found;
          found.push(chunk[i]!);
        }
        skip = 0;
      }
      return found;
    },
    rankOf(standing) {
      settle();
      if (!standing.placed) return null;
      const [c, i] = find(standing.id, standing.placed);
      let rank = i + 1;
      for (let k = 0; k < c; k++) rank += chunks[k]!.length;
      return rank;
    },
  };
}
