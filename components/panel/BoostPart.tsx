/**
 * A boost: its factor and its time to choose, then a ring that runs out.
 *
 * @module
 */
import { useComputed, useSignal } from "@preact/signals";
import type { Frame } from "@/core/frame.ts";
import { leftAt } from "../overlay/clock.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { usePanel } from "./panel_state.ts";

const TIMES = [2, 3, 5, 10] as const;
const SECONDS = [30, 60, 120, 300] as const;
const OF = ["all", "likes", "gifts"] as const;

/** See the module. */
export function BoostPart() {
  const panel = usePanel();
  const { boost, phase } = panel.frame.value;
  if (boost) return <Boosted boost={boost} />;
  return phase === "paused" ? null : <BoostChoice />;
}

function Boosted({ boost }: { boost: NonNullable<Frame["boost"]> }) {
  const panel = usePanel();
  const texts = panel.texts.value.round;
  const told =
    useComputed(() => leftAt(panel.frame.value, panel.now.value).boost).value ??
      0;
  const all = panel.desk.value.setUp.boost?.seconds ?? told;
  const left = Math.min(told, all); // the page's clock may be a moment behind
  return (
    <div class="boosted">
      <svg class="ring" viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r="15.9" pathLength="100" />
        <circle
          class="ring-left"
          cx="18"
          cy="18"
          r="15.9"
          pathLength="100"
          stroke-dasharray={`${
            Math.min(100, left / Math.max(1, all) * 100)
          } 100`}
        />
        <text x="18" y="22.5" text-anchor="middle">×{boost.times}</text>
      </svg>
      <ConfirmButton
        icon="close"
        label={texts.boosted[boost.of](boost.times, left)}
        confirm={texts.endBoost}
        disabled={!panel.canAct.value}
        onConfirm={() =>
          panel.send({ type: "endBoost" }, {
            words: texts.boostEnded,
            step: "boostEnded",
          })}
      />
    </div>
  );
}

function BoostChoice() {
  const panel = usePanel();
  const { round, rounds: texts } = panel.texts.value;
  const times = useSignal<number>(2);
  const seconds = useSignal<number>(60);
  const of = useSignal<typeof OF[number]>("all");
  return (
    <div class="boost-choice">
      <select
        class="field"
        aria-label={texts.boostTimes}
        value={String(times.value)}
        onChange={(event) => times.value = Number(event.currentTarget.value)}
      >
        {TIMES.map((n) => <option key={n} value={n}>×{n}</option>)}
      </select>
      <select
        class="field"
        aria-label={texts.boostSeconds}
        value={String(seconds.value)}
        onChange={(event) => seconds.value = Number(event.currentTarget.value)}
      >
        {SECONDS.map((n) => <option key={n} value={n}>{n} {round.s}</option>)}
      </select>
      <select
        class="field"
        aria-label={texts.boostOf}
        value={of.value}
        onChange={(event) => of.value = OF[event.currentTarget.selectedIndex]!}
      >
        {OF.map((each) => (
          <option key={each} value={each}>{texts.boostsOf[each]}</option>
        ))}
      </select>
      <button
        type="button"
        class="button"
        disabled={!panel.canAct.value}
        onClick={() =>
          panel.send({
            ...{ type: "boost", times: times.value },
            ...{ seconds: seconds.value, of: of.value },
          }, { words: round.boosts[of.value](times.value), step: "boosted" })}
      >
        {texts.boostStart(times.value, seconds.value)}
      </button>
    </div>
  );
}
