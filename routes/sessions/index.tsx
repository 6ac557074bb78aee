/**
 * Past games, newest first.
 *
 * @module
 */
import { page } from "fresh";
import { runningTime } from "@/components/shared/clock.ts";
import { gameTitle } from "@/components/shared/game_title.ts";
import PastGames from "@/islands/PastGames.tsx";
import When from "@/islands/When.tsx";
import { browserZone } from "../(_pages)/browser_zone.ts";
import { Page } from "../(_pages)/Page.tsx";
import { define } from "@/routes/(_http)/define.ts";
import { textsOf } from "@/locales/mod.ts";

/** The longest search the list takes. */
const LONGEST = 200;

/** The games that match; for a host those that can be restored, too. */
export const handler = define.handlers({
  async GET(ctx) {
    const q = (ctx.url.searchParams.get("q") ?? "").trim().slice(0, LONGEST);
    const { desk, role } = ctx.state;
    return page({
      q,
      games: await desk.sessions(q || undefined),
      removed: role === "host" ? await desk.removedSessions() : null,
    });
  },
});

/** The page of past games. */
export default define.page<typeof handler>(({ data, req, state }) => {
  const texts = textsOf(state.language);
  const { app, sessions: words } = texts;
  const { q, games, removed } = data;
  const { language } = state;
  const zone = browserZone(req);
  return (
    <Page
      title={words.title}
      language={state.language}
      source={state.site.source}
    >
      <form class="search-form" role="search">
        <input
          class="field"
          type="search"
          name="q"
          value={q}
          maxLength={LONGEST}
          aria-label={words.search}
          placeholder={words.search}
        />
        <button type="submit" class="button">{words.searchButton}</button>
      </form>
      {games.length === 0 && (
        <p class="empty">{q === "" ? words.empty : words.noMatch(q)}</p>
      )}
      <ul class="games">
        {games.map((game) => (
          <li key={game.id}>
            <a href={`/sessions/${encodeURIComponent(game.id)}`}>
              <b>
                <bdi>{gameTitle(texts, game)}</bdi>
              </b>
              <span>
                <bdi>@{game.channel}</bdi> ·{" "}
                <When
                  at={game.startedAt}
                  as="moment"
                  language={language}
                  zone={zone}
                />
                {" · "}
                {game.endedAt === null
                  ? words.running
                  : runningTime(game.endedAt - game.startedAt)}
                {game.rehearsal && ` · ${app.rehearsed}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {removed && (
        <PastGames removed={removed} language={language} zone={zone} />
      )}
    </Page>
  );
});
