/**
 * Everything the audience sees. Draws frames and decides nothing; how the
 * connection stands is never shown, the last frame stays instead. Only where the
 * server takes this page's right away does everything go.
 *
 * @module
 */
import { Board, here } from "@/components/overlay/Board.tsx";
import { boardHeight } from "@/components/overlay/geometry.ts";
import { headHeight, headParts } from "@/components/overlay/game_head.ts";
import { Guides } from "@/components/overlay/Guides.tsx";
import { dueOf } from "@/components/overlay/due.ts";
import { geometryOf } from "@/components/overlay/pages.ts";
import { useCounting } from "@/components/overlay/use_counting.ts";
import { useFrames } from "@/components/overlay/use_frames.ts";
import { useLater } from "@/components/overlay/use_later.ts";
import { useRules } from "@/components/overlay/use_rules.ts";
import { useSounds } from "@/components/overlay/use_sounds.ts";
import { isWin } from "@/core/frame.ts";
import type { Look } from "@/core/shapes/look.ts";
import type { Texts } from "@/locales/mod.ts";

/** What the page knows before the first frame. */
interface OverlayProps {
  /** The link's query, which wins over the host's settings. */
  query: string;
  /** The host's settings as the page was made; the stream tells of new ones. */
  look: Look;
  words: Texts["overlay"];
  /** What the host should know of the link, for the preview alone. */
  notes: string[];
}

/** Board, countdown and stage over a transparent picture. */
export default function Overlay(
  { query, look, words, notes }: OverlayProps,
) {
  const link = new URLSearchParams(query);
  const { wished, slots, passing, turn, seen, offset, still, refused } =
    useFrames(link, look, words.refused);

  const options = wished.value;
  const frame = refused.value ? null : seen.value?.frame ?? null;
  const jumped = seen.value?.jumped ?? true;
  const shows = (part: typeof options.show[number]) =>
    !refused.value && options.show.includes(part);
  const ahead = offset.value?.ms ?? 0;
  const counted = useCounting({
    frame: seen.value?.frame ?? null,
    ahead,
    frozenWord: words.frozen,
    jumped,
  });
  const later = useLater(frame !== null && frame.session !== null);
  const parts = headParts(frame, options);
  const above = headHeight(frame, parts);
  const rules = useRules(parts.rules, link.get("key"), words);
  const { counting, stage } = dueOf({
    counting: shows("countdown") ? counted.counting : null,
    stage: shows("stage") ? frame?.stage ?? null : null,
  });
  useSounds({
    on: options.sounds,
    volume: options.volume,
    slots: shows("board") ? slots.value : [],
    counting,
    stage,
    goals: parts.goals ? frame!.goals : [],
    round: parts.clock ? frame!.round : null,
    calm: jumped,
  });
  const behind = stage && (isWin(stage) ? "winner" : "comment");
  const geometry = geometryOf(frame, options);
  // A board that has just become shorter lets go of its last rows at once.
  const fits = slots.value.filter(({ place }) => place <= 1 + geometry.others);
  const rows = here(fits);
  const { counting: left, isClosed } = counted;
  return (
    <div
      class="overlay"
      data-theme={options.theme}
      data-layout={options.layout}
      data-motion={options.motion}
      data-hide-rank={options.hideRank || undefined}
      data-hide-points={options.hidePoints || undefined}
      style={{
        "--scale": options.scale,
        "--board-height": boardHeight(options.rows, above),
        "--own-font": options.font ? `"${options.font}"` : undefined,
        background: options.chroma ?? undefined,
      }}
    >
      {options.guides && <Guides />}
      {frame && (shows("board") || parts.clock || above > 0) && (
        <div class="zone zone-board">
          <section
            class="board"
            data-empty={rows.length === 0 || undefined}
            data-frozen={isClosed || undefined}
            data-last={left?.what === "1" || undefined}
            data-behind={behind ?? undefined}
            data-still={still.value || undefined}
            style={{ "--above": above }}
          >
            {later && (shows("board") ? rows.length > 0 : parts.clock) && (
              <later.Header
                frame={frame}
                title={shows("board") ? options.title : ""}
                clock={parts.clock}
                closingIn={left?.kind === "numeral" ? left.what : null}
                isClosed={isClosed}
                ahead={ahead}
                jumped={jumped}
                words={words}
              />
            )}
            {above > 0 && later && (
              <later.GameHead
                {...{ frame, parts, words, rules, jumped }}
                turn={turn.value}
              />
            )}
            {shows("board") && (
              <Board
                slots={fits}
                geometry={geometry}
                options={options}
                newWord={words.newcomer}
                still={still.value}
              />
            )}
            {shows("board") && later && (
              <later.Ticker
                passing={passing.value}
                rows={rows}
                options={options}
                words={words}
                quiet={isClosed || behind !== null || still.value}
                moving={fits.some((slot) => slot.turnsAt > 0)}
              />
            )}
          </section>
        </div>
      )}
      {shows("stage") && later && (
        <div class="zone zone-stage">
          <later.Stage
            stage={stage}
            teams={frame?.teams ?? []}
            words={words}
            calm={jumped}
          />
        </div>
      )}
      {shows("countdown") && later && (
        <div class="zone zone-countdown">
          <later.Countdown counting={counting} />
        </div>
      )}
      {options.preview && (refused.value || slots.value.length === 0) &&
        !stage && (
        <div class="zone zone-stage">
          <p class="hint">{refused.value ? words.refused : words.setup}</p>
        </div>
      )}
      {options.preview && notes.length > 0 && (
        <p class="hint hint-link">
          {words.link} <bdi>{notes.join(", ")}</bdi>
        </p>
      )}
    </div>
  );
}
