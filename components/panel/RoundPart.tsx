/**
 * A round: its clock, more time and less, a pause, a boost; and how to begin the
 * next one.
 *
 * @module
 */
import { useComputed } from "@preact/signals";
import type { Command } from "@/core/shapes/commands.ts";
import { clockText, leftAt } from "../overlay/clock.ts";
import { whole } from "../shared/clock.ts";
import { BoostPart } from "./BoostPart.tsx";
import { LateLine } from "./LateLine.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { SetUpButton } from "./SetUpButton.tsx";
import { sides } from "./sides.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Seconds that a press gives a clock, or takes. */
const STEP_S = 15;
const OVERTIME = { within: 10, margin: 0, add: 15, times: 3 };

type Start = Extract<Command, { type: "startRound" }>;
/** Ways to play that many hosts want, each whole. */
const PRESETS = {
  minutes: {
    ...{ seconds: 180, target: 0, by: "viewer", bestOf: null },
    ...{ overtime: null, fromZero: true },
  },
  target: {
    ...{ seconds: 0, target: 500, by: "viewer", bestOf: null },
    ...{ overtime: null, fromZero: true },
  },
  series: {
    ...{ seconds: 180, target: 0, by: "viewer", bestOf: 3 },
    ...{ overtime: OVERTIME, fromZero: true },
  },
  teams: {
    ...{ seconds: 180, target: 0, by: "team", bestOf: 3 },
    ...{ overtime: OVERTIME, fromZero: true },
  },
} satisfies Record<string, Omit<Start, "type">>;
type Preset = keyof typeof PRESETS;

/** Lets a paused game go on. */
export function pressResume(panel: Panel): void {
  void panel.send({ type: "resume" }, {
    words: panel.texts.value.round.goesOn,
  });
}

/** The round that is played, and the next one. */
export function RoundPart() {
  const panel = usePanel();
  const { round, phase, teams } = panel.frame.value;
  const texts = panel.texts.value.round;
  const isOn = phase === "open" || phase === "closing" || phase === "paused";
  return (
    <section class="round-part" aria-label={texts.title}>
      {round && <RoundClock />}
      {isOn && <RoundButtons />}
      {round && phase === "frozen" && <AddTime seconds={30} />}
      {teams.length > 0 && (
        <ul class="list">
          {teams.map((team) => (
            <li key={team.id} class="line">
              <span class="team-dot" style={{ background: team.colour }} />
              <span class="line-text">
                <bdi>{team.name}</bdi>
                <small>
                  {texts.members(team.members)}
                  {team.wins > 0 && ` · ${"★".repeat(Math.min(team.wins, 7))}`}
                </small>
              </span>
              <b class="tabular">{whole(team.points)}</b>
            </li>
          ))}
        </ul>
      )}
      <GoalBars />
      <LateLine isLoud={false} />
      {(!round || !isOn) && <NextRound />}
      <SetUps />
    </section>
  );
}

const loadRound = async () => (await import("./RoundForm.tsx")).RoundForm;
const loadTeams = async () => (await import("./TeamsForm.tsx")).TeamsForm;
const loadGoals = async () => (await import("./GoalsForm.tsx")).GoalsForm;
const loadList = async () => (await import("./RoundsList.tsx")).RoundsList;

/** What may be set, and what was won. */
function SetUps() {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const { rounds } = panel.desk.value;
  const due = rounds.filter(({ win }) => win && !win.delivered).length;
  return (
    <div class="button-row wide">
      <SetUpButton title={texts.own} load={loadRound} />
      <SetUpButton title={texts.teams} load={loadTeams} />
      <SetUpButton title={texts.goals} load={loadGoals} />
      {rounds.length > 0 && (
        <SetUpButton
          title={texts.list}
          note={due > 0 ? texts.dueCount(due) : ""}
          load={loadList}
        />
      )}
    </div>
  );
}

function GoalBars() {
  const { frame, texts } = usePanel();
  const { goals } = frame.value;
  const { rounds } = texts.value;
  return (
    <>
      {goals.map(({ id, title, of, value, to, step, steps }) => {
        const kind = of.startsWith("gift:") ? "gift" : of;
        const name = title || rounds.of[kind as keyof typeof rounds.of];
        return (
          <div class="goal-bar" key={id}>
            <span class="round-line">
              <span>
                <bdi>{name}</bdi> <small>{rounds.step(step, steps)}</small>
              </span>
              <b class="tabular">{whole(value)} / {whole(to)}</b>
            </span>
            <progress aria-label={name} max={to} value={Math.min(value, to)} />
          </div>
        );
      })}
    </>
  );
}

