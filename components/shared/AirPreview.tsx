/**
 * The overlay itself, small, as the audience has it. It is a page of its own:
 * on a wide screen it comes once the first screen stands, elsewhere when the
 * host wants it, and either choice is remembered.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { usePanel } from "../panel/panel_state.ts";
import { remember } from "./remember.ts";

/** The cookie that remembers whether the host wants it. */
export const AIR_COOKIE = "air";

/** What the host wants; null as long as that was not said. */
export type Air = "open" | "closed" | null;

/** What a cookie says. */
export function airOf(text: string | null): Air {
  return text === "open" || text === "closed" ? text : null;
}

/** Screens that have room for everything, as in the style sheet. */
export const WIDE = "(min-width: 1180px)";

/** See the module. */
export function AirPreview({ air }: { air: Air }) {
  const panel = usePanel();
  const texts = panel.texts.value.preview;
  const isOpen = useSignal(false);
  const isReady = panel.isReady.value;

  useEffect(() => {
    if (!isReady || air === "closed") return;
    if (air === null && !matchMedia(WIDE).matches) return;
    return whenIdle(() => isOpen.value = true);
  }, [isReady]);

  return (
    <details
      class="air-preview"
      open={isOpen.value}
      onToggle={(event) => {
        const { open } = event.currentTarget;
        if (open === isOpen.value) return; // it was not the host
        isOpen.value = open;
        remember(AIR_COOKIE, open ? "open" : "closed");
      }}
    >
      <summary class="button">
        <Icon name="eye" />
        {texts.open}
      </summary>
      {isOpen.value && (
        <div class="air-frame">
          <iframe src={overlayLink()} title={texts.frame} tabIndex={-1} />
        </div>
      )}
    </details>
  );
}

/**
 * The overlay's link. In a source of OBS it moves as its link says; in the panel
 * it keeps still for whoever wants that of every page.
 */
function overlayLink(): string {
  const wantsStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return wantsStill ? "/overlay?motion=reduced" : "/overlay";
}

/** How long it may wait for a quiet moment, in ms. */
const PATIENCE_MS = 3_000;

function whenIdle(go: () => void): () => void {
  const handle = requestIdleCallback(go, { timeout: PATIENCE_MS });
  return () => cancelIdleCallback(handle);
}
