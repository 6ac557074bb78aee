/**
 * One game: what came of it, who won, when nothing could arrive, its export.
 *
 * @module
 */
import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { runningTime, whole } from "@/components/clock.ts";
import { TimelineChart } from "@/components/TimelineChart.tsx";
import PastGame from "@/islands/PastGame.tsx";
import { Page } from "../(_pages)/Page.tsx";
import type { Totals } from "@/core/views.ts";
import { define } from "@/define.ts";
import { type Texts, textsOf } from "@/locales/mod.ts";

/** Rows of the board on this page. */
const ROWS = 20;

export const handler = define.handlers({
  async GET(ctx) {
    const view = await ctx.state.desk.view(ctx.params.id!);
    if (!view) throw new HttpError(404);
    const winners = await view.winners();
    return page({
      game: await view.summary(),
      board: await view.board({ offset: 0, limit: ROWS }),
      winners: winners.filter((win) => !win.undone),
      timeline: await view.timeline(),
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => {
  const texts = textsOf(state.language);
  const { sessions: words } = texts;
  const { game, board, winners, timeline } = data;
  const title = game.title || texts.game.untitled;
  const api = `/api/sessions/${encodeURIComponent(game.id)}`;
  return (
    <Page title={title} language={state.language} source={state.site.source}>
      <Head>
        <title>{`${title} · ${texts.app.name}`}</title>
      </Head>
      <p class="lead">
        <bdi>@{game.channel}</bdi> · {words.moment(game.startedAt)} ·{" "}
        {game.endedAt === null
          ? words.running
          : runningTime(game.endedAt - game.startedAt)}
      </p>
      <TotalsCard totals={game.totals} words={words} />
      <section class="card">
        <h2>{texts.timeline.title}</h2>
        <TimelineChart timeline={timeline} texts={texts} />
      </section>
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
                <small class="tabular">{words.clock(win.at)}</small>
              </span>
              <b class="tabular">{whole(win.points)}</b>
            </li>
          ))}
        </ol>
      </section>
      <section class="card">
        <h2>{words.board}</h2>
        {board.rows.length === 0 && <p class="note">{texts.board.empty}</p>}
        <ol class="wins">
          {board.rows.map((row) => (
            <li key={row.viewerId}>
              <span class="rank tabular">{row.rank}</span>
              <span class="line-text">
                <bdi>{row.nickname}</bdi>
              </span>
              <b class="tabular">{whole(row.points)}</b>
            </li>
          ))}
        </ol>
        {board.total > ROWS && (
          <p class="note">{texts.board.range(1, ROWS, board.total)}</p>
        )}
      </section>
      <GapsCard totals={game.totals} words={words} />
      {state.role === "host" && (
        <section class="card">
          <h2>{words.exports}</h2>
          <div class="button-row">
            <a class="button" href={`${api}/export.csv`} download>
              {words.csv}
            </a>
            <a class="button" href={`${api}/export.jsonl`} download>
              {words.jsonl}
            </a>
          </div>
        </section>
      )}
      {state.role === "host" && (
        <PastGame id={game.id} title={game.title} language={state.language} />
      )}
    </Page>
  );
});

interface CardProps {
  totals: Totals;
  words: Texts["sessions"];
}

function TotalsCard({ totals, words }: CardProps) {
  const lines: [string, number][] = [
    [words.viewers, totals.viewers],
    [words.points, totals.points],
    [words.likes, totals.likes],
    [words.diamonds, totals.diamonds],
    [words.comments, totals.comments],
    [words.winners, totals.winners],
    [words.late, totals.late],
  ];
  return (
    <section class="card">
      <h2>{words.totals}</h2>
      <dl class="numbers">
        {lines.map(([name, n]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="tabular">{whole(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function GapsCard({ totals, words }: CardProps) {
  return (
    <section class="card">
      <h2>{words.gaps}</h2>
      {totals.gaps.length === 0 && <p class="note">{words.noGaps}</p>}
      <ul class="list">
        {totals.gaps.map(({ from, to }) => (
          <li key={from} class="line tabular">
            {words.gapLine(words.clock(from), words.clock(to))}
          </li>
        ))}
      </ul>
    </section>
  );
}
