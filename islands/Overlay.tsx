/**
 * Everything the audience sees. Draws frames and decides nothing; how the
 * connection stands is never shown, the last frame stays instead. Only where the
 * server takes this page's right away does everything go.
 *
 * @module
 */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { createNewest } from "@/components/shared/newest.ts";
import { Board } from "@/components/overlay/Board.tsx";
import { Countdown } from "@/components/overlay/Countdown.tsx";
import {
  betterOffset,
  type ClockOffset,
} from "@/components/overlay/countdown.ts";
import { boardHeight } from "@/components/overlay/geometry.ts";
import { Guides } from "@/components/overlay/Guides.tsx";
import { openFrames } from "@/components/overlay/frames.ts";
import { framesUrl, readOptions } from "@/components/overlay/options.ts";
import { dueOf } from "@/components/overlay/order.ts";
import { createPacer } from "@/components/overlay/pace.ts";
import { watchRefusal } from "@/components/overlay/refusal.ts";
import type { Slot } from "@/components/overlay/slots.ts";
import { Stage } from "@/components/overlay/Stage.tsx";
import { bringTheme } from "@/components/overlay/theme_sheet.ts";
import { useCounting } from "@/components/overlay/use_counting.ts";
import { useSounds } from "@/components/overlay/use_sounds.ts";
import { withKey } from "@/components/overlay/with_key.ts";
import type { Frame } from "@/core/frame.ts";
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

/** Frames may come sixty times a second; points change ten times. */
const DRAW_MS = 90;

/** The newest frame, and whether it is the first after a time unseen. */
interface Seen {
  frame: Frame;
  jumped: boolean;
}

/** Board, countdown and stage over a transparent picture. */
export default function Overlay(
  { query, look, words, notes }: OverlayProps,
) {
  const link = new URLSearchParams(query);
  const settings = useSignal(look);
  const wished = useComputed(() => readOptions(link, settings.value));
  const slots = useSignal<Slot[]>([]);
  const seen = useSignal<Seen | null>(null);
  const offset = useSignal<ClockOffset | null>(null);
  const still = useSignal(true);
  const refused = useSignal(false);

  useEffect(() => {
    const key = link.get("key");
    const pacer = createPacer((next) => slots.value = next);
    const rowsOf = (frame: Frame) => {
      const { minPoints, rows } = wished.peek();
      return frame.rows.filter((row) => row.points >= minPoints).slice(0, rows);
    };
    let unseen = true;
    let request = 0;

    /** Shows the newest frame at once: what was missed is not replayed. */
    const jumpTo = (frame: Frame) => {
      still.value = true;
      pacer.jump(rowsOf(frame));
      cancelAnimationFrame(request);
      request = requestAnimationFrame(() => {
        request = requestAnimationFrame(() => still.value = false);
      });
    };
    const draw = (frame: Frame) => {
      offset.value = betterOffset(offset.peek(), frame, performance.now());
      seen.value = { frame, jumped: unseen };
      if (unseen || document.hidden) jumpTo(frame);
      else pacer.take(rowsOf(frame));
      unseen = false;
    };
    const onVisible = () => {
      const known = seen.peek();
      if (!document.hidden && known) jumpTo(known.frame);
    };

    const refusal = watchRefusal(framesUrl(key), (is) => {
      // Without a key it is a page of somebody who signed out.
      if (is && key) console.error(`TikTok Live Support: ${words.refused}`);
      refused.value = is;
    });
    const newest = createNewest(DRAW_MS, draw);
    const stop = openFrames(wished.peek(), key, {
      onFrame: (frame) => newest.put(withKey(frame, key), unseen),
      onStatus(up) {
        unseen ||= up;
        refusal.heard(up);
      },
      onLook(next) {
        const { theme } = readOptions(link, next as Look);
        bringTheme(theme, () => {
          settings.value = next as Look;
          const known = seen.peek();
          if (known) pacer.take(rowsOf(known.frame));
        });
      },
    });
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      stop();
      refusal.stop();
      newest.close();
      pacer.stop();
      cancelAnimationFrame(request);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);

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
        "--board-height": boardHeight(options.rows, options.title !== ""),
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
            behind={stage?.kind ?? null}
            still={still.value}
          />
        </div>
      )}
      {shows("stage") && (
        <div class="zone zone-stage">
          <Stage stage={stage} words={words} calm={jumped} />
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
