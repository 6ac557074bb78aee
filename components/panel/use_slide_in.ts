/**
 * New lines at the top of a list push the others down by scrolling, not by
 * laying them out anew, so that the eye can follow them.
 *
 * @module
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A list on its way back to its top. */
interface SlideIn {
  isOn(): boolean;
  /** Somebody takes hold of it. */
  stop(): void;
}

/**
 * Watches a list that scrolls.
 *
 * @param first The key of its first line.
 * @param isHeld Whether the list is to stand still.
 */
export function useSlideIn(
  list: RefObject<HTMLElement>,
  first: string | undefined,
  isHeld: boolean,
): SlideIn {
  const before = useRef<Element | null>(null);
  const isOn = useRef(false);
  useLayoutEffect(() => {
    const scroller = list.current;
    const was = before.current;
    before.current = scroller?.firstElementChild ?? null;
    if (!scroller || isHeld || was?.parentElement !== scroller) return;
    const grown = topOf(was) - topOf(scroller.firstElementChild!);
    if (grown <= 0) return;
    isOn.current = true;
    scroller.style.overflowAnchor = "none"; // else the browser does so, too
    scroller.scrollTop += grown;
    // In a frame after the next one, else nothing would have scrolled.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (isOn.current) scroller.scrollTo({ top: 0, behavior: behaviour() });
      })
    );
  }, [first]);

  function stop() {
    isOn.current = false;
    list.current?.style.removeProperty("overflow-anchor");
  }

  return {
    isOn() {
      if (isOn.current && (list.current?.scrollTop ?? 0) <= 0) stop();
      return isOn.current;
    },
    stop,
  };
}

const topOf = (element: Element) => element.getBoundingClientRect().top;

function behaviour(): ScrollBehavior {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return isStill ? "instant" : "smooth";
}
