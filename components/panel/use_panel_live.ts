/**
 * What makes the panel live in the browser: the stream, the clock, the keys.
 *
 * @module
 */
import { useEffect, useLayoutEffect } from "preact/hooks";
import type { Frame } from "@/core/frame.ts";
import { pressFreeze, pressOpen } from "./Actions.tsx";
import { airNext } from "./QueuePart.tsx";
import { clearStage } from "./StagePart.tsx";
import { ownZone, ZONE_COOKIE } from "@/locales/times.ts";
import { createNewest } from "../shared/newest.ts";
import type { Desk, Panel } from "./panel_state.ts";
import { remember } from "../shared/remember.ts";
import {
  createWordWatch,
  HOSTS_KEYS,
  type Shortcut,
  shortcutOf,
} from "./shortcut.ts";
import { openStream } from "../stream/stream.ts";
import { loadViewer } from "./ViewerPart.tsx";
import { loadWinnerChoice } from "./WinnerDialog.tsx";

/** Rows the panel asks the stream for. */
const ROWS = 30;
/** The panel is drawn at most this often, in ms. */
const DRAW_MS = 100;
/** Keys that lead to a field, which must not get the letter. */
const TYPE_NEXT = new Set<Shortcut>([
  "search",
  "help",
  "connection",
  "game",
  "adjust",
]);
/** When the code of further parts is asked for, in ms after the start. */
const AHEAD_MS = 1_500;
/** How often the clock moves, in ms. */
const TICK_MS = 200;

/** See the module. */
export function usePanelLive(panel: Panel): void {
  useLayoutEffect(() => {
    panel.zone.value = ownZone();
    remember(ZONE_COOKIE, panel.zone.value);
  }, []);
  useEffect(() => listen(panel), []);
  useEffect(() => tick(panel), []);
  useEffect(() => watchKeys(panel), []);
  useEffect(() => {
    panel.isReady.value = true;
  }, []);
  useEffect(getAhead, []);
}

/** Gets what is likely to be tapped next, once the first screen stands. */
function getAhead(): () => void {
  const timer = setTimeout(() => {
    for (const load of [loadViewer, loadWinnerChoice]) {
      load().catch(() => null); // asked for again where it is shown
    }
  }, AHEAD_MS);
  return () => clearTimeout(timer);
}

function listen(panel: Panel): () => void {
  const frames = createNewest<Frame>(DRAW_MS, (frame) => {
    panel.ahead.value = frame.now - performance.now();
    panel.frame.value = frame;
  });
  const close = openStream<Desk>(`/api/frames?with=state&rows=${ROWS}`, {
    onFrame: (frame) => frames.put(frame, isUrgent(panel.frame.value, frame)),
    onState: (desk) => {
      panel.desk.value = desk;
      panel.channel.value = desk.connection.channel || panel.channel.value;
    },
    onStatus: (isUp) => {
      if (isUp && panel.lostAt.value !== null) {
        panel.say(panel.texts.value.panel.back, "good");
      }
      panel.lostAt.value = isUp ? null : performance.now() + panel.ahead.value;
    },
  });
  return () => {
    frames.close();
    close();
  };
}

/** Whether the host is waiting for just this change. */
function isUrgent(before: Frame, now: Frame): boolean {
  return before.phase !== now.phase || before.session?.id !== now.session?.id ||
    before.stage?.viewerId !== now.stage?.viewerId;
}

function tick(panel: Panel): () => void {
  const timer = setInterval(() => {
    panel.now.value = performance.now() + panel.ahead.value;
  }, TICK_MS);
  return () => clearInterval(timer);
}

function watchKeys(panel: Panel): () => void {
  const isInWord = createWordWatch();

  function onKey(event: KeyboardEvent) {
    const shortcut = shortcutOf(event, isTyping(event.target) || isInDialog());
    // A name that was meant for a field confirms nothing that it has armed.
    const isWord = isInWord(event);
    if (isWord || (shortcut && shortcut !== "block")) disarm();
    if (!shortcut || (isWord && shortcut === "block")) return;
    if (TYPE_NEXT.has(shortcut)) event.preventDefault();
    follow(panel, shortcut);
  }
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

function follow(panel: Panel, shortcut: Shortcut): void {
  if (!panel.isHost && HOSTS_KEYS.has(shortcut)) return;
  switch (shortcut) {
    case "freeze":
      return pressFreeze(panel);
    case "open":
      return pressOpen(panel);
    case "winner":
      panel.choosing.value = panel.frame.value.viewers > 0;
      return;
    case "undo":
      return panel.undo();
    case "redo":
      return panel.redo();
    case "air":
      return airNext(panel);
    case "clear":
      return clearStage(panel);
    case "board":
    case "comments":
    case "stage":
    case "more":
      panel.tab.value = shortcut;
      panel.viewerId.value = null;
      return;
    case "search":
      panel.tab.value = "board";
      panel.viewerId.value = null;
      // At once where it is in sight: the next key is already typing.
      if (!focusSearch()) requestAnimationFrame(focusSearch);
      return;
    case "connection":
    case "game":
      return focusCard(panel, shortcut);
    case "adjust":
      return openAdjusting();
    case "sitOut":
    case "block":
      return pressOfViewer(shortcut);
    case "help":
      panel.keysOpen.value = true;
      return;
    case "escape":
      // A dialog closes itself; here only what lies in the page.
      if (!isInDialog()) closeInnermost(panel);
  }
}

/** One step out: of what the focus is in, then of what lies over the rest. */
function closeInnermost(panel: Panel): void {
  const details = document.activeElement?.closest("details[open]");
  if (details instanceof HTMLDetailsElement) {
    details.open = false;
    details.querySelector("summary")?.focus();
  } else if (panel.tab.value === "more") panel.tab.value = "board";
  else if (panel.viewerId.value !== null) panel.viewerId.value = null;
  else panel.card.value = null;
}

/** Opens the form that changes a viewer's points, where there is one. */
function openAdjusting(): void {
  const form = document.querySelector<HTMLDetailsElement>(".viewer .adjust");
  if (!form) return;
  form.open = true;
  form.querySelector("input")?.focus();
}

/** Forgets the first of two taps. */
function disarm(): void {
  document.querySelector<HTMLElement>(".armed:focus")?.blur();
}

/** Presses a button of the open viewer's; where it takes two, so does the key. */
function pressOfViewer(shortcut: "sitOut" | "block"): void {
  const button = document.getElementById(`viewer-${shortcut}`);
  button?.focus();
  button?.click();
}

function isInDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

/** Opens a card of the controls, and goes to the first thing in it. */
function focusCard(panel: Panel, card: "connection" | "game"): void {
  panel.card.value = card;
  requestAnimationFrame(() => {
    // A field first: a key pressed too often then changes nothing.
    const card = document.querySelector("#card");
    const first = card?.querySelector("input") ?? card?.querySelector("button");
    first?.focus();
  });
}

/** Whether the search field could take the focus. */
function focusSearch(): boolean {
  const field = document.getElementById("board-search");
  field?.focus();
  return field !== null && document.activeElement === field;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"));
}
