/**
 * Opens the editor of the overlay, whose code comes with it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { asset } from "fresh/runtime";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "../shared/Icon.tsx";
import { Later } from "./Later.tsx";
import { followLook, isSame } from "./look_history.ts";
import { usePanel } from "./panel_state.ts";

/** Gets the editor. */
const loadEditor = async () =>
  (await import("./OverlayEditor.tsx")).OverlayEditor;

/** See the module. */
export function OverlayEditorButton({ overlayUrl }: { overlayUrl: string }) {
  const panel = usePanel();
  const isOpen = useSignal(false);
  const set = panel.desk.value.settings.overlay;
  const { draft } = panel;
  const before = useRef(set);
  useEffect(() => {
    if (isSame(before.current, set)) return;
    draft.value = followLook(draft.value, before.current, set);
    before.current = set;
  }, [set]);
  const texts = panel.texts.value.editor;
  return (
    <>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        onClick={() => isOpen.value = true}
      >
        <Icon name="settings" />
        {texts.open}
      </button>
      {isOpen.value && (
        <Dialog
          title={texts.title}
          closeLabel={panel.texts.value.app.close}
          onClose={() => isOpen.value = false}
        >
          <link rel="stylesheet" href={asset("/overlay_editor.css")} />
          <Later load={loadEditor} props={{ overlayUrl }} />
        </Dialog>
      )}
    </>
  );
}
