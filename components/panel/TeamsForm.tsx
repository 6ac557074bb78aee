/**
 * Teams: their names, colours and joining words, how long a choice holds, and
 * who plays for which.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { joinWord } from "@/core/join_words.ts";
import { LENGTHS } from "@/core/limits.ts";
import type { SeenGift } from "@/core/shapes/history.ts";
import type { Hold, Team } from "@/core/shapes/rounds.ts";
import type { BoardPage } from "@/core/views.ts";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { whole } from "../shared/clock.ts";
import { Icon } from "../shared/Icon.tsx";
import { Pages } from "../shared/Pages.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { GiftChips, useSeenGifts } from "./GiftChoice.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { sides } from "./sides.ts";
import type { SheetProps } from "./SetUpButton.tsx";
import { Select, SheetForm } from "./SheetForm.tsx";

const MOST = 4;
const COLOURS = ["#dc2626", "#2563eb", "#16a34a", "#d97706"];
/** Places of the board on one page of members. */
const LISTED = 500;
/** The least time between two looks at it, in ms. */
const EVERY_MS = 2_000;

/** See the module. */
export function TeamsForm({ onDone }: SheetProps) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const { setUp } = panel.desk.value;
  const teams = useSignal<Team[]>(
    setUp.teams.length > 0 ? setUp.teams : sides(panel.texts.value.round.sides),
  );
  const hold = useSignal<Hold>(setUp.hold);
  const seen = useSeenGifts();
  const { phase, round } = panel.frame.value;
  const isFixed = round !== null && phase !== "frozen" &&
    setUp.teams.length > 0;
  const set = (i: number, part: Partial<Team>) =>
    teams.value = teams.value.map((team, j) =>
      j === i ? { ...team, ...part } : team
    );
  return (
    <>
      <SheetForm
        command={() => ({
          ...{ type: "setTeams", teams: teams.value, hold: hold.value },
        })}
        wrong={wrongWith(panel, teams.value)}
        label={texts.save}
        said={texts.saved}
        step="teamsSet"
        onDone={onDone}
      >
        {teams.value.map((team, i) => (
          <TeamFields
            key={team.id}
            team={team}
            seen={seen}
            n={i + 1}
            canGo={!isFixed && teams.value.length > 2}
            onChange={(part) => set(i, part)}
            onRemove={() =>
              teams.value = teams.value.filter((each) => each !== team)}
          />
        ))}
        <p class="note">{texts.wordsHelp}</p>
        {isFixed && <p class="note">{texts.teamsFixed}</p>}
        <button
          type="button"
          class="button"
          disabled={isFixed || teams.value.length >= MOST}
          onClick={() => teams.value = [...teams.value, another(teams.value)]}
        >
          <Icon name="plus" />
          {texts.addTeam}
        </button>
        <Select
          label={texts.hold}
          value={hold.value}
          all={[["round", texts.holdRound], ["session", texts.holdSession]]}
          onChange={(value) => hold.value = value}
        />
      </SheetForm>
      {setUp.teams.length > 0 && (
        <>
          <ConfirmButton
            label={texts.noTeams}
            confirm={texts.noTeamsConfirm}
            disabled={isFixed || !panel.canAct.value}
            onConfirm={async () => {
              const none = { type: "setTeams" as const, teams: [] };
              const said = { words: texts.saved, step: "teamsSet" as const };
              if (await panel.send(none, said)) onDone();
            }}
          />
          <Members onOpen={onDone} />
        </>
      )}
    </>
  );
}

function another(teams: Team[]): Team {
  const ids = ["team-1", "team-2", "team-3", "team-4"];
  const free = <T,>(all: T[], used: T[]) =>
    all.find((each) => !used.includes(each))!;
  const id = free(ids, teams.map((team) => team.id));
  const colour = free(COLOURS, teams.map((team) => team.colour)) ?? COLOURS[0]!;
  const word = free(
    ["1", "2", "3", "4"],
    teams.flatMap(({ words }) => words.map(joinWord)),
  );
  return { id, name: "", colour, words: word ? [word] : [], giftIds: [] };
}

/** Why teams cannot be saved as they are; empty where they can. */
function wrongWith({ texts }: Panel, teams: Team[]): string {
  const { rounds } = texts.value;
  if (teams.some(({ name }) => name.trim() === "")) return rounds.nameMissing;
  if (isTwice(teams.flatMap((team) => team.words.map(joinWord)))) {
    return rounds.wordTwice;
  }
  return isTwice(teams.flatMap((team) => team.giftIds)) ? rounds.giftTwice : "";
}

