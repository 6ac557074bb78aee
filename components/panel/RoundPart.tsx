/**
 * A round: its clock, more time and less, a pause, a boost; and how to begin the
 * next one.
 *
 * @module
 */
import { useComputed } from "@preact/signals";
import type { Command } from "@/core/shapes/commands.ts";
import { clockText, leftAt } from "../overlay/clock.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { whole } from "../shared/clock.ts";
import { type Panel, usePanel } from "./panel_state.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Seconds that a press gives a clock, or takes. */
const STEP_S = 15;
const BOOST = { type: "boost", times: 2, seconds: 60, of: "all" } as const;
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

/** Red against blue, for who has no teams of their own. */
const sides = (panel: Panel) => {
  const { sides } = panel.texts.value.round;
  return [
    {
      ...{ id: "red", name: sides.red, colour: "#dc2626" },
      ...{ words: ["1", "red", "แดง"], giftIds: [] },
    },
    {
      ...{ id: "blue", name: sides.blue, colour: "#2563eb" },
      ...{ words: ["2", "blue", "น้ำเงิน"], giftIds: [] },
    },
  ];
};

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
      {(!round || !isOn) && <NextRound />}
    </section>
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
  const { round, phase, boost } = panel.frame.value;
  const texts = panel.texts.value.round;
  const can = panel.canAct.value;
  const left =
    useComputed(() => leftAt(panel.frame.value, panel.now.value).boost).value;
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
      {boost
        ? (
          <ConfirmButton
            icon="close"
            label={texts.boosted(boost.times, left ?? 0)}
            confirm={texts.endBoost}
            disabled={!can}
            onConfirm={() =>
              panel.send({ type: "endBoost" }, {
                words: texts.boostEnded,
                step: "boostEnded",
              })}
          />
        )
        : phase !== "paused" && (
          <button
            type="button"
            class="button"
            disabled={!can}
            onClick={() =>
              panel.send(BOOST, { words: texts.boosts, step: "boosted" })}
          >
            {texts.boost}
          </button>
        )}
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
      const teams = sides(panel);
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
