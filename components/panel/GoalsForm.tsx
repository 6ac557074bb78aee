/**
 * Goals: what each counts, from where, and its steps.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS, LIMITS } from "@/core/limits.ts";
import type { SeenGift } from "@/core/shapes/history.ts";
import type { Goal } from "@/core/shapes/rounds.ts";
import { Icon } from "../shared/Icon.tsx";
import { GiftChoice, useSeenGifts } from "./GiftChoice.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import type { SheetProps } from "./SetUpButton.tsx";
import { Select, SheetForm } from "./SheetForm.tsx";

const MOST = 3;
const MOST_STEPS = 20;
const KINDS = [
  "roomLikes",
  "likes",
  "diamonds",
  "points",
  "followers",
  "gift",
] as const;
type Kind = typeof KINDS[number];

/** A goal as it is typed. */
interface Draft {
  id: string;
  title: string;
  kind: Kind;
  giftId: string;
  steps: string;
  scope: Goal["scope"];
}

/** See the module. */
export function GoalsForm({ onDone }: SheetProps) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const drafts = useSignal(panel.desk.value.setUp.goals.map(draftOf));
  const seen = useSeenGifts();
  const set = (i: number, part: Partial<Draft>) =>
    drafts.value = drafts.value.map((draft, j) =>
      j === i ? { ...draft, ...part } : draft
    );
  return (
    <SheetForm
      command={() => ({ type: "setGoals", goals: drafts.value.map(goalOf) })}
      wrong={wrongWith(panel, drafts.value)}
      label={texts.save}
      said={texts.saved}
      step="goalsSet"
      onDone={onDone}
    >
      {drafts.value.length === 0 && <p class="note">{texts.noGoals}</p>}
      {drafts.value.map((draft, i) => (
        <GoalFields
          key={draft.id}
          draft={draft}
          seen={seen}
          n={i + 1}
          onChange={(part) => set(i, part)}
          onRemove={() =>
            drafts.value = drafts.value.filter((each) => each !== draft)}
        />
      ))}
      <button
        type="button"
        class="button"
        disabled={drafts.value.length >= MOST}
        onClick={() => drafts.value = [...drafts.value, another(drafts.value)]}
      >
        <Icon name="plus" />
        {texts.addGoal}
      </button>
    </SheetForm>
  );
}

function another(drafts: Draft[]): Draft {
  const id = ["goal-1", "goal-2", "goal-3"].find((each) =>
    !drafts.some((draft) => draft.id === each)
  )!;
  return {
    ...{ id, title: "", kind: "roomLikes", giftId: "" },
    ...{ steps: "1000, 5000, 10000", scope: "session" },
  };
}

function draftOf({ id, title, of, steps, scope }: Goal): Draft {
  const isGift = of.startsWith("gift:");
  return {
    ...{ id, title, scope, steps: steps.join(", ") },
    kind: isGift ? "gift" : of as Kind,
    giftId: isGift ? of.slice("gift:".length) : "",
  };
}

function goalOf({ id, title, kind, giftId, steps, scope }: Draft): Goal {
  return {
    ...{ id, title: title.trim(), scope, steps: numbersOf(steps) },
    of: kind === "gift" ? `gift:${giftId.trim()}` : kind,
  };
}

/** Numbers between commas or spaces; NaN for what is none. */
function numbersOf(text: string): number[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "").map(Number);
}

/** Why goals cannot be saved as they are; empty where they can. */
function wrongWith({ texts }: Panel, drafts: Draft[]): string {
  const { rounds } = texts.value;
  if (drafts.some(({ kind, giftId }) => kind === "gift" && !giftId.trim())) {
    return rounds.giftMissing;
  }
  return drafts.every(({ steps }) => areSteps(numbersOf(steps)))
    ? ""
    : rounds.stepsBad;
}

/** Whether the server would take these. */
function areSteps(steps: number[]): boolean {
  const { min, max } = LIMITS.goalStep;
  return steps.length >= 1 && steps.length <= MOST_STEPS &&
    steps.every((step, i) =>
      Number.isInteger(step) && step >= min && step <= max &&
      step > (steps[i - 1] ?? 0)
    );
}

function GoalFields(
  { draft, seen, n, onChange, onRemove }: {
    draft: Draft;
    seen: SeenGift[];
    n: number;
    onChange: (part: Partial<Draft>) => void;
    onRemove: () => void;
  },
) {
  const texts = usePanel().texts.value.rounds;
  const field = (name: "title" | "steps", most: number) => (
    <label>
      <span class="label">{texts[name]}</span>
      <input
        class="field"
        value={draft[name]}
        maxLength={most}
        autocomplete="off"
        placeholder={name === "title" ? texts.of[draft.kind] : undefined}
        onInput={(event) => onChange({ [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <fieldset class="form team-fields">
      <legend>{texts.goal(n)}</legend>
      <Select
        label={texts.counts}
        value={draft.kind}
        all={KINDS.map((kind) => [kind, texts.of[kind]] as const)}
        onChange={(kind) => onChange({ kind })}
      />
      {draft.kind === "gift" && (
        <GiftChoice
          label={texts.gift}
          seen={seen}
          value={draft.giftId}
          onChange={(giftId) => onChange({ giftId })}
        />
      )}
      {field("title", LENGTHS.goalTitle)}
      {field("steps", 200)}
      <Select
        label={texts.scope}
        value={draft.scope}
        all={[["round", texts.holdRound], ["session", texts.holdSession]]}
        onChange={(scope) => onChange({ scope })}
      />
      <button type="button" class="button quiet" onClick={onRemove}>
        <Icon name="minus" />
        {texts.removeGoal(n)}
      </button>
    </fieldset>
  );
}