function isTwice(all: string[]): boolean {
  return new Set(all).size < all.length;
}

function TeamFields(
  { team, seen, n, canGo, onChange, onRemove }: {
    team: Team;
    seen: SeenGift[];
    n: number;
    canGo: boolean;
    onChange: (part: Partial<Team>) => void;
    onRemove: () => void;
  },
) {
  const texts = usePanel().texts.value.rounds;
  const name = team.name || texts.team(n);
  return (
    <fieldset class="form team-fields">
      <legend>{texts.team(n)}</legend>
      <div class="team-name">
        <label>
          <span class="label">{texts.name}</span>
          <input
            class="field"
            value={team.name}
            maxLength={LENGTHS.teamName}
            autocomplete="off"
            onInput={(event) => onChange({ name: event.currentTarget.value })}
          />
        </label>
        <label>
          <span class="label">{texts.colour}</span>
          <input
            class="field colour"
            type="color"
            value={team.colour}
            onInput={(event) => onChange({ colour: event.currentTarget.value })}
          />
        </label>
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.removeTeam(name)}
          disabled={!canGo}
          onClick={onRemove}
        >
          <Icon name="minus" />
        </button>
      </div>
      <JoinWords
        words={team.words}
        label={`${texts.words}: ${name}`}
        onChange={(words) => onChange({ words })}
      />
      <GiftChips
        label={texts.joinGifts}
        seen={seen}
        giftIds={team.giftIds}
        onChange={(giftIds) => onChange({ giftIds })}
      />
    </fieldset>
  );
}

function JoinWords(
  { words, label, onChange }: {
    words: string[];
    label: string;
    onChange: (words: string[]) => void;
  },
) {
  const texts = usePanel().texts.value.rounds;
  const text = useSignal("");

  function add() {
    const word = text.value.trim();
    if (word === "" || words.length >= 20) return;
    if (!words.some((each) => joinWord(each) === joinWord(word))) {
      onChange([...words, word]);
    }
    text.value = "";
  }

  return (
    <>
      <span class="label">{texts.words}</span>
      <div class="word-chips">
        {words.map((word) => (
          <button
            key={word}
            type="button"
            class="chip"
            aria-label={texts.removeWord(word)}
            onClick={() => onChange(words.filter((each) => each !== word))}
          >
            <bdi>{word}</bdi>
            <Icon name="close" />
          </button>
        ))}
      </div>
      <div class="word-new">
        <input
          class="field"
          aria-label={label}
          placeholder={texts.addWord}
          value={text}
          maxLength={LENGTHS.joinWord}
          autocomplete="off"
          onInput={(event) => text.value = event.currentTarget.value}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing) return;
            event.preventDefault(); // the form is not ready yet
            add();
          }}
          // What was typed is meant, also by who saves at once.
          onBlur={add}
        />
        <button
          type="button"
          class="button square"
          aria-label={texts.addWord}
          onClick={add}
        >
          <Icon name="plus" />
        </button>
      </div>
    </>
  );
}

function Members({ onOpen }: { onOpen: () => void }) {
  const panel = usePanel();
  const texts = panel.texts.value.rounds;
  const { teams, seq } = panel.frame.value;
  const offset = useSignal(0);
  const { data } = useFresh<BoardPage>(
    `/api/board?limit=${LISTED}&offset=${offset.value}`,
    seq,
    EVERY_MS,
  );
  const { rows = [], total = 0 } = data.value ?? {};
  return (
    <section class="form" aria-label={texts.members}>
      <h3>{texts.members}</h3>
      {[...teams, { id: null, name: texts.inNone }].map(({ id, name }) => {
        const members = rows.filter(({ team }) => team === id);
        return (
          <details key={id}>
            <summary class="button quiet">
              <bdi>{name}</bdi>{" "}
              <span class="pill tabular">{whole(members.length)}</span>
            </summary>
            {members.length === 0 && <p class="note">{texts.nobody}</p>}
            <ul class="list">
              {members.map((row) => (
                <li key={row.viewerId}>
                  <button
                    type="button"
                    class="button quiet member"
                    onClick={() => {
                      panel.viewerId.value = row.viewerId;
                      panel.card.value = null; // it would lie over the viewer
                      onOpen();
                    }}
                  >
                    <bdi class="cut">{row.nickname}</bdi>
                    <b class="tabular">{whole(row.points)}</b>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
      {total > LISTED && (
        <Pages
          isAlive
          size={LISTED}
          from={offset.value}
          total={total}
          words={panel.texts.value.board}
          onGo={(from) => offset.value = from}
        />
      )}
    </section>
  );
}
