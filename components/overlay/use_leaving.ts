/**
 * Everything leaves as carefully as it came: what was shown stays in the page
 * until it has faded, and only then makes room for what follows.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";

/** What to draw now. */
interface Leaving<T> {
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
  const held = useRef(value);
  const [, drawAgain] = useState(0);
  const key = value === null ? null : keyOf(value);
  const heldKey = held.current === null ? null : keyOf(held.current);
  const leaving = heldKey !== null && key !== heldKey;
  if (!leaving) held.current = value;

  useEffect(() => {
    if (!leaving) return;
    const timer = setTimeout(() => {
      held.current = null;
      drawAgain((n) => n + 1);
    }, ms);
    return () => clearTimeout(timer);
  }, [leaving, heldKey]);

  return { shown: held.current, leaving };
}
