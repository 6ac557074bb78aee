/**
 * Everything the audience sees. Draws frames and decides nothing; how the
 * connection stands is never shown, the last frame stays instead.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Board } from "@/components/overlay/Board.tsx";
import { Countdown } from "@/components/overlay/Countdown.tsx";
import {
  betterOffset,
  type ClockOffset,
} from "@/components/overlay/countdown.ts";
import { openDemo } from "@/components/overlay/demo.ts";
import { Guides } from "@/components/overlay/Guides.tsx";
import type { OverlayOptions } from "@/components/overlay/options.ts";
import { withKey } from "@/components/overlay/with_key.ts";
import { createNewest } from "@/components/newest.ts";
import { createPacer } from "@/components/overlay/pace.ts";
import type { Slot } from "@/components/overlay/slots.ts";
import { Stage } from "@/components/overlay/Stage.tsx";
import { openStream } from "@/components/stream.ts";
import type { Frame } from "@/core/frame.ts";
import type { Texts } from "@/locales/mod.ts";

/** What the page knows before the first frame. */
export interface OverlayProps {
  options: OverlayOptions;
  /** The stream of frames, with its key. */
  framesUrl: string;
  /** Opens pictures of our own server, where a key is needed. */
  avatarKey: string | null;
  words: Texts["overlay"];
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
  { options, framesUrl, avatarKey, words }: OverlayProps,
) {
  const slots = useSignal<Slot[]>([]);
  const seen = useSignal<Seen | null>(null);
  const offset = useSignal<ClockOffset | null>(null);
  const still = useSignal(true);

  useEffect(() => {
    const pacer = createPacer((next) => slots.value = next);
    const rowsOf = (frame: Frame) =>
      frame.rows.filter((row) => row.points >= options.minPoints)
        .slice(0, options.rows);
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
      offset.value = betterOffset(offset.peek(), frame.now, Date.now());
      seen.value = { frame, jumped: unseen };
      if (unseen || document.hidden) jumpTo(frame);
      else pacer.take(rowsOf(frame));
      unseen = false;
    };
    const onVisible = () => {
      const known = seen.peek();
      if (!document.hidden && known) jumpTo(known.frame);
    };

    const newest = createNewest(DRAW_MS, draw);
    const events = {
      onFrame: (frame: Frame) => newest.put(withKey(frame, avatarKey), unseen),
      onStatus: (up: boolean) => unseen ||= up,
    };
    const stop = options.demo
      ? openDemo(options.rows, events)
      : openStream(framesUrl, events);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      stop();
      newest.close();
      pacer.stop();
      cancelAnimationFrame(request);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);

  const frame = seen.value?.frame ?? null;
  const jumped = seen.value?.jumped ?? true;
  const stage = frame?.stage ?? null;
  const shows = (part: typeof options.show[number]) =>
    options.show.includes(part);
  const empty = slots.value.length === 0 && !stage;

  return (
    <div
      class="overlay"
      data-theme={options.theme}
      data-layout={options.layout}
      data-motion={options.motion}
      data-hide-points={options.hidePoints || undefined}
      style={{
        "--scale": options.scale,
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
            frozen={frame?.phase === "frozen"}
            frozenWord={words.frozen}
            behind={shows("stage") && stage ? stage.kind : null}
            still={still.value}
          />
        </div>
      )}
      {shows("stage") && (
        <div class="zone zone-stage">
          <Stage stage={stage} words={words} calm={jumped} />
        </div>
      )}
      {shows("countdown") && frame && (
        <div class="zone zone-countdown">
          <Countdown
            frame={frame}
            ahead={offset.value?.ms ?? 0}
            frozenWord={words.frozen}
            jumped={jumped}
          />
        </div>
      )}
      {options.preview && empty && (
        <div class="zone zone-stage">
          <p class="hint">{words.setup}</p>
        </div>
      )}
    </div>
  );
}
