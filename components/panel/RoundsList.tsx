/**
 * The rounds with their winners, the stars, and the prizes still to hand over.
 *
 * @module
 */
import type { RoundLine } from "@/core/views.ts";
import { usePanel } from "./panel_state.ts";
import { PrizeTick } from "./PrizeTick.tsx";

/** See the module. */
export function RoundsList() {
  const panel = usePanel();
  const { round: words, rounds: texts } = panel.texts.value;
  const { rounds } = panel.desk.value;
  const stars = starsOf(rounds);
  return (
    <div class="form">
      {rounds.length === 0 && <p class="note">{texts.none}</p>}
      {stars.length > 0 && (
        <p>
          {texts.stars}:{" "}
          {stars.map(([name, n]) => (
            <span class="pill" key={name}>
              <bdi>{name}</bdi> {"★".repeat(Math.min(n, 7))}
            </span>
          ))}
        </p>
      )}
      <ol class="list">
        {rounds.toReversed().map(({ seq, number, win }) => (
          <li key={seq} class="line">
            <span class="line-text">
              <b>{words.number(number)}</b>
              {win
                ? (
                  <>
                    {win.team && <bdi>{win.team}</bdi>}
                    <bdi>{win.nickname}</bdi>
                    <ProfileLink handle={win.handle} />
                    <PrizeTick {...win} />
                  </>
                )
                : <small>{texts.open}</small>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Who has won how many rounds of the newest series, or of the game. */
function starsOf(rounds: RoundLine[]): [name: string, stars: number][] {
  const series = rounds.at(-1)?.series ?? null;
  const stars = new Map<string, number>();
  for (const { series: of, by, win } of rounds) {
    if (!win || (series !== null && of !== series)) continue;
    const name = by === "team" ? win.team : win.nickname;
    if (name !== null) stars.set(name, (stars.get(name) ?? 0) + 1);
  }
  return [...stars].sort((a, b) => b[1] - a[1]);
}

/** Where a winner is found on TikTok. */
function ProfileLink({ handle }: { handle: string }) {
  return (
    <a
      href={`https://www.tiktok.com/@${encodeURIComponent(handle)}`}
      target="_blank"
      rel="noreferrer"
    >
      <bdi>@{handle}</bdi>
    </a>
  );
}
