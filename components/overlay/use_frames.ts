/**
 * What the overlay shows, from the stream: the newest frame, the rows at the
 * pace in which they move, how the host wants it to look.
 *
 * @module
 */
import {
  type ReadonlySignal,
  type Signal,
  useComputed,
  useSignal,
} from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Frame, isWin } from "@/core/frame.ts";
import type { Look } from "@/core/shapes/look.ts";
import { createNewest } from "../shared/newest.ts";
import { betterOffset, type ClockOffset } from "./countdown.ts";
import { openFrames } from "./frames.ts";
import { framesUrl, type OverlayOptions, readOptions } from "./options.ts";
import { createPacer } from "./pace.ts";
import { pageOf } from "./pages.ts";
import { watchRefusal } from "./refusal.ts";
import type { Passing, Slot } from "./slots.ts";
import { bringTheme } from "./theme_sheet.ts";
import { withKey } from "./with_key.ts";

/** Frames may come sixty times a second; points change ten times. */
const DRAW_MS = 90;

/** The newest frame, and whether it is the first after a time unseen. */
interface Seen {
  frame: Frame;
  jumped: boolean;
}

/** What there is to draw. */
export interface Shown {
  /** The link's wishes, over the host's. */
  wished: ReadonlySignal<OverlayOptions>;
  slots: Signal<Slot[]>;
  /** The newest overtaking. */
  passing: Signal<Passing | null>;
  /** Counts up every few seconds: what takes turns is the next one. */
  turn: Signal<number>;
  seen: Signal<Seen | null>;
  /** The server's clock against the page's. */
  offset: Signal<ClockOffset | null>;
  /** What was missed is not replayed: nothing moves for two frames. */
  still: Signal<boolean>;
  /** The server has taken this page's right away. */
  refused: Signal<boolean>;
}

/**
 * Listens while the page is there.
 *
 * @param link The page's query.
 * @param look The host's settings as the page was made.
 * @param refusedWords What the console says once the page may see no more.
 */
export function useFrames(
  link: URLSearchParams,
  look: Look,
  refusedWords: string,
): Shown {
  const settings = useSignal(look);
  const shown: Shown = {
    wished: useComputed(() => readOptions(link, settings.value)),
    slots: useSignal<Slot[]>([]),
    passing: useSignal<Passing | null>(null),
    turn: useSignal(0),
    seen: useSignal<Seen | null>(null),
    offset: useSignal<ClockOffset | null>(null),
    still: useSignal(true),
    refused: useSignal(false),
  };
  useEffect(() => follow(shown, link, settings, refusedWords), []);
  return shown;
}

/** How long a page of a long board stands, and all else that takes turns. */
const TURN_MS = 6000;
/** How long a winner takes to come out of the board. */
const CEREMONY_MS = 2_150;

/** Follows the stream; returns how to stop. */
function follow(
  { wished, slots, passing, turn, seen, offset, still, refused }: Shown,
  link: URLSearchParams,
  settings: Signal<Look>,
  refusedWords: string,
): () => void {
  const key = link.get("key");
  const pacer = createPacer((next, passed) => {
    slots.value = next;
    if (passed) passing.value = passed;
  });
  const rowsOf = (frame: Frame) =>
    pageOf(frame, wished.peek(), turn.peek()).rows;
  let unseen = true;
  /** Of a winner's card; null without one. */
  let card: "coming" | "there" | null = null;
  let ceremony: ReturnType<typeof setTimeout> | undefined;
  let request = 0;
  /** As frames come: they are drawn later. */
  let measured: ClockOffset | null = null;

  /** Shows the newest frame at once: what was missed is not replayed. */
  const jumpTo = (frame: Frame) => {
    still.value = true;
    pacer.jump(rowsOf(frame));
    cancelAnimationFrame(request);
    request = requestAnimationFrame(() => {
      request = requestAnimationFrame(() => still.value = false);
    });
  };
  /**
   * The board stands still while a winner comes out of it; behind the card it
   * is as it is, and nothing in it moves.
   */
  const move = (frame: Frame) => {
    const isCovered = isWin(frame.stage) && frame.phase !== "closing" &&
      wished.peek().show.includes("stage");
    const had = card;
    if (!isCovered) card = null;
    else if (!card) {
      card = "coming";
      clearTimeout(ceremony);
      ceremony = setTimeout(() => {
        card &&= "there";
        onTime();
      }, CEREMONY_MS);
    }
    if (!card && !had) pacer.take(rowsOf(frame));
    else if (card !== "coming") pacer.jump(rowsOf(frame));
  };
  const onTime = () => {
    const known = seen.peek();
    if (known) move(known.frame);
  };
  const draw = (frame: Frame) => {
    offset.value = measured;
    seen.value = { frame, jumped: unseen };
    if (unseen || document.hidden) jumpTo(frame);
    else move(frame);
    unseen = false;
  };
  const onVisible = () => {
    const known = seen.peek();
    if (!document.hidden && known) jumpTo(known.frame);
  };
  const onTurn = () => {
    turn.value++;
    if (!document.hidden) onTime();
  };

  const refusal = watchRefusal(framesUrl(key), (is) => {
    // Without a key it is a page of somebody who signed out.
    if (is && key) console.error(`TikTok Live Support: ${refusedWords}`);
    refused.value = is;
  });
  const newest = createNewest(DRAW_MS, draw);
  const stop = openFrames(wished.peek(), key, {
    onFrame(frame) {
      measured = betterOffset(measured, frame, performance.now());
      newest.put(withKey(frame, key), unseen);
    },
    onStatus(up) {
      unseen ||= up;
      refusal.heard(up);
    },
    onLook(next) {
      const { theme } = readOptions(link, next as Look);
      bringTheme(theme, () => {
        settings.value = next as Look;
        const known = seen.peek();
        if (known) jumpTo(known.frame);
      });
    },
  });
  document.addEventListener("visibilitychange", onVisible);
  const turns = setInterval(onTurn, TURN_MS);
  return () => {
    clearInterval(turns);
    clearTimeout(ceremony);
    stop();
    refusal.stop();
    newest.close();
    pacer.stop();
    cancelAnimationFrame(request);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
