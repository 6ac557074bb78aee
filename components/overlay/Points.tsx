/**
 * A number that counts up by itself. Preact never touches its text, so that
 * counting and rendering do not undo each other.
 *
 * @module
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { countTo, stopCounting } from "./counting.ts";

/** Points, and whether to show them without counting. */
interface PointsProps {
  points: number;
  still: boolean;
}

/** Digits in cells, that count to `points`. */
export function Points({ points, still }: PointsProps) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (ref.current) countTo(ref.current, points, still);
  }, [points, still]);
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element) stopCounting(element);
    };
  }, []);
  return <span class="points" ref={ref} />;
}
