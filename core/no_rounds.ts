/**
 * What is told of rounds where no session runs.
 *
 * @module
 */
import type { DeskState } from "./views.ts";

/** See the module. */
export const NO_ROUNDS: Pick<DeskState, "late" | "own" | "rounds" | "setUp"> = {
  late: { viewers: 0, points: 0, nickname: null, matters: false },
  own: null,
  rounds: [],
  setUp: { round: null, teams: [], hold: "round", goals: [], boost: null },
};
