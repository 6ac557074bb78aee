/**
 * The connection and the game, each as a tile that says how it stands and
 * opens its card.
 *
 * @module
 */
import { useComputed } from "@preact/signals";
import { runningTime, secondsLeft } from "../shared/clock.ts";
import { gameTitle } from "../shared/game_title.ts";
import { clockText, leftAt } from "../overlay/clock.ts";
import { usePanel } from "./panel_state.ts";
import {
  ConnectionShape,
  connectionTone,
  PhaseShape,
} from "../shared/StateShape.tsx";
import { yesNo } from "../shared/yes_no.ts";

/** The card that is open: the host's choice, else what comes next. */
export function openCard(
  panel: ReturnType<typeof usePanel>,
): "connection" | "game" | null {
  if (panel.card.value || !panel.isHost) return panel.card.value;
  if (panel.next.value === "connect") return "connection";
  return panel.next.value === "start" ? "game" : null;
}

/** Both tiles. */
export function StatusTiles() {
  return (
    <div class="tiles">
      <ConnectionTile />
      <GameTile />
    </div>
  );
}

function ConnectionTile() {
  const panel = usePanel();
  const { connection, health } = panel.desk.value;
  const texts = panel.texts.value;
  const tone = connectionTone(connection.state, connection.reason === "silent");
  const isOpen = openCard(panel) === "connection";
  return (
    <button
      type="button"
      class={`tile tone-${tone}`}
      aria-expanded={yesNo(isOpen)}
      aria-controls="card"
      onClick={() => toggle(panel, "connection")}
    >
      <span class="tile-state">
        <ConnectionShape tone={tone} />
        <b>{texts.connection.states[connection.state]}</b>
      </span>
      <span class="tile-what">
        {connection.channel === null
          ? texts.connection.title
          : <bdi>@{connection.channel}</bdi>}
      </span>
      <span class="tile-numbers">
        {health.roomViewers === null || connection.state !== "live"
          ? ""
          : texts.connection.watching(health.roomViewers)}
      </span>
    </button>
  );
}

function GameTile() {
  const panel = usePanel();
  const { phase } = panel.frame.value;
  const texts = panel.texts.value.game;
  const isOpen = openCard(panel) === "game";
  return (
    <button
      type="button"
      class={`tile tone-${phase}`}
      aria-expanded={yesNo(isOpen)}
      aria-controls="card"
      onClick={() => toggle(panel, "game")}
    >
      <span class="tile-state">
        <PhaseShape phase={phase} />
        <b>
          {panel.desk.value.health.loads ? texts.loading : texts.phases[phase]}
        </b>
      </span>
      <span class="tile-what">
        <GameWords />
      </span>
      <span class="tile-numbers">
        <GameTime />
      </span>
    </button>
  );
}

/** The title, or how long the game still waits for a late stream. */
function GameWords() {
  const panel = usePanel();
  const texts = panel.texts.value.game;
  const { countdownTo, closesAt, phase } = panel.frame.value;
  const delay =
    useComputed(() =>
      phase === "closing" && countdownTo !== null && closesAt !== null &&
        panel.now.value >= countdownTo
        ? secondsLeft(closesAt, panel.now.value)
        : 0
    ).value;
  if (delay > 0) return <>{texts.streamDelay(delay)}</>;
  const { session, health } = panel.desk.value;
  if (health.loads) return <>{panel.texts.value.app.loading}</>;
  return session === null
    ? <>{texts.notStarted}</>
    : <bdi>{gameTitle(panel.texts.value, session)}</bdi>;
}

/** The countdown while closing, else how long the game has run. */
function GameTime() {
  const panel = usePanel();
  const text = useComputed(() => {
    const { phase, countdownTo } = panel.frame.value;
    const { session } = panel.desk.value;
    if (phase === "closing" && countdownTo !== null) {
      return String(secondsLeft(countdownTo, panel.now.value));
    }
    const left = leftAt(panel.frame.value, panel.now.value).round;
    if (left !== null) return clockText(left);
    if (session === null) return "";
    return runningTime(
      (session.endedAt ?? panel.now.value) - session.startedAt,
    );
  });
  return (
    <span class="tabular" title={panel.texts.value.game.elapsed}>{text}</span>
  );
}

function toggle(
  panel: ReturnType<typeof usePanel>,
  card: "connection" | "game",
) {
  panel.card.value = openCard(panel) === card ? null : card;
}
