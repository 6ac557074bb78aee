/**
 * A round of the host's own: who wins it, its clock, its target, overtime and
 * series.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { type Bounds, LIMITS } from "@/core/limits.ts";
import type { GameSetUp } from "@/core/views.ts";
import { NumberField } from "./NumberField.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import type { SheetProps } from "./SetUpButton.tsx";
import { Select, SheetForm } from "./SheetForm.tsx";

type Plan = NonNullable<GameSetUp["round"]>;
type Overtime = NonNullable<Plan["overtime"]>;

const FIRST: Plan = {
  ...{ seconds: 180, target: 0, by: "viewer", fromZero: true },
  ...{ overtime: null, bestOf: null },
};
const OVERTIME: Overtime = { within: 10, margin: 0, add: 15, times: 3 };
const SERIES = [0, 3, 5, 7] as const;

const fits = (n: number, { min, max }: Bounds) => n >= min && n <= max;

/** See the module. */
export function RoundForm({ onDone }: SheetProps) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const plan = useSignal(panel.desk.value.setUp.round ?? FIRST);
  const change = (part: Partial<Plan>) =>
    plan.value = { ...plan.value, ...part };
  const { seconds, target, by, fromZero, overtime, bestOf } = plan.value;
  return (
    <SheetForm
      command={() => ({ type: "startRound", ...plan.value })}
      wrong={wrongWith(panel, plan.value)}
      label={texts.begin}
      said={panel.texts.value.round.started}
      step="roundStarted"
      onDone={() => {
        onDone();
        panel.card.value = null;
      }}
    >
      <p class="note">{texts.ownHelp}</p>
      <Select
        label={texts.by}
        value={by}
        all={[["viewer", texts.byViewer], ["team", texts.byTeam]]}
        onChange={(by) => change({ by })}
      />
      <NumberField
        label={texts.seconds}
        value={seconds}
        min={0}
        max={LIMITS.roundSeconds.max}
        onChange={(seconds) => change({ seconds })}
      />
      <NumberField
        label={texts.target}
        value={target}
        {...LIMITS.target}
        onChange={(target) => change({ target })}
      />
      <Select
        label={texts.bestOf}
        value={bestOf ?? 0}
        all={SERIES.map((n) => [n, n ? texts.best(n) : texts.single] as const)}
        onChange={(n) => change({ bestOf: n || null })}
      />
      {bestOf !== null && <p class="note">{texts.seriesHelp}</p>}
      <Switch
        label={texts.fromZero}
        isOn={fromZero}
        onTurn={(fromZero) => change({ fromZero })}
      />
      <Switch
        label={texts.overtime}
        isOn={overtime !== null}
        onTurn={(on) => change({ overtime: on ? OVERTIME : null })}
      />
      {overtime && (
        <OvertimeFields
          overtime={overtime}
          onChange={(overtime) => change({ overtime })}
        />
      )}
    </SheetForm>
  );
}

/** Why the game would say no; empty where it would not. */
function wrongWith({ texts, frame }: Panel, plan: Plan): string {
  const { rounds } = texts.value;
  const { phase, round, teams } = frame.value;
  const { seconds, target, by, overtime } = plan;
  if (round && phase !== "frozen") return rounds.round_runs;
  if (by === "team" && teams.length < 2) return rounds.needsTeams;
  if (seconds !== 0 && !fits(seconds, LIMITS.roundSeconds)) {
    return rounds.secondsHelp;
  }
  const isGood = fits(target, LIMITS.target) &&
    (!overtime || isWithin(overtime));
  return isGood ? "" : rounds.numbersBad;
}

function isWithin({ within, margin, add, times }: Overtime): boolean {
  return fits(within, LIMITS.overtimeWithin) &&
    fits(margin, LIMITS.overtimeMargin) && fits(add, LIMITS.overtimeAdd) &&
    fits(times, LIMITS.overtimes);
}

function OvertimeFields(
  { overtime, onChange }: {
    overtime: Overtime;
    onChange: (overtime: Overtime) => void;
  },
) {
  const { board, round, rounds: texts } = usePanel().texts.value;
  const field = (name: keyof Overtime, bounds: Bounds, unit: string) => (
    <NumberField
      label={texts[name]}
      value={overtime[name]}
      {...bounds}
      unit={unit}
      onChange={(n) => onChange({ ...overtime, [name]: n })}
    />
  );
  return (
    <fieldset class="form">
      <legend class="unseen-text">{texts.overtime}</legend>
      {field("within", LIMITS.overtimeWithin, round.s)}
      {field("margin", LIMITS.overtimeMargin, board.points)}
      {field("add", LIMITS.overtimeAdd, round.s)}
      {field("times", LIMITS.overtimes, texts.timesUnit)}
    </fieldset>
  );
}

function Switch(
  { label, isOn, onTurn }: {
    label: string;
    isOn: boolean;
    onTurn: (on: boolean) => void;
  },
) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={(event) => onTurn(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
