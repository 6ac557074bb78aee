/**
 * A host for a simulated room: begins rounds of two teams, announces who has
 * won, and goes on, so that somebody who looks at a demonstration need press
 * nothing.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Frame } from "@/core/frame.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { Team } from "@/core/shapes/rounds.ts";

/** How long a board stands before its winner is announced, and the card, in ms. */
const BOARD_MS = 3_000;
const CARD_MS = 8_000;

const TEAMS: Team[] = [
  {
    ...{ id: "red", name: "แดง Red", colour: "#dc2626" },
    ...{ words: ["1", "red", "แดง"], giftIds: [] },
  },
  {
    ...{ id: "blue", name: "น้ำเงิน Blue", colour: "#2563eb" },
    ...{ words: ["2", "blue", "น้ำเงิน"], giftIds: [] },
  },
];

const ROUND: Command = {
  ...{ type: "startRound", seconds: 90, by: "team", bestOf: 3 },
  ...{ fromZero: true, target: 0 },
  overtime: { within: 10, margin: 0, add: 15, times: 2 },
};

/** Hosts for as long as the desk is open; whoever looks may do so beside it. */
export async function hostRounds(desk: OpenDesk, clock: Clock): Promise<void> {
  const first = desk.frame();
  if (first.phase === "open" && first.round === null) {
    await desk.submit({ type: "setTeams", teams: TEAMS });
    await desk.submit(ROUND);
  }
  let waitsFor = "";
  let callOff = () => {};
  const look = (frame: Frame) => {
    const due = stepOf(frame);
    if (due === waitsFor) return;
    waitsFor = due;
    callOff();
    if (due === "") return;
    const ms = frame.stage ? CARD_MS : BOARD_MS;
    callOff = callAfter(clock, ms, () => void takeStep(desk));
  };
  desk.watchFrames(look);
  look(desk.frame());
}

/** What stands between a frame and the next step of the host; "" for nothing. */
function stepOf({ phase, round, stage }: Frame): string {
  if (phase !== "frozen" || !round) return "";
  return `${round.number} ${stage ? "card" : "board"}`;
}

async function takeStep(desk: OpenDesk): Promise<void> {
  const { phase, stage, viewers } = desk.frame();
  if (phase !== "frozen") return; // somebody was faster
  if (stage || viewers === 0) {
    await desk.submit({ type: "startRound" });
  } else {
    await desk.submit({ type: "selectWinner" });
  }
}
