/**
 * One game: what came of it, who won, when nothing could arrive, its export.
 *
 * @module
 */
import { HttpError, page } from "fresh";
import { runningTime, whole } from "@/components/shared/clock.ts";
import { gameTitle } from "@/components/shared/game_title.ts";
import { PAST_ROWS } from "@/components/past/PastBoard.tsx";
import PastEvening from "@/islands/PastEvening.tsx";
import PastGame from "@/islands/PastGame.tsx";
import When from "@/islands/When.tsx";
import { browserZone } from "../(_pages)/browser_zone.ts";
import { Page } from "../(_pages)/Page.tsx";
import type { Totals } from "@/core/views.ts";
import { define } from "@/routes/(_http)/define.ts";
import { type Texts, textsOf } from "@/locales/mod.ts";

/** Characters of the closing hash that a host says. */
const SAID = 12;

/** What the page shows; 404 for no session. */
export const handler = define.handlers({
  async GET(ctx) {
    const view = await ctx.state.desk.view(ctx.params.id!);
    if (!view) throw new HttpError(404);
    const winners = await view.winners();
    const game = await view.summary();
    const running = ctx.state.desk.state().session;
    return page({
      game,
      isRunning: running?.id === game.id && game.phase !== "ended",
      board: await view.board({ offset: 0, limit: PAST_ROWS }),
      winners: winners.filter((win) => !win.undone),
      timeline: await view.timeline(),
      closing: ctx.state.role === "host" && game.endedAt !== null
        ? await view.closing()
        : null,
    });
  },
});

/** The page of one game. */
export default define.page<typeof handler>(({ data, req, state }) => {
  const { language } = state;
  const texts = textsOf(language);
  const zone = browserZone(req);
  const { sessions: words } = texts;
  const { game, isRunning, board, winners, timeline, closing } = data;
  const title = gameTitle(texts, game);
  const api = `/api/sessions/${encodeURIComponent(game.id)}`;
  return (
    <Page title={title} language={language} source={state.site.source}>
      <p class="lead">
        <bdi>@{game.channel}</bdi> ·{" "}
        <When at={game.startedAt} as="moment" language={language} zone={zone} />
        {" · "}
        {game.endedAt === null
          ? words.running
          : runningTime(game.endedAt - game.startedAt)}
        {game.rehearsal && ` · ${texts.app.rehearsed}`}
      </p>
      <TotalsCard totals={game.totals} words={words} />
      <PastEvening
        api={api}
        timeline={timeline}
        winners={winners}
        board={board}
        language={language}
        zone={zone}
      />
      {state.role === "host" && (
        <section class="card">
          <h2>{words.exports}</h2>
          {closing && (
            <p>
              {words.closing}{" "}
              <code class="closing">{closing.slice(0, SAID)}</code>
              <br />
              <small class="note">{words.closingHelp}</small>
            </p>
          )}
          <div class="button-row">
            <a class="button" href={`${api}/export.csv`} download>
              {words.csv}
            </a>
            <a class="button" href={`${api}/export.jsonl`} download>
              {words.jsonl}
            </a>
            <a class="button quiet" href="/verify">{words.verify}</a>
          </div>
        </section>
      )}
      {state.role === "host" && (
        <PastGame
          id={game.id}
          title={game.title}
          isRunning={isRunning}
          language={language}
        />
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
      <dl class="numbers tiles-of">
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
