/**
 * A button that opens a form in a sheet; the form's code comes with it.
 *
 * @module
 */
import type { ComponentType } from "preact";
import { useSignal } from "@preact/signals";
import { Dialog } from "./Dialog.tsx";
import { Later } from "./Later.tsx";
import { usePanel } from "./panel_state.ts";

/** What a form in a sheet gets. */
export interface SheetProps {
  onDone: () => void;
}

/** See the module. */
export function SetUpButton(
  { title, note, load }: {
    title: string;
    /** Beside the title; empty for nothing. */
    note?: string;
    load: () => Promise<ComponentType<SheetProps>>;
  },
) {
  const { app } = usePanel().texts.value;
  const isOpen = useSignal(false);
  const close = () => isOpen.value = false;
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        onClick={() => isOpen.value = true}
      >
        {title}
        {note && <span class="pill">{note}</span>}
      </button>
      {isOpen.value && (
        <Dialog title={title} closeLabel={app.close} onClose={close}>
          <Later load={load} props={{ onDone: close }} />
        </Dialog>
      )}
    </>
  );
}
