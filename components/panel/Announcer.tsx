/**
 * What a screen reader is told without being asked: the countdown, the phase,
 * the winner, and how the connections stand.
 *
 * @module
 */
import { isWin } from "@/core/frame.ts";
import { useComputed } from "@preact/signals";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function Announcer() {
  const panel = usePanel();
  const words = useComputed(() => {
    const { phase, countdownTo, stage } = panel.frame.value;
    const { game, winner } = panel.texts.value;
    if (phase === "closing" && countdownTo !== null) {
      const left = Math.ceil((countdownTo - panel.now.value) / 1000);
      if (left > 3) return game.closesIn(Math.ceil(left / 5) * 5);
      return left > 0 ? game.countdown(left) : "";
    }
    const announced = stage && isWin(stage)
      ? winner.announced(stage.nickname)
      : "";
    return [game.phases[phase], announced].filter(Boolean).join(" · ");
  });
  return (
    <>
      <p class="unseen-text" aria-live="assertive">{words}</p>
      <Connections />
    </>
  );
}

/** Without the seconds that the host sees run: they would be said each time. */
function Connections() {
  const panel = usePanel();
  const words = useComputed(() => {
    const { connection: { state, reason, channel }, obs } = panel.desk.value;
    const { connection, obs: obsTexts } = panel.texts.value;
    const said = reason === "silent"
      ? connection.silent
      : connection.sentences[state](`@${channel}`);
    return obs.rules.length > 0
      ? `${said} · ${obsTexts.sentences[obs.state]}`
      : said;
  });
  return <p class="unseen-text" aria-live="polite">{words}</p>;
}
