/**
 * A sheet over the panel: it keeps the focus, closes with Escape or a tap
 * beside it, and gives the focus back.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../shared/Icon.tsx";

/** See the module. It is open for as long as it exists. */
export function Dialog(
  { title, closeLabel, isWide, onClose, children }: {
    title: string;
    closeLabel: string;
    /** Two columns, where there is room. */
    isWide?: boolean;
    onClose: () => void;
    children: ComponentChildren;
  },
) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class={isWide ? "dialog wide" : "dialog"}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="dialog-body">
        <header class="part-head">
          <h2>{title}</h2>
          <button
            type="button"
            class="button quiet square"
            aria-label={closeLabel}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
