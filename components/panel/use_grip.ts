/**
 * Whether somebody points at a list or has a finger on it; then its places
 * hold (`held.ts`).
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { inPlace } from "./held.ts";

/** A pointer is over the list; or it presses, and nothing may change. */
type Grip = "over" | "down" | null;

/** How long after a finger has left its click may come, in ms. */
const CLICK_MS = 400;

/** What the list has to listen to. */
interface Hands {
  onPointerEnter(event: PointerEvent): void;
  onPointerMove(event: PointerEvent): void;
  onPointerDown(event: PointerEvent): void;
  onPointerUp(event: PointerEvent): void;
  onPointerCancel(event: PointerEvent): void;
  onPointerLeave(event: PointerEvent): void;
}

/**
 * Watches the pointers over a list.
 *
 * @param restMs A mouse that rests for so long no longer points.
 */
export function useGrip(
  restMs = Infinity,
): { grip: Signal<Grip>; hands: Hands } {
  const grip = useSignal<Grip>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);

  function take(next: Grip) {
    clearTimeout(timer.current);
    grip.value = next;
  }

  function point() {
    take("over");
    if (restMs < Infinity) timer.current = setTimeout(() => take(null), restMs);
  }

  /** The click of a press comes after its end, on what was pressed. */
  function release({ pointerType }: PointerEvent) {
    clearTimeout(timer.current);
    timer.current = pointerType === "mouse"
      ? setTimeout(point)
      : setTimeout(() => take(null), CLICK_MS);
  }

  return {
    grip,
    hands: {
      onPointerEnter: ({ pointerType }) => pointerType === "mouse" && point(),
      onPointerMove({ pointerType, buttons }) {
        if (pointerType === "mouse" && buttons === 0) point();
      },
      onPointerDown: () => take("down"),
      onPointerUp: release,
      onPointerCancel: release,
      onPointerLeave: ({ pointerType }) =>
        pointerType === "mouse" && take(null),
    },
  };
}

/** A list in the places that it has while somebody points at it. */
interface HeldList<T> {
  shown: T[];
  isHeld: boolean;
  hands: Hands;
  /** Lets it be as it would be. */
  letGo(): void;
}

/** Holds a list in place; see `useGrip`. */
export function useHeld<T>(
  items: T[],
  keyOf: (item: T) => string,
): HeldList<T> {
  const { grip, hands } = useGrip();
  const last = useRef(items);
  const shown = grip.value === null
    ? items
    : grip.value === "down"
    ? last.current
    : inPlace(last.current, items, keyOf);
  last.current = shown;
  return {
    shown,
    isHeld: grip.value !== null,
    hands,
    letGo: () => grip.value = null,
  };
}

/** What tells a comment from the others. */
export const idOf = ({ id }: { id: string }): string => id;
