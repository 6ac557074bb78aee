/**
 * Selecting the winner: who, with which comment, and one large button that
 * says so. The viewer stays the one the host saw, whoever overtakes meanwhile.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { BoardPage, ViewerDetails } from "@/core/views.ts";
import { Avatar } from "./Avatar.tsx";
import { whole } from "./clock.ts";
import { Icon } from "./Icon.tsx";
import { getJson } from "./keep_fresh.ts";
import { usePanel } from "./panel_state.ts";
import { Skeleton } from "./Skeleton.tsx";
import { useFresh } from "./use_fresh.ts";

/** The least time between two looks at the candidate, in ms. */
const EVERY_MS = 1_000;

const CHOICES = ["latest", "random", "none"] as const;

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

  async function select() {
    if (!viewer) return;
    panel.choosing.value = false;
    const sent = await panel.send({
      type: "selectWinner",
      viewerId: viewer.viewerId,
      comment: comment.value,
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
      {first && first.viewerId !== chosen.value && (
        <button
          type="button"
          class="button"
          onClick={() => {
            chosen.value = first.viewerId;
            comment.value = "latest";
          }}
        >
          {texts.winner.firstInstead} <bdi class="cut">{first.nickname}</bdi>
        </button>
      )}
      <ByRank
        onChoose={(viewerId) => {
          chosen.value = viewerId;
          comment.value = "latest";
        }}
      />
      <CommentChoice viewer={viewer} comment={comment} />
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
  { viewer, comment }: {
    viewer: ViewerDetails | null;
    comment: Signal<string>;
  },
) {
  const { winner: texts, comments: words } = usePanel().texts.value;
  const comments =
    viewer?.comments.filter((each) =>
      !each.deleted && !each.hidden && !each.masked
    ) ?? [];
  return (
    <fieldset class="choice">
      <legend>{texts.comment}</legend>
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
      {viewer && comments.length === 0 && <p class="note">{texts.noComments}
      </p>}
      <ul class="list choice-list">
        {comments.map((each, i) => (
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
