/**
 * Selecting the winner: who, with which comment, and one large button that
 * says so. The viewer stays the one the host saw, whoever overtakes meanwhile.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { BoardPage, ViewerDetails } from "@/core/views.ts";
import { Avatar } from "../shared/Avatar.tsx";
import { whole } from "../shared/clock.ts";
import { Icon } from "../shared/Icon.tsx";
import { Coverage } from "./Coverage.tsx";
import { inPlace } from "./held.ts";
import { getJson } from "../shared/keep_fresh.ts";
import { usePanel } from "./panel_state.ts";
import { Skeleton } from "./Skeleton.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { idOf, useHeld } from "./use_grip.ts";

/** The least time between two looks at the candidate, in ms. */
const EVERY_MS = 1_000;

const CHOICES = ["latest", "random", "none"] as const;

type Said = ViewerDetails["comments"][number];

/** Comments as the host has them before the eyes, and what came since. */
interface Read {
  shown: Said[];
  fresh: Said[];
  showAll(): void;
}

/** Keeps a viewer's comments as the host began to read them. */
function useRead(viewer: ViewerDetails | null): Read {
  const now =
    viewer?.comments.filter((each) =>
      !each.deleted && !each.hidden && !each.masked
    ) ?? [];
  const asked = useSignal(0);
  const begun = useMemo(() => now, [viewer?.viewerId, asked.value]);
  const shown = inPlace(begun, now, idOf);
  return {
    shown,
    fresh: now.filter(({ id }) => !shown.some((each) => each.id === id)),
    showAll: () => asked.value++,
  };
}

/** See the module. */
export function Candidate() {
  const panel = usePanel();
  const texts = panel.texts.value;
  const first = panel.frame.value.rows[0];
  const chosen = useSignal(panel.viewerId.value ?? first?.viewerId ?? null);
  const comment = useSignal<string>("latest");
  const { data } = useFresh<ViewerDetails>(
    chosen.value && `/api/viewers/${encodeURIComponent(chosen.value)}`,
    panel.desk.value,
    EVERY_MS,
  );
  const viewer = data.value?.viewerId === chosen.value ? data.value : null;
  const read = useRead(viewer);

  async function select() {
    if (!viewer) return;
    panel.choosing.value = false;
    // What goes on air is what was read, not what came as it was pressed.
    const latest = read.shown[0]?.id ?? "none";
    const sent = await panel.send({
      type: "selectWinner",
      viewerId: viewer.viewerId,
      comment: comment.value === "latest" ? latest : comment.value,
    }, {
      words: texts.done.winner(viewer.nickname),
      step: "winnerSelected",
    });
    if (sent) panel.viewerId.value = null;
  }

  if (chosen.value === null) {
    return <p class="empty">{texts.winner.emptyBoard}</p>;
  }
  return (
    <div class="candidate">
      {viewer ? <Who viewer={viewer} /> : <Skeleton lines={2} />}
      <Coverage />
      <button
        type="button"
        class="button"
        disabled={!first || first.viewerId === chosen.value}
        onClick={() => {
          chosen.value = first!.viewerId;
          comment.value = "latest";
        }}
      >
        {texts.winner.firstInstead} <bdi class="cut">{first?.nickname}</bdi>
      </button>
      <ByRank
        onChoose={(viewerId) => {
          chosen.value = viewerId;
          comment.value = "latest";
        }}
      />
      <CommentChoice viewer={viewer} read={read} comment={comment} />
      <Confirm viewer={viewer} onSelect={select} />
    </div>
  );
}

