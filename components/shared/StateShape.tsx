/**
 * The state as a shape: nobody has to tell the colours apart.
 *
 * @module
 */
import type { ConnectionPhase } from "@/core/connection.ts";
import type { Phase } from "@/core/frame.ts";

const SHAPES: Record<Phase, string> = {
  idle: "M12 4.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z",
  open: "M6 3.5l15 8.5-15 8.5z",
  closing: "M5 3h14v3.5L13.5 12 19 17.5V21H5v-3.5L10.5 12 5 6.5z",
  frozen:
    "M12 1.5v21 M2.9 6.7l18.2 10.6 M21.1 6.7L2.9 17.3 M8.5 3.8L12 7l3.5-3.2 M8.5 20.2L12 17l3.5 3.2",
  paused: "M6 4h4v16H6z M14 4h4v16h-4z",
  ended: "M5 5h14v14H5z",
};

/** The shape of the game's phase. */
export function PhaseShape({ phase }: { phase: Phase }) {
  return (
    <svg
      class={`shape shape-${phase}`}
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
    >
      <path d={SHAPES[phase]} />
    </svg>
  );
}

/** How a connection looks: as good, on its way, or not there. */
export function connectionTone(
  state: ConnectionPhase,
  silent: boolean,
): "open" | "closing" | "ended" | "danger" {
  if (state === "live") return silent ? "closing" : "open";
  if (state === "failed") return "danger";
  return state === "off" || state === "ended" ? "ended" : "closing";
}

/** The shape of the connection: full, half, ring, or cross. */
export function ConnectionShape(
  { tone }: { tone: ReturnType<typeof connectionTone> },
) {
  return (
    <svg
      class={`shape shape-link-${tone}`}
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
    >
      {tone === "danger"
        ? <path class="line" d="M5 5l14 14 M19 5L5 19" />
        : <circle class="line" cx="12" cy="12" r="8" />}
      {tone === "open" && <circle cx="12" cy="12" r="8" />}
      {tone === "closing" && <path d="M12 4a8 8 0 0 1 0 16z" />}
    </svg>
  );
}
