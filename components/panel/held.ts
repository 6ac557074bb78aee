/**
 * What a list shows while somebody points at it: what was there keeps its
 * place, so that a tap meets what the eye has seen.
 *
 * @module
 */

/**
 * The items of before in their places, as they are now, without those that are
 * gone, and after them what has come below. What has come above waits.
 *
 * @param before What the list showed.
 * @param now What it would show if nobody pointed at it.
 */
export function inPlace<T>(
  before: T[],
  now: T[],
  keyOf: (item: T) => string,
): T[] {
  const current = new Map(now.map((item) => [keyOf(item), item]));
  const stood = new Set(before.map(keyOf));
  const last = now.findLastIndex((item) => stood.has(keyOf(item)));
  const below = now.slice(last + 1).filter((item) => !stood.has(keyOf(item)));
  return [
    ...before.flatMap((item) => current.get(keyOf(item)) ?? []),
    ...below,
  ];
}