function RoundClock() {
  const panel = usePanel();
  const texts = panel.texts.value.round;
  const left =
    useComputed(() => leftAt(panel.frame.value, panel.now.value).round).value;
  const { round, series } = panel.frame.value;
  return (
    <p class="round-line">
      <span>
        {texts.number(round!.number)}
        {series && ` ${texts.of(series.bestOf)}`}
        {round!.overtime > 0 && ` · ${texts.overtime}`}
        {round!.target !== null && ` · ${texts.firstTo(whole(round!.target))}`}
      </span>
      {left !== null && (
        <b class="round-time tabular" role="timer">{clockText(left)}</b>
      )}
    </p>
  );
}

function RoundButtons() {
  const panel = usePanel();
  const { round, phase } = panel.frame.value;
  const texts = panel.texts.value.round;
  const can = panel.canAct.value;
  return (
    <>
      <div class="button-row">
        {round && <AddTime seconds={-STEP_S} />}
        {round && <AddTime seconds={STEP_S} />}
        {phase === "paused"
          ? (
            <button
              type="button"
              class="button main"
              disabled={!can}
              onClick={() => pressResume(panel)}
            >
              {texts.resume}
            </button>
          )
          : (
            <button
              type="button"
              class="button"
              disabled={!can}
              aria-busy={yesNo(panel.busy.value.includes("pause"))}
              onClick={() =>
                panel.send({ type: "pause" }, { words: texts.isPaused })}
            >
              {texts.pause}
            </button>
          )}
      </div>
      {phase !== "paused" && <p class="note">{texts.pauseHelp}</p>}
      <BoostPart />
    </>
  );
}

/** Seconds pressed while others are on their way: two presses are both. */
let waiting = 0;

async function addTime(panel: Panel, seconds: number): Promise<void> {
  waiting += seconds;
  if (panel.busy.value.includes("setClock")) return;
  const { addTime } = panel.texts.value.round;
  while (waiting !== 0) {
    const add = waiting;
    waiting = 0;
    await panel.send({ type: "setClock", add }, {
      words: addTime(add),
      step: "clockSet",
    });
  }
}

function AddTime({ seconds }: { seconds: number }) {
  const panel = usePanel();
  const texts = panel.texts.value.round;
  return (
    <button
      type="button"
      class="button"
      disabled={!panel.canAct.value}
      aria-label={texts.addTime(seconds)}
      onClick={() => addTime(panel, seconds)}
    >
      {seconds > 0 ? `+${seconds}` : `−${-seconds}`} {texts.s}
    </button>
  );
}

function NextRound() {
  const panel = usePanel();
  const texts = panel.texts.value.round;
  const { round } = panel.frame.value;
  const can = panel.canAct.value;

  async function begin(preset: Preset | null) {
    const isOfTeams = preset === "teams";
    if (isOfTeams && panel.frame.value.teams.length === 0) {
      const teams = sides(texts.sides);
      const set = { type: "setTeams" as const, teams };
      if (!await panel.send(set, { words: texts.teamsSet })) return;
    }
    const command = {
      type: "startRound" as const,
      ...(preset && PRESETS[preset]),
    };
    const done = { words: texts.started, step: "roundStarted" as const };
    if (await panel.send(command, done)) panel.card.value = null;
  }

  return (
    <>
      {round && (
        <button
          type="button"
          class="button main"
          disabled={!can}
          onClick={() => begin(null)}
        >
          {texts.next}
        </button>
      )}
      <details class="more-rounds">
        <summary class="button quiet">{texts.start}</summary>
        <p class="note">{texts.startHelp}</p>
        <div class="button-row wide">
          {(Object.keys(PRESETS) as Preset[]).map((preset) => (
            <button
              key={preset}
              type="button"
              class="button"
              disabled={!can}
              onClick={() => begin(preset)}
            >
              {texts.presets[preset]}
            </button>
          ))}
        </div>
      </details>
    </>
  );
}
