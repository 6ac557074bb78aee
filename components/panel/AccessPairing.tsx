/**
 * Lets another device in: a code for its camera, and the same as a link.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { callAccess, type PairingShown } from "./access_calls.ts";
import { CopyField } from "../shared/CopyField.tsx";
import { usePanel } from "./panel_state.ts";

const ROLES = ["host", "moderator", "display"] as const;

/** See the module. */
export function AccessPairing() {
  const panel = usePanel();
  const { access: texts, app } = panel.texts.value;
  const origins = useSignal<string[] | null>(null);
  const origin = useSignal("");
  const role = useSignal<(typeof ROLES)[number]>("host");
  const pairing = useSignal<PairingShown | null>(null);

  useEffect(() => {
    void callAccess<{ origins: string[] }>("GET", "/api/pairings")
      .then((got) => {
        if (!got.ok) return;
        origins.value = got.data.origins;
        origin.value = got.data.origins[0] ?? "";
      });
  }, []);

  async function make() {
    const asked = { role: role.value, origin: origin.value };
    const got = await callAccess<PairingShown>("POST", "/api/pairings", asked);
    if (got.ok) pairing.value = got.data;
    else panel.sayProblem(got.problem);
  }

  if (!origins.value) return null;
  const { value: shown } = pairing;
  return (
    <section aria-label={texts.pairHead}>
      <h4>{texts.pairHead}</h4>
      {origins.value.length === 0
        ? <p class="note">{texts.pairNowhere}</p>
        : (
          <form
            class="access-form"
            onSubmit={(event) => {
              event.preventDefault();
              void make();
            }}
          >
            <label>
              <span class="label">{texts.pairAs}</span>
              <select
                class="field"
                value={role.value}
                onChange={(event) =>
                  role.value = event.currentTarget.value as typeof role.value}
              >
                {ROLES.map((each) => (
                  <option key={each} value={each}>{texts.roles[each]}</option>
                ))}
              </select>
            </label>
            {origins.value.length > 1 && (
              <label>
                <span class="label">{texts.pairAt}</span>
                <select
                  class="field"
                  value={origin.value}
                  onChange={(event) => origin.value = event.currentTarget.value}
                >
                  {origins.value.map((each) => (
                    <option key={each} value={each}>{each}</option>
                  ))}
                </select>
              </label>
            )}
            <button class="button" type="submit">
              {shown ? texts.pairAgain : texts.pairMake}
            </button>
          </form>
        )}
      {shown && (
        <div class="card pairing">
          <p>{texts.pairLead}</p>
          <svg
            class="qr"
            role="img"
            aria-label={texts.pairQr}
            viewBox={`0 0 ${shown.qr.size} ${shown.qr.size}`}
            shape-rendering="crispEdges"
          >
            <path d={shown.qr.path} />
          </svg>
          <p class="note">{texts.pairUntil(shown.endsAt)}</p>
          <div class="masked">
            <CopyField label={texts.pairLink} value={shown.link} texts={app} />
          </div>
        </div>
      )}
    </section>
  );
}
