/**
 * A number that counts up by itself. Preact never touches its text, so that
 * counting and rendering do not undo each other.
 *
 * @module
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { countTo, stopCounting } from "./counting.ts";

/** Points, whose they are, and whether to show them without counting. */
interface PointsProps {
  points: number;
  place: number;
  isExact: boolean;
  still: boolean;
}

/** Digits that count to `points`. */
export function Points({ points, place, isExact, still }: PointsProps) {
  const ref = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!ref.current) return;
    countTo(ref.current, { points, place, isExact, atOnce: still });
  }, [points, place, isExact, still]);
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element) stopCounting(element);
    };
  }, []);
  return <span class="points" ref={ref} />;
}
