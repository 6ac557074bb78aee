/**
 * The buttons of a Stream Deck: what a press means where the game stands, and
 * what to show on a key.
 *
 * @module
 */
import type { Command } from "./shapes/commands.ts";
import { type Frame, isWin, type Phase } from "./frame.ts";
import type { ObsState } from "./obs.ts";
import type { ButtonsState } from "./shapes/state.ts";

/** Defined there, and part of what this file is about. */
export type { ButtonsState } from "./shapes/state.ts";

/** All presses, but for scenes, which have names of their own. */
export const BUTTONS = [
  "freeze",
  "open",
  "toggle",
  "winner-latest",
  "winner-random",
  "clear-stage",
  "undo",
  "start-round",
  "pause",
  "resume",
  "add-time",
  "boost",
] as const;
/** One of them. */
export type Button = (typeof BUTTONS)[number];

/** Seconds that a press gives a clock. */
const ADDED_S = 15;

/** The command of a press. */
export function commandOfButton(button: Button, phase: Phase): Command {
  switch (button) {
    case "freeze":
    case "open":
    case "undo":
      return { type: button };
    case "toggle":
      if (phase === "open") return { type: "freeze" };
      if (phase === "paused") return { type: "resume" };
      return { type: phase === "closing" ? "cancelFreeze" : "open" };
    case "winner-latest":
      return { type: "selectWinner", comment: "latest" };
    case "winner-random":
      return { type: "selectWinner", comment: "random" };
    case "clear-stage":
      return { type: "clearStage" };
    case "start-round":
      return { type: "startRound" };
    case "pause":
    case "resume":
      return { type: button };
    case "add-time":
      return { type: "setClock", add: ADDED_S };
    case "boost":
      return { type: "boost", times: 2, seconds: 60, of: "all" };
  }
}

/**
 * What a key shows now.
 *
 * @param frame As it leaves: its `now` is now.
 * @param words The phase in one word, in the language of whoever asks.
 */
export function buttonsState(
  frame: Frame,
  obs: ObsState,
  words: string,
): ButtonsState {
  const { phase, viewers, stage } = frame;
  const ms = leftOn(frame);
  const secondsLeft = ms === null ? null : Math.ceil(Math.max(0, ms) / 1000);
  const winner = stage && isWin(stage) ? stage.nickname : null;
  const left = secondsLeft === null
    ? null
    : phase === "closing"
    ? String(secondsLeft)
    : clockText(secondsLeft);
  return {
    phase,
    text: `${words}\n${left ?? winner ?? viewers}`,
    secondsLeft,
    viewers,
    winner,
    scene: obs.current,
    obs: obs.state,
  };
}

/** Ms that the countdown, or the clock, has left; null where none runs. */
function leftOn(
  { phase, countdownTo, round, now }: Frame,
): number | null {
  if (phase === "closing") {
    return countdownTo === null ? null : countdownTo - now;
  }
  if (phase === "paused") return round?.left ?? null;
  const endsAt = phase === "open" ? round?.endsAt ?? null : null;
  return endsAt === null ? null : endsAt - now;
}

/** Seconds as `m:ss`. */
function clockText(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, "0");
  return `${Math.floor(seconds / 60)}:${rest}`;
}
