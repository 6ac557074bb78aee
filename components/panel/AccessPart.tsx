/**
 * Who may come in: lets devices in, lists them and the keys, ends both. Keys
 * are masked, because streamers share their screen.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type AccessShown, callAccess } from "./access_calls.ts";
import { AccessDevices } from "./AccessDevices.tsx";
import { AccessKeys } from "./AccessKeys.tsx";
import { AccessPairing } from "./AccessPairing.tsx";
import { usePanel } from "./panel_state.ts";

/** How often the lists are looked at again, in ms. */
const LOOK_MS = 5_000;

/** See the module. */
export function AccessPart() {
  const panel = usePanel();
  const texts = panel.texts.value.access;
  const shown = useSignal<AccessShown | null>(null);

  async function look() {
    const got = await callAccess<AccessShown>("GET", "/api/keys");
    if (got.ok) shown.value = got.data;
  }
  useEffect(() => {
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);

  /** Ends something, says so, and looks again. */
  async function end(path: string, words: string) {
    const got = await callAccess<null>("DELETE", path);
    if (got.ok) panel.say(words, "good");
    else panel.sayProblem(got.problem);
    await look();
  }

  return (
    <section class="access" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <AccessPairing />
      {shown.value && (
        <>
          <AccessDevices shown={shown.value} onEnd={end} />
          <AccessKeys shown={shown.value} onEnd={end} onChange={look} />
        </>
      )}
    </section>
  );
}
