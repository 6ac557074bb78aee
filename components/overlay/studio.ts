/**
 * The game that the panel's editor plays in its preview: it stands still until
 * the editor asks for something to happen, and takes the look from it. Nothing
 * of it ever reaches a session.
 *
 * @module
 */
import type { StreamEvents } from "@/components/stream/stream.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import type { ToStudio, Trial } from "./trials.ts";
import { NAMES, playersOf, QUESTION, rowsOf } from "./demo.ts";

const STEP_MS = 120;
const STORM_STEPS = 50;
const COUNTDOWN_MS = 5000;
const CLOSED_MS = 3000;

/** Listens to the page around this one, of the same origin. */
export function openStudio(events: StreamEvents): () => void {
  const points = playersOf();
  let seq = 0;
  let stage: Frame["stage"] = null;
  let phase: Frame["phase"] = "open";
  let countdownTo: number | null = null;
  let timers: ReturnType<typeof setTimeout>[] = [];

  const rows = () => rowsOf(points, NAMES.length);
  const show = () =>
    events.onFrame({
      ...idleFrame(0),
      seq: ++seq,
      session: { id: "studio", title: "", channel: "studio" },
      phase,
      closesAt: countdownTo,
      countdownTo,
      now: performance.now(),
      viewers: NAMES.length,
      rows: rows(),
      stage,
    });
  const after = (ms: number, step: () => void) =>
    timers.push(setTimeout(step, ms));

  function clear() {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    stage = null;
    phase = "open";
    countdownTo = null;
  }

  function storm(left: number) {
    for (let i = 0; i < points.length; i++) {
      if (Math.random() < 0.5) points[i]! += Math.ceil(Math.random() * 90);
    }
    show();
    if (left > 0) after(STEP_MS, () => storm(left - 1));
  }

  function play(trial: Trial) {
    clear();
    switch (trial) {
      case "overtake": {
        const [, , third] = rows();
        const [first] = rows();
        const at = Number(third?.viewerId.split("-")[1]);
        points[at] = (first?.points ?? 0) + 120;
        break;
      }
      case "winner": {
        const [first] = rows();
        phase = "frozen";
        if (first) stage = { ...first, kind: "winner", comment: QUESTION };
        break;
      }
      case "question": {
        const second = rows()[1];
        if (second) stage = { ...second, kind: "comment", comment: QUESTION };
        break;
      }
      case "countdown":
        phase = "closing";
        countdownTo = performance.now() + COUNTDOWN_MS;
        after(COUNTDOWN_MS, () => {
          phase = "frozen";
          countdownTo = null;
          show();
        });
        after(COUNTDOWN_MS + CLOSED_MS, () => {
          clear();
          show();
        });
        break;
      case "storm":
        return storm(STORM_STEPS);
    }
    show();
  }

  function onMessage({ origin, source, data }: MessageEvent<ToStudio>) {
    if (origin !== location.origin || source !== parent) return;
    if (data.type === "look") events.onLook?.(data.look);
    else if (data.type === "trial") play(data.trial);
  }

  addEventListener("message", onMessage);
  show();
  parent.postMessage({ type: "studio ready" }, location.origin);
  return () => {
    clear();
    removeEventListener("message", onMessage);
  };
}
