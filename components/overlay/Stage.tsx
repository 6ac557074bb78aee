/**
 * The card of the winner, or of a comment: comes with some ceremony when it is
 * new, stands calm until the host clears it, and leaves. Loaded once there is a
 * game.
 *
 * @module
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Frame, isWin, type Stage as StageData } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { Avatar } from "./Avatar.tsx";
import { Confetti } from "./Confetti.tsx";
import { countAt, pointsText } from "./counting.ts";
import { Crown } from "./Crown.tsx";
import { type Fitted, fitText, LINE } from "./fit_text.ts";
import { flyFrom } from "./flight.ts";
import { useLeaving } from "./use_leaving.ts";
import { wordsOf } from "./words.ts";

const LEAVE_MS = 300;
/** When the first word of a comment appears, and how long all may take. */
const WORDS_FROM_MS = { winner: 2150, comment: 320 };
const WORDS_MS = 1200;
/** When the winner's points begin to count, and how long they do. */
const POINTS_FROM_MS = 1250;
const POINTS_MS = 700;
/** Place of a comment, and its largest size. */
const COMMENT = {
  winner: { most: 40, least: 36, height: 165 },
  comment: { most: 60, least: 36, height: 324 },
};
/** How long a page of a long comment stands. */
const PAGE_MS = 4000;

/** What is on stage, and how to bring it there. */
interface StageProps {
  stage: StageData | null;
  teams: Frame["teams"];
  words: Texts["overlay"];
  /** Without ceremony: it was there before the page was. */
  calm: boolean;
}

/** The card that is due, or the one that is leaving. */
export default function Stage({ stage, teams, words, calm }: StageProps) {
  const { shown, leaving } = useLeaving(stage, keyOf, LEAVE_MS);
  // What stands there as the page comes to it is not new.
  const celebrated = useRef(stage && keyOf(stage));
  const key = shown && keyOf(shown);
  useEffect(() => {
    if (key !== null) celebrated.current = key;
  }, [key]);
  if (!shown) return null;
  return (
    <Card
      key={key}
      stage={shown}
      team={teams.find(({ id }) => id === shown.team)}
      words={words}
      calm={calm || celebrated.current === key} // it gave way and is back
      leaving={leaving}
    />
  );
}

function keyOf(stage: StageData): string {
  const which = stage.kind === "comment" ? stage.comment : "";
  return `${stage.kind} ${stage.viewerId} ${which}`;
}

interface CardProps {
  stage: StageData;
  /** That has won. */
  team: Frame["teams"][number] | undefined;
  words: Texts["overlay"];
  calm: boolean;
  leaving: boolean;
}

function Card({ stage, team, words, calm, leaving }: CardProps) {
  const plate = useRef<HTMLDivElement>(null);
  const avatar = useRef<HTMLDivElement>(null);
  const calmly = useRef(calm).current; // as it came, whatever follows
  const winner = isWin(stage);
  const kind = winner ? "winner" : "comment";

  useLayoutEffect(() => {
    if (!plate.current || !avatar.current || !winner || calmly) return;
    flyFrom(stage.viewerId, plate.current, avatar.current);
  }, []);

  const name = stage.nickname.trim() || stage.handle;
  return (
    <article
      class="card"
      data-kind={kind}
      data-alone={!stage.comment || undefined}
      data-calm={calmly || undefined}
      data-leaving={leaving || undefined}
    >
      <div class="card-plate" ref={plate} />
      {winner && !calmly && !leaving && <Confetti />}
      <span class="card-label">
        {stage.kind === "champion"
          ? words.champion
          : winner
          ? words.winner
          : words.question}
      </span>
      <div class="card-avatar" ref={avatar}>
        <Avatar {...stage} nickname={name} />
        {winner && <Crown />}
      </div>
      {team && winner && (
        <span class="card-team" style={{ "--team": team.colour }}>
          <bdi>{team.name}</bdi>
        </span>
      )}
      <div class="card-who">
        <bdi class="card-name" data-long={[...name].length > 14 || undefined}>
          {name}
        </bdi>
        {stage.points !== null && (
          <span class="card-points">
            <CardPoints points={stage.points} still={!winner || calmly} />{" "}
            {words.points}
          </span>
        )}
      </div>
      {stage.comment && <Comment text={stage.comment} kind={kind} />}
    </article>
  );
}

/** Points that count up from nothing once the card stands. */
function CardPoints({ points, still }: { points: number; still: boolean }) {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    element.textContent = pointsText(points);
    if (still) return;
    const from = performance.now() + POINTS_FROM_MS;
    const timer = setInterval(() => {
      const elapsed = performance.now() - from;
      if (elapsed < 0) return;
      const part = elapsed / POINTS_MS;
      const shown = part >= 1 ? points : countAt(0, points, part * 450);
      element.textContent = pointsText(shown);
      if (part >= 1) clearInterval(timer);
    }, 50);
    return () => clearInterval(timer);
  }, [points]);
  return <b ref={ref} />;
}

/** A comment that appears word by word, whole: smaller or in pages if long. */
function Comment(
  { text, kind }: { text: string; kind: "winner" | "comment" },
) {
  const ref = useRef<HTMLElement>(null);
  const [{ pages, lines }, setFitted] = useState<Fitted>({
    pages: 1,
    lines: 1,
  });
  const [page, setPage] = useState(0);
  useLayoutEffect(() => {
    const fit = () =>
      ref.current && setFitted(fitText(ref.current, COMMENT[kind]));
    fit();
    document.fonts.ready.then(fit);
  }, [text]);
  useEffect(() => {
    if (pages === 1) return;
    const timer = setInterval(() => setPage((n) => n + 1), PAGE_MS);
    return () => clearInterval(timer);
  }, [pages]);

  const words = wordsOf(text);
  const each = Math.min(90, WORDS_MS / words.length);
  const at = page % pages;
  return (
    <div class="card-comment">
      {pages > 1 && <b class="card-page">{at + 1}/{pages}</b>}
      <div class="card-lines" style={{ "--lines": lines }}>
        <bdi
          ref={ref}
          style={{ transform: `translateY(${-at * lines * LINE}em)` }}
        >
          {words.map((word, index) => (
            <span
              key={index}
              style={{
                animationDuration: `${WORDS_FROM_MS[kind] + index * each}ms`,
              }}
            >
              {word}
            </span>
          ))}
        </bdi>
      </div>
    </div>
  );
}
