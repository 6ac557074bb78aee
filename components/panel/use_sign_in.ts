/**
 * Leaves the panel once this device is signed out, from here or by the host on
 * another device: what is still on the screen is no longer its to see.
 *
 * @module
 */
import { useSignalEffect } from "@preact/signals";
import type { Panel } from "./panel_state.ts";

/** How often it is asked while nothing is heard, in ms. */
const ASK_MS = 3_000;

/** Asks whether somebody is still let in, whenever the stream is lost. */
export function useSignIn(panel: Panel): void {
  useSignalEffect(() => {
    if (panel.lostAt.value === null) return;
    void leaveIfOut();
    const timer = setInterval(leaveIfOut, ASK_MS);
    return () => clearInterval(timer);
  });
}

async function leaveIfOut() {
  const response = await fetch("/api/state", { method: "HEAD" })
    .catch(() => null); // away, which the panel says itself
  if (response?.status === 401) goToSignIn();
}

let isLeaving = false;

/** Opens the sign-in page, once: asking again would begin its loading anew. */
export function goToSignIn(): void {
  if (isLeaving) return;
  isLeaving = true;
  location.assign("/signin");
}
