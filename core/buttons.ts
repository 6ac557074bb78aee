/**
 * The buttons of a Stream Deck: what a press means where the game stands, and
 * what to show on a key.
 *
 * @module
 */
import type { Command } from "./shapes/commands.ts";
import type { Frame, Phase } from "./frame.ts";
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
] as const;
/** One of them. */
export type Button = (typeof BUTTONS)[number];

/** The command of a press. */
export function commandOfButton(button: Button, phase: Phase): Command {
  switch (button) {
    case "freeze":
    case "open":
    case "undo":
      return { type: button };
    case "toggle":
      if (phase === "open") return { type: "freeze" };
      return { type: phase === "closing" ? "cancelFreeze" : "open" };
    case "winner-latest":
      return { type: "selectWinner", comment: "latest" };
    case "winner-random":
      return { type: "selectWinner", comment: "random" };
    case "clear-stage":
      return { type: "clearStage" };
  }
}

/**
 * What a key shows now.
 *
 * @param frame As it leaves: its `now` is now.
 * @param words The phase in one word, in the language of whoever asks.
 */
export function buttonsState(
  { phase, viewers, stage, countdownTo, now }: Frame,
  obs: ObsState,
  words: string,
): ButtonsState {
  const secondsLeft = phase === "closing" && countdownTo !== null
    ? Math.max(0, Math.ceil((countdownTo - now) / 1000))
    : null;
  const winner = stage?.kind === "winner" ? stage.nickname : null;
  return {
    phase,
    text: `${words}\n${secondsLeft ?? winner ?? viewers}`,
    secondsLeft,
    viewers,
    winner,
    scene: obs.current,
    obs: obs.state,
  };
}
