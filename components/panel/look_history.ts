/**
 * Looks that were tried, to go back and forth between them. What is dragged
 * counts as one change.
 *
 * @module
 */
import type { Look } from "@/core/shapes/look.ts";

/** A look among those before and after it. */
export interface LookHistory {
  past: Look[];
  now: Look;
  future: Look[];
  /** The option changed last, and when, in ms. */
  last: { name: string; at: number };
}

/** Changes of one option within this time are one. */
const SAME_MS = 800;
const MOST = 60;

export function beginHistory(now: Look): LookHistory {
  return { past: [], now, future: [], last: { name: "", at: -SAME_MS } };
}

/** Whether two looks are one. */
export function isSame(one: Look, other: Look): boolean {
  return (Object.keys(one) as (keyof Look)[])
    .every((name) => one[name] === other[name]);
}

/**
 * As the host's settings are now, unless something else was being tried: a
 * draft that nobody has touched follows what another device saves.
 */
export function followLook(
  history: LookHistory,
  before: Look,
  now: Look,
): LookHistory {
  return isSame(history.now, before) ? { ...history, now } : history;
}

/** With one option changed; unchanged if it has that value already. */
export function changeLook(
  history: LookHistory,
  change: Partial<Look>,
  at: number,
): LookHistory {
  const now = { ...history.now, ...change };
  const name = Object.keys(change).join(" ");
  if (isSame(now, history.now)) return history;
  const { last, past } = history;
  const goesOn = name === last.name && at - last.at < SAME_MS;
  return {
    past: goesOn ? past : [...past, history.now].slice(-MOST),
    now,
    future: [],
    last: { name, at },
  };
}

/** One step back, or as it is where there is none. */
export function undoLook(history: LookHistory): LookHistory {
  const before = history.past.at(-1);
  if (!before) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    last: { name: "", at: 0 },
  };
}

/** One step forth again. */
export function redoLook(history: LookHistory): LookHistory {
  const [after, ...future] = history.future;
  if (!after) return history;
  return {
    past: [...history.past, history.now],
    now: after,
    future,
    last: { name: "", at: 0 },
  };
}
