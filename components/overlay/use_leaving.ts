/**
 * Everything leaves as carefully as it came: what was shown stays in the page
 * until it has faded, and only then makes room for what follows.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";

/** What to draw now. */
export interface Leaving<T> {
  shown: T | null;
  /** It is on its way out. */
  leaving: boolean;
}

/**
 * Holds on to the last value for a while after it is gone or replaced.
 *
 * @param keyOf Values with the same key are the same thing with new details.
 * @param ms How long leaving takes.
 */
export function useLeaving<T>(
  value: T | null,
  keyOf: (value: T) => string,
  ms: number,
): Leaving<T> {
  const [held, setHeld] = useState(value);
  const key = value === null ? null : keyOf(value);
  const heldKey = held === null ? null : keyOf(held);

  useEffect(() => {
    if (key === heldKey) return;
    const timer = setTimeout(() => setHeld(value), heldKey === null ? 0 : ms);
    return () => clearTimeout(timer);
  }, [key, heldKey]);

  if (key === heldKey || held === null) return { shown: value, leaving: false };
  return { shown: held, leaving: true };
}