/** Takes whoever stands at a rank. */
function ByRank({ onChoose }: { onChoose: (viewerId: string) => void }) {
  const panel = usePanel();
  const { winners: texts } = panel.texts.value;
  const rank = useSignal("");

  async function choose(event: Event) {
    event.preventDefault();
    const place = Number(rank.value);
    if (!Number.isInteger(place) || place < 1) return;
    const query = `offset=${place - 1}&limit=1`;
    const got = await getJson<BoardPage>(`/api/board?${query}`);
    if (!got.ok) return panel.sayProblem(got.problem);
    const row = got.data.rows[0];
    if (!row) return panel.say(texts.nobody(place), "problem");
    onChoose(row.viewerId);
  }

  return (
    <form class="by-rank" onSubmit={choose}>
      <label>
        <span class="label">{texts.byRank}</span>
        <input
          class="field tabular"
          name="rank"
          inputMode="numeric"
          pattern="[0-9]{1,7}"
          autocomplete="off"
          placeholder={texts.rank}
          value={rank}
          onInput={(event) => rank.value = event.currentTarget.value}
        />
      </label>
      <button type="submit" class="button" disabled={rank.value === ""}>
        {texts.choose}
      </button>
    </form>
  );
}

function Who({ viewer }: { viewer: ViewerDetails }) {
  const { board, viewer: texts } = usePanel().texts.value;
  return (
    <div class="candidate-who">
      <Avatar
        url={viewer.avatarUrl}
        name={viewer.nickname}
        id={viewer.viewerId}
        size={64}
      />
      <span class="who">
        <b class="cut">
          <bdi>{viewer.nickname}</bdi>
        </b>
        <small class="tabular">
          {whole(viewer.points)} {board.points} ·{" "}
          {viewer.rank === null ? texts.notOnBoard : board.rank(viewer.rank)}
        </small>
      </span>
    </div>
  );
}

function CommentChoice(
  { viewer, read, comment }: {
    viewer: ViewerDetails | null;
    read: Read;
    comment: Signal<string>;
  },
) {
  const { winner: texts, comments: words } = usePanel().texts.value;
  const { shown, hands, letGo } = useHeld(read.shown, idOf);
  return (
    <fieldset class="choice" aria-label={texts.comment}>
      <div class="choice-head">
        <span class="label">{texts.comment}</span>
        <button
          type="button"
          class="button fresh tabular"
          disabled={read.fresh.length === 0}
          onClick={() => {
            read.showAll();
            letGo();
          }}
        >
          {words.fresh(read.fresh.length)}
        </button>
      </div>
      <div class="chips">
        {CHOICES.map((choice) => (
          <label key={choice} class="chip">
            <input
              type="radio"
              name="comment"
              checked={comment.value === choice}
              onChange={() => comment.value = choice}
            />
            {texts[choice]}
          </label>
        ))}
      </div>
      {viewer && shown.length === 0 && <p class="note">{texts.noComments}</p>}
      <ul class="list choice-list" {...hands}>
        {shown.map((each, i) => (
          <li key={each.id}>
            <label
              class={comment.value === "latest" && i === 0
                ? "choice-line meant"
                : "choice-line"}
            >
              <input
                type="radio"
                name="comment"
                checked={comment.value === each.id}
                onChange={() => comment.value = each.id}
              />
              <span class="comment-text" dir="auto">{each.text}</span>
              {each.used && <span class="pill">{words.used}</span>}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Confirm(
  { viewer, onSelect }: {
    viewer: ViewerDetails | null;
    onSelect: () => void;
  },
) {
  const panel = usePanel();
  const { winner: texts } = panel.texts.value;
  const { phase } = panel.frame.value;
  const { winnersSitOut } = panel.desk.value.settings;

  useEffect(() => {
    document.getElementById("confirm-winner")?.focus();
  }, [viewer === null]);

  return (
    <div class="confirm-winner">
      <p class="note">
        {phase === "frozen" ? "" : `${texts.freezesFirst} · `}
        {winnersSitOut ? texts.sitsOut : texts.startsOver}
      </p>
      <button
        id="confirm-winner"
        type="button"
        class="button main"
        disabled={viewer === null || viewer.rank === null ||
          !panel.canAct.value}
        onClick={onSelect}
      >
        <Icon name="crown" />
        <span class="cut">
          {texts.who}: <bdi>{viewer?.nickname}</bdi>
        </span>
      </button>
    </div>
  );
}
