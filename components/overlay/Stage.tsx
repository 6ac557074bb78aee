/**
 * The card of the winner, or of a comment: comes with some ceremony when it is
 * new, stands calm until the host clears it, and leaves.
 *
 * @module
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { type Frame, isWin, type Stage as StageData } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";
import { Avatar } from "./Avatar.tsx";
import { Confetti } from "./Confetti.tsx";
import { pointsText } from "./counting.ts";
import { Crown } from "./Crown.tsx";
import { flyFrom } from "./flight.ts";
import { useLeaving } from "./use_leaving.ts";
import { wordsOf } from "./words.ts";

const LEAVE_MS = 380;
/** When the first word of a comment appears, and how long all may take. */
const WORDS_FROM_MS = { winner: 1350, comment: 500 };
const WORDS_MS = 1600;

/** What is on stage, and how to bring it there. */
interface StageProps {
  stage: StageData | null;
  teams: Frame["teams"];
  words: Texts["overlay"];
  /** Without ceremony: it was there before the page was. */
  calm: boolean;
}

/** The card that is due, or the one that is leaving. */
export function Stage({ stage, teams, words, calm }: StageProps) {
  const { shown, leaving } = useLeaving(stage, keyOf, LEAVE_MS);
  const celebrated = useRef<string | null>(null);
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
  const avatar = useRef<HTMLDivElement>(null);
  const calmly = useRef(calm).current; // as it came, whatever follows
  const winner = isWin(stage);

  useLayoutEffect(() => {
    if (avatar.current && winner && !calmly) {
      flyFrom(stage.viewerId, avatar.current);
    }
  }, []);

  const name = stage.nickname.trim() || stage.handle;
  return (
    <article
      class="card"
      data-kind={winner ? "winner" : "comment"}
      data-full={sizeOf(stage.comment ?? "") === "small" || undefined}
      data-calm={calmly || undefined}
      data-leaving={leaving || undefined}
    >
      <div class="card-plate" />
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
        <bdi class="card-name" data-long={name.length > 14 || undefined}>
          {name}
        </bdi>
        {stage.points !== null && (
          <span class="card-points">
            <b>{pointsText(stage.points)}</b> {words.points}
          </span>
        )}
      </div>
      {stage.comment && (
        <Comment
          text={stage.comment}
          from={WORDS_FROM_MS[winner ? "winner" : "comment"]}
        />
      )}
    </article>
  );
}

/** A comment that appears word by word, its size by its length. */
function Comment({ text, from }: { text: string; from: number }) {
  const words = wordsOf(text);
  const each = Math.min(90, WORDS_MS / words.length);
  return (
    <div class="card-comment" data-size={sizeOf(text)}>
      <bdi>
        {words.map((word, index) => (
          <span
            key={index}
            style={{ animationDelay: `${from + index * each}ms` }}
          >
            {word}
          </span>
        ))}
      </bdi>
    </div>
  );
}

function sizeOf(comment: string): "large" | "middle" | "small" {
  if (comment.length <= 50) return "large";
  return comment.length <= 110 ? "middle" : "small";
}
