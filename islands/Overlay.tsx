/**
 * Everything the audience sees. Draws frames and decides nothing; how the
 * connection stands is never shown, the last frame stays instead. Only where the
 * server takes this page's right away does everything go.
 *
 * @module
 */
import { Board } from "@/components/overlay/Board.tsx";
import { Countdown } from "@/components/overlay/Countdown.tsx";
import { boardHeight } from "@/components/overlay/geometry.ts";
import { GameHead } from "@/components/overlay/GameHead.tsx";
import { headHeight, headParts } from "@/components/overlay/game_head.ts";
import { Guides } from "@/components/overlay/Guides.tsx";
import { dueOf } from "@/components/overlay/due.ts";
import { Stage } from "@/components/overlay/Stage.tsx";
import { useCounting } from "@/components/overlay/use_counting.ts";
import { useFrames } from "@/components/overlay/use_frames.ts";
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
  const { wished, slots, seen, offset, still, refused } = useFrames(
    link,
    look,
    words.refused,
  );

  const options = wished.value;
  const frame = seen.value?.frame ?? null;
  const jumped = seen.value?.jumped ?? true;
  const shows = (part: typeof options.show[number]) =>
    !refused.value && options.show.includes(part);
  const counted = useCounting({
    frame,
    ahead: offset.value?.ms ?? 0,
    frozenWord: words.frozen,
    jumped,
  });
  const ahead = offset.value?.ms ?? 0;
  const parts = headParts(refused.value ? null : frame, options);
  const above = headHeight(frame, parts);
  const rules = useRules(parts.rules, link.get("key"), words);
  const head = above > 0 && frame && (
    <GameHead
      frame={frame}
      parts={parts}
      ahead={ahead}
      words={words}
      rules={rules}
    />
  );
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
    calm: jumped,
  });
  return (
    <div
      class="overlay"
      data-theme={options.theme}
      data-layout={options.layout}
      data-motion={options.motion}
      data-hide-points={options.hidePoints || undefined}
      style={{
        "--scale": options.scale,
        "--board-height": boardHeight(
          options.rows,
          options.title !== "",
          above,
        ),
        "--own-font": options.font ? `"${options.font}"` : undefined,
        background: options.chroma ?? undefined,
      }}
    >
      {options.guides && <Guides />}
      {shows("board") && (
        <div class="zone zone-board">
          <Board
            slots={slots.value}
            options={options}
            frozen={counted.isClosed}
            frozenWord={words.frozen}
            behind={stage && (isWin(stage) ? "winner" : "comment")}
            still={still.value}
            head={head}
            headHeight={above}
          />
        </div>
      )}
      {!shows("board") && head && (
        <div class="zone zone-board">
          <section class="board">{head}</section>
        </div>
      )}
      {shows("stage") && (
        <div class="zone zone-stage">
          <Stage
            stage={stage}
            teams={frame?.teams ?? []}
            words={words}
            calm={jumped}
          />
        </div>
      )}
      {shows("countdown") && (
        <div class="zone zone-countdown">
          <Countdown counting={counting} />
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
