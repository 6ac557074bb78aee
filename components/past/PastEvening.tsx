/**
 * How a game went: its points over time, who won, the board as it was at any
 * moment of it, and when nothing could arrive.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { Timeline, Winner } from "@/core/shapes/history.ts";
import type { BoardPage } from "@/core/views.ts";
import type { Language, Texts } from "@/locales/mod.ts";
import { textsOf } from "@/locales/spoken.ts";
import { whole } from "../shared/clock.ts";
import { PastBoard } from "./PastBoard.tsx";
import { TimelineChart } from "./TimelineChart.tsx";
import { TimelineSlider } from "./TimelineSlider.tsx";
import { useZone } from "../shared/use_zone.ts";

/** What the page draws it with. */
interface PastEveningProps {
  /** Where the game's documents are. */
  api: string;
  timeline: Timeline;
  winners: Winner[];
  /** The first rows of the board as it is. */
  board: BoardPage;
  language: Language;
  /** What the server takes the host's time zone for. */
  zone: string;
}

/** See the module. */
export function PastEvening(
  { api, timeline, winners, board, language, zone }: PastEveningProps,
) {
  const texts = textsOf(language, useZone(zone));
  const at = useSignal<number | null>(null);
  const hasRun = timeline.buckets.length > 1;
  return (
    <>
      <section class="card">
        <h2>{texts.timeline.title}</h2>
        <TimelineChart timeline={timeline} texts={texts} at={at.value}>
          {hasRun && (
            <TimelineSlider timeline={timeline} texts={texts} at={at} />
          )}
        </TimelineChart>
      </section>
      <WinnersCard winners={winners} texts={texts} />
      <PastBoard api={api} first={board} at={at.value} texts={texts} />
      <GapsCard gaps={timeline.gaps} words={texts.sessions} />
    </>
  );
}

function WinnersCard({ winners, texts }: { winners: Winner[]; texts: Texts }) {
  const words = texts.sessions;
  return (
    <section class="card">
      <h2>{words.winners}</h2>
      {winners.length === 0 && <p class="note">{words.noWinners}</p>}
      <ol class="wins">
        {winners.map((win) => (
          <li key={win.seq}>
            <span class="line-text">
              <b>
                <bdi>{win.nickname}</bdi>
              </b>
              {win.comment && <span dir="auto">{win.comment}</span>}
              <small class="tabular">
                {win.round !== null && `${texts.round.number(win.round)} · `}
                {win.team && (
                  <>
                    <bdi>{win.team}</bdi>
                    {" · "}
                  </>
                )}
                <a
                  href={`https://www.tiktok.com/@${
                    encodeURIComponent(win.handle)
                  }`}
                  target="_blank"
                  rel="noreferrer"
                >
                  <bdi>@{win.handle}</bdi>
                </a>
                {" · "}
                {words.clock(win.at)}
                {!win.undone &&
                  ` · ${
                    win.delivered
                      ? `✓ ${texts.rounds.delivered}`
                      : texts.rounds.due
                  }`}
              </small>
            </span>
            <b class="tabular">{whole(win.points)}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}

function GapsCard(
  { gaps, words }: { gaps: Timeline["gaps"]; words: Texts["sessions"] },
) {
  return (
    <section class="card">
      <h2>{words.gaps}</h2>
      {gaps.length === 0 && <p class="note">{words.noGaps}</p>}
      <ul class="list">
        {gaps.map(({ from, to }) => (
          <li key={from} class="line tabular">
            {words.gapLine(words.clock(from), words.clock(to))}
          </li>
        ))}
      </ul>
    </section>
  );
}
