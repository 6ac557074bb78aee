/**
 * When there is something to hear: what changed on the screen, where the host
 * wants sounds.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import { type Frame, type GoalShown, isWin, type Stage } from "@/core/frame.ts";
import type { Counting } from "./due.ts";
import type { Slot } from "./slots.ts";
import type { SoundName } from "./sounds.ts";

/** What is on the screen. */
interface Heard {
  on: boolean;
  /** Percent. */
  volume: number;
  slots: Slot[];
  counting: Counting | null;
  stage: Stage | null;
  goals: GoalShown[];
  round: Frame["round"];
  /** Nothing is celebrated that was there before the page was. */
  calm: boolean;
}

/** Plays what belongs to a change. */
export function useSounds({ on, volume, ...now }: Heard): void {
  const lifted = now.slots.filter((slot) => slot.liftedUntil > 0)
    .map((slot) => slot.viewerId).join(" ");
  const numeral = now.counting?.kind === "numeral" ? now.counting.what : null;
  const winner = now.stage && isWin(now.stage) ? now.stage.viewerId : null;
  const celebrated = useRef<string | null>(null);

  const play = async (name: SoundName) => {
    if (!on) return;
    const { playSound } = await import("./sounds.ts");
    playSound(name, volume);
  };
  useEffect(() => {
    if (lifted !== "") void play("overtaking");
  }, [lifted]);
  useEffect(() => {
    if (numeral !== null) void play(numeral === "1" ? "last" : "tick");
  }, [numeral]);
  useEffect(() => {
    if (winner !== null && winner !== celebrated.current && !now.calm) {
      void play("winner");
    }
    if (winner !== null || !now.counting) celebrated.current = winner;
  }, [winner]);
  const { goals, round, calm } = now;
  useRise(goals.map(({ id, step }) => [id, step]), calm, () => play("goal"));
  useRise(
    round ? [[String(round.number), round.overtime]] : [],
    calm,
    () => play("bell"),
  );
}

/** Calls where a number has become higher before the eyes of the audience. */
function useRise(
  numbers: [of: string, number: number][],
  calm: boolean,
  call: () => void,
) {
  const before = useRef(new Map(numbers));
  useEffect(() => {
    const was = before.current;
    before.current = new Map(numbers);
    if (!calm && numbers.some(([of, n]) => n > (was.get(of) ?? n))) call();
  }, [numbers.join()]);
}
