/**
 * Gives the focus back to where it was before something opened.
 *
 * @module
 */
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Watches something that opens and closes, and took the focus along.
 *
 * @param open What is open; null while nothing is.
 * @param opener Where the focus goes if what had it before is gone.
 */
export function useFocusBack(
  open: unknown,
  opener: () => HTMLElement | null | undefined,
): void {
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (open !== null) {
      if (activeElement !== document.body) before.current = activeElement;
      return;
    }
    const last = before.current;
    before.current = null;
    if (last === null || isInSight(activeElement)) return;
    const target = last.isConnected && last instanceof HTMLElement
      ? last
      : opener();
    target?.focus({ preventScroll: true });
  }, [open]);
}

/** Whether something that can be seen has the focus. */
function isInSight(focused: Element | null): boolean {
  return focused !== null && focused !== document.body &&
    focused.getClientRects().length > 0;
}
