/**
 * One viewer in full: where the points come from, and what the host can do.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import type { ViewerDetails } from "@/core/views.ts";
import { AdjustForm } from "./AdjustForm.tsx";
import { Avatar } from "../shared/Avatar.tsx";
import { whole } from "../shared/clock.ts";
import { CommentItem } from "./CommentItem.tsx";
import { ConfirmButton } from "../shared/ConfirmButton.tsx";
import { ForgetViewer } from "./ForgetViewer.tsx";
import { Icon } from "../shared/Icon.tsx";
import { MadeList } from "./MadeOf.tsx";
import { NextPlace } from "./NextPlace.tsx";
import { usePanel } from "./panel_state.ts";
import { problemWords } from "../shared/problem_words.ts";
import { Receipts } from "./Receipts.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { idOf, useHeld } from "./use_grip.ts";
import { TeamChoice } from "./TeamChoice.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { yesNo } from "../shared/yes_no.ts";

/** The least time between two looks at a viewer, in ms. */
const EVERY_MS = 1_000;

/** See the module. */
export function Viewer({ id }: { id: string }) {
  const panel = usePanel();
  const texts = panel.texts.value;
  const top = useRef<HTMLHeadingElement>(null);
  const url = `/api/viewers/${encodeURIComponent(id)}`;
  const { data, problem } = useFresh<ViewerDetails>(
    url,
    panel.desk.value,
    EVERY_MS,
  );
  const viewer = data.value;

  useEffect(() => top.current?.focus({ preventScroll: true }), [!viewer]);

  return (
    <>
      <header class="part-head viewer-head">
        <button
          type="button"
          class="button quiet square"
          aria-label={texts.app.back}
          onClick={() => panel.viewerId.value = null}
        >
          <Icon name="back" />
        </button>
        {viewer && (
          <>
            <Avatar
              url={viewer.avatarUrl}
              name={viewer.nickname}
              id={viewer.viewerId}
              size={48}
            />
            <span class="who">
              <h2 ref={top} tabIndex={-1} class="cut">
                <bdi>{viewer.nickname}</bdi>
              </h2>
              <small class="cut">
                <bdi>@{viewer.handle}</bdi>
                {viewer.follower && ` · ${texts.board.follower}`}
              </small>
            </span>
          </>
        )}
      </header>
      {viewer
        ? <Details viewer={viewer} />
        : problem.value
        ? (
          <p class="empty" role="alert">
            {problem.value.kind === "http" && problem.value.status === 404
              ? texts.viewer.gone
              : problemWords(texts, problem.value)}
          </p>
        )
        : <Skeleton lines={6} />}
    </>
  );
}

function Details({ viewer }: { viewer: ViewerDetails }) {
  const panel = usePanel();
  const { board, viewer: texts } = panel.texts.value;
  const { carried } = viewer;
  const said = viewer.comments.filter(({ deleted }) => !deleted);
  const { shown, hands } = useHeld(said, idOf);
  return (
    <div class="viewer-body">
      <p class="viewer-sum">
        <b class="big tabular">{whole(viewer.points)}</b> {board.points}
        <span class="pill">
          {viewer.rank === null ? texts.notOnBoard : board.rank(viewer.rank)}
        </span>
        {viewer.own && <span class="pill">{texts.own[viewer.own]}</span>}
        {viewer.satOut && <span class="pill">{texts.isOut}</span>}
        {viewer.blocked && <span class="pill bad">{texts.isBlocked}</span>}
      </p>
      <NextPlace next={viewer.next} />
      <h3>{texts.madeOf}</h3>
      <MadeList made={viewer.made} />
      <p class="note">
        {texts.likes(viewer.likes)}
        {carried.parts > 0 && ` · ${texts.carried(carried.parts, carried.of)}`}
        {viewer.diamonds > 0 && ` · ${texts.diamonds(viewer.diamonds)}`}
      </p>
      <TeamChoice viewer={viewer} />
      <ViewerActions viewer={viewer} />
      <Receipts viewerId={viewer.viewerId} version={viewer.points} />
      <h3>{texts.comments}</h3>
      {viewer.comments.length === 0 && <p class="note">{texts.noComments}</p>}
      <ul class="list" {...hands}>
        {shown.map((comment) => (
          <CommentItem key={comment.id} comment={comment} />
        ))}
      </ul>
      <h3>{texts.gifts}</h3>
      {viewer.gifts.length === 0 && <p class="note">{texts.noGifts}</p>}
      <ul class="list">
        {viewer.gifts.map((gift) => (
          <li key={gift.giftId} class="line">
            <span class="line-text">
              {texts.giftLine(gift.units, gift.name, gift.diamonds)}
            </span>
            <span class="tabular">
              {texts.diamonds(gift.units * gift.diamonds)}
            </span>
          </li>
        ))}
      </ul>
      {panel.isHost && <ForgetViewer viewerId={viewer.viewerId} />}
    </div>
  );
}

function ViewerActions({ viewer }: { viewer: ViewerDetails }) {
  const panel = usePanel();
  const { done, viewer: texts } = panel.texts.value;
  const { viewerId } = viewer;
  return (
    <div class="viewer-actions">
      <button
        type="button"
        class="button"
        disabled={viewer.rank === null || !panel.isHost}
        aria-haspopup="dialog"
        onClick={() => panel.choosing.value = true}
      >
        <Icon name="crown" />
        {texts.chooseWinner}
      </button>
      <button
        type="button"
        id="viewer-sitOut"
        class="button"
        aria-pressed={yesNo(viewer.satOut)}
        onClick={() =>
          viewer.satOut
            ? panel.send({ type: "comeBack", viewerId }, {
              words: done.cameBack,
              step: "cameBack",
            })
            : panel.send({ type: "sitOut", viewerId }, {
              words: done.satOut,
              step: "satOut",
            })}
      >
        <Icon name={viewer.satOut ? "play" : "pause"} />
        {viewer.satOut ? texts.comeBack : texts.sitOut}
      </button>
      {viewer.blocked
        ? (
          <button
            type="button"
            id="viewer-block"
            class="button"
            onClick={() =>
              panel.send({ type: "unblockViewer", viewerId }, {
                words: done.unblocked,
                step: "viewerUnblocked",
              })}
          >
            <Icon name="check" />
            {texts.unblock}
          </button>
        )
        : (
          <ConfirmButton
            id="viewer-block"
            icon="ban"
            label={texts.block}
            confirm={texts.blockConfirm}
            onConfirm={() =>
              panel.send({ type: "blockViewer", viewerId }, {
                words: done.blocked,
                step: "viewerBlocked",
              })}
          />
        )}
      {panel.isHost && <AdjustForm viewerId={viewerId} />}
    </div>
  );
}
