/**
 * Deletes a viewer, as people may ask a host to: says first what goes and what
 * stays, and afterwards whether the running game still holds some of it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { callAccess } from "./access_calls.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ForgetViewer({ viewerId }: { viewerId: string }) {
  const panel = usePanel();
  const texts = panel.texts.value.access.forget;
  const isBusy = useSignal(false);
  const said = useSignal<"" | "done" | "pending">("");

  async function forget() {
    isBusy.value = true;
    const path = `/api/viewers/${encodeURIComponent(viewerId)}`;
    const got = await callAccess<{ pending: boolean }>("DELETE", path);
    isBusy.value = false;
    if (!got.ok) return panel.sayProblem(got.problem);
    said.value = got.data.pending ? "pending" : "done";
  }

  return (
    <details class="forget">
      <summary class="button">{texts.open}</summary>
      <div class="form">
        <p class="note">{texts.goes}</p>
        <p class="note">{texts.stays}</p>
        <p class="note">{texts.later}</p>
        <ConfirmButton
          icon="close"
          label={texts.do}
          confirm={texts.sure}
          disabled={isBusy.value}
          onConfirm={forget}
        />
        <p role="status">{said.value && texts[said.value]}</p>
      </div>
    </details>
  );
}
