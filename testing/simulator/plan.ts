/**
 * What happens in an evening, as data: steps, each with a seed of its own, so
 * that some can be left out while the others stay what they are. That is how a
 * red evening shrinks.
 *
 * @module
 */
import { createSeeded } from "@/core/seeded.ts";

/** How often each step comes up, against the others. */
const WEIGHTS = {
  like: 22,
  gift: 10,
  grow: 16,
  comment: 8,
  follow: 3,
  share: 2,
  burst: 2,
  wait: 10,
  pause: 2,
  freeze: 3,
  open: 4,
  cancel: 1,
  winner: 3,
  adjust: 3,
  sit: 1,
  block: 1,
  rates: 1,
  end: 1,
  new: 2,
  continue: 3,
  drop: 4,
  disk: 4,
  kill: 2,
  restart: 1,
  stop: 1,
  clock: 0.5,
};
/** What a step does. */
export type StepName = keyof typeof WEIGHTS | "begin";

/** A step of a plan: what it does, its own chance, and how long after it. */
export interface Step {
  does: StepName;
  seed: number;
  /** Ms that pass after it. */
  ms: number;
}

/** The plan of an evening; the same seed gives the same one. */
export function planOf(seed: number): Step[] {
  const chance = createSeeded(seed);
  const names = Object.entries(WEIGHTS) as [StepName, number][];
  const total = names.reduce((sum, [, weight]) => sum + weight, 0);
  const pick = (): StepName => {
    let at = chance.next() * total;
    return names.find(([, weight]) => (at -= weight) < 0)![0];
  };
  const step = (does: StepName): Step => ({
    does,
    seed: chance.between(0, 2 ** 31),
    ms: chance.between(0, chance.next() < 0.7 ? 200 : 4_000),
  });
  const length = chance.between(150, 400);
  return [
    ...[step("begin"), step("new")],
    ...Array.from({ length }, () => step(pick())),
  ];
}

/**
 * The smallest plan found that is still red: halves are left out first, then
 * quarters, down to single steps. Its first step stays.
 */
export async function shrink(
  plan: Step[],
  isRed: (plan: Step[]) => Promise<boolean>,
): Promise<Step[]> {
  let least = plan;
  for (let size = plan.length >> 1; size >= 1;) {
    const before = least.length;
    for (let at = 1; at < least.length;) {
      const rest = least.toSpliced(at, size);
      if (await isRed(rest)) least = rest;
      else at += size;
    }
    if (size > 1) size >>= 1;
    else if (least.length === before) break;
  }
  return least;
}
