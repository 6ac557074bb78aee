/**
 * The link that puts the panel into OBS as a dock.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { CopyField } from "../shared/CopyField.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ObsDock() {
  const { app, obs: texts } = usePanel().texts.value;
  const link = useSignal("");
  useEffect(() => {
    link.value = `${location.origin}/admin?dock`;
  }, []);
  return (
    <div class="obs-dock">
      <CopyField label={texts.dock} value={link.value} texts={app} />
      <p class="note">{texts.dockHelp}</p>
    </div>
  );
}
