/**
 * What came late, and a way to count it: over everything where it may change who
 * is first, else a quiet line of the round.
 *
 * @module
 */
import { whole } from "../shared/clock.ts";
import { yesNo } from "../shared/yes_no.ts";
import { usePanel } from "./panel_state.ts";

/**
 * See the module.
 *
 * @param isLoud Which of the two places it is.
 */
export function LateLine({ isLoud }: { isLoud: boolean }) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const { viewers, points, nickname, matters } = panel.desk.value.late;
  if (viewers === 0 || matters !== isLoud) return null;
  return (
    <p class={isLoud ? "banner late-line" : "round-line late-line"}>
      <span>
        {nickname === null
          ? texts.late(viewers, whole(points))
          : texts.lateOf(nickname, whole(points))}
        {isLoud && ` · ${texts.lateMatters}`}
      </span>
      <button
        type="button"
        class="button"
        disabled={!panel.canAct.value || !panel.isHost}
        aria-busy={yesNo(panel.busy.value.includes("countLate"))}
        onClick={() =>
          panel.send({ type: "countLate" }, {
            words: texts.counted,
            step: "lateCounted",
          })}
      >
        {texts.count}
      </button>
    </p>
  );
}
