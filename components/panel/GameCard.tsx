/**
 * The game as a whole: start one, continue an earlier one, end it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS } from "@/core/limits.ts";
import type { Page } from "@/core/views.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { gameTitle } from "../shared/game_title.ts";
import { Icon } from "../shared/Icon.tsx";
import { usePanel } from "./panel_state.ts";
import { RoundPart } from "./RoundPart.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Games offered to continue; the list of all is a page of its own. */
const GAMES = 20;

/** See the module. */
export function GameCard() {
  const panel = usePanel();
  const { phase } = panel.frame.value;
  const texts = panel.texts.value;
  const isRunning = phase !== "idle" && phase !== "ended";
  const { health } = panel.desk.value;
  if (health.loads) {
    return (
      <div class="card">
        <p class="sentence">{texts.health.loads}</p>
      </div>
    );
  }
  return (
    <div class="card">
      <p class="sentence">
        {panel.isHost || phase !== "idle"
          ? texts.game.meaning[phase]
          : texts.game.notStarted}
      </p>
      {panel.isHost && isRunning && <RoundPart />}
      {panel.isHost && <StartForm isRunning={isRunning} />}
      {panel.isHost && isRunning && (
        <ConfirmButton
          icon="close"
          label={texts.game.end}
          confirm={texts.game.endConfirm}
          disabled={!panel.canAct.value}
          onConfirm={() =>
            panel.send({ type: "endSession" }, {
              words: texts.done.ended,
              step: "ended",
            })}
        />
      )}
      {panel.isHost && <ContinueList />}
    </div>
  );
}

function StartForm({ isRunning }: { isRunning: boolean }) {
  const panel = usePanel();
  const texts = panel.texts.value;
  const title = useSignal("");

  async function start() {
    const named = title.value.trim();
    const sent = await panel.send(
      named === ""
        ? { type: "newSession" }
        : { type: "newSession", title: named },
      { words: texts.done.started },
    );
    if (!sent) return;
    title.value = "";
    panel.card.value = null;
  }

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRunning) void start();
      }}
    >
      <label>
        <span class="label">{texts.game.titleField}</span>
        <input
          class="field"
          name="title"
          value={title}
          maxLength={LENGTHS.title}
          placeholder={texts.game.titlePlaceholder}
          onInput={(event) => title.value = event.currentTarget.value}
        />
      </label>
      {isRunning
        ? (
          <ConfirmButton
            icon="plus"
            label={texts.game.newGame}
            confirm={texts.game.newConfirm}
            disabled={!panel.canAct.value}
            onConfirm={start}
          />
        )
        : (
          <button
            type="submit"
            class={panel.next.value === "start" ? "button main" : "button"}
            disabled={!panel.canAct.value}
            aria-busy={yesNo(panel.busy.value.includes("newSession"))}
          >
            <Icon name="play" />
            {texts.game.start}
          </button>
        )}
    </form>
  );
}

function ContinueList() {
  const panel = usePanel();
  const texts = panel.texts.value;
  const running = panel.desk.value.session;
  const isOpen = useSignal(false);
  const list = useFresh<Pick<Page<SessionInfo>, "items">>(
    isOpen.value ? "/api/sessions" : null,
    running?.id,
    1_000,
  );
  const isRunning = panel.frame.value.phase !== "ended";
  const { rehearsal } = panel.desk.value;
  const games = list.data.value?.items.filter((game) =>
    game.rehearsal === rehearsal && !(isRunning && game.id === running?.id)
  ).slice(0, GAMES);

  async function goOn(sessionId: string) {
    const command = { type: "continueSession" as const, sessionId };
    const done = { words: texts.done.continued };
    if (await panel.send(command, done)) panel.card.value = null;
  }

  return (
    <details
      class="more-games"
      onToggle={(event) => isOpen.value = event.currentTarget.open}
    >
      <summary class="button quiet">
        {texts.game.continueGame}
      </summary>
      {isOpen.value && !games && <Skeleton lines={2} />}
      {games?.length === 0 && <p class="note">{texts.game.noGames}</p>}
      <ul class="list">
        {games?.map((game) => (
          <li key={game.id} class="line">
            <span class="line-text">
              <bdi>{gameTitle(texts, game)}</bdi>
              <small>
                <bdi>@{game.channel}</bdi> ·{" "}
                {texts.sessions.moment(game.startedAt)}
              </small>
            </span>
            <button
              type="button"
              class="button"
              disabled={!panel.canAct.value}
              onClick={() => goOn(game.id)}
            >
              {texts.game.continueThis}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
