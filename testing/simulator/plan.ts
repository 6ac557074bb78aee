/**
 * What happens in an evening, as data: steps, each with a seed of its own, so
 * that some can be left out while the others stay what they are. That is how a
 * red evening shrinks.
 *
 * @module
 */
import { createSeeded } from "@/core/seeded.ts";
import { type StepName, STEPS } from "./steps.ts";

/**
 * How an evening begins: one process, or two of which one leads; a `line` is the
 * way to TikTok alone.
 */
export const KINDS = ["one", "two", "line"] as const;
/** One of them. */
export type Kind = typeof KINDS[number];

/** A step of a plan: what it does, its own chance, and how long after it. */
export interface Step {
  does: StepName | Weather | Kind;
  seed: number;
  /** Ms that pass after it. */
  ms: number;
}

/** What becomes of the way to TikTok: how often, against the others. */
export const WEATHERS = {
  well: 4,
  down: 1,
  slow: 1,
  silent: 1,
  shaky: 1,
  garbled: 1,
  busy: 3,
  cut: 2,
  numb: 2,
  over: 1,
  next: 1,
};
/** One of it. */
export type Weather = keyof typeof WEATHERS;

/** Of so many seeds one is an evening of two processes, and one a line. */
const EVERY = { two: 3, line: 7 };

/** The plan of an evening; the same seed gives the same one. */
export function planOf(seed: number): Step[] {
  const chance = createSeeded(seed);
  if (seed % EVERY.line === 0) return lineOf(chance);
  const step = stepsOf(chance, (far) => far ? 4_000 : 200);
  const pick = pickerOf(chance, weightsOf());
  const length = chance.between(150, 400);
  return [
    step(seed % EVERY.two === 0 ? "two" : "one"),
    step("new"),
    ...Array.from({ length }, () => step(pick())),
  ];
}

type Chance = ReturnType<typeof createSeeded>;

function lineOf(chance: Chance): Step[] {
  const step = stepsOf(chance, (far) => far ? 240_000 : 60_000);
  const pick = pickerOf(chance, WEATHERS);
  return [step("line"), ...Array.from({ length: 60 }, () => step(pick()))];
}

function stepsOf(chance: Chance, most: (far: boolean) => number) {
  return (does: Step["does"]): Step => ({
    does,
    seed: chance.between(0, 2 ** 31),
    ms: chance.between(0, most(chance.next() >= 0.7)),
  });
}

function weightsOf(): Record<StepName, number> {
  const steps = Object.entries(STEPS).map(([name, { weight }]) =>
    [name, weight] as const
  );
  return Object.fromEntries(steps) as Record<StepName, number>;
}

/** Picks names as often as they weigh. */
function pickerOf<T extends string>(
  chance: Chance,
  weights: Record<T, number>,
): () => T {
  const names = Object.entries(weights) as [T, number][];
  const total = names.reduce((sum, [, weight]) => sum + weight, 0);
  return () => {
    let at = chance.next() * total;
    return names.find(([, weight]) => (at -= weight) < 0)![0];
  };
}

/** A plan is played so often to make it smaller: some 20 s. */
const MOST_TRIES = 400;

/**
 * The smallest plan found that is still red: halves are left out first, then
 * quarters, down to single steps. Its first step stays.
 */
export async function shrink(
  plan: Step[],
  isRed: (plan: Step[]) => Promise<boolean>,
): Promise<Step[]> {
  let least = plan;
  let tries = 0;
  for (let size = plan.length >> 1; size >= 1 && tries < MOST_TRIES;) {
    const before = least.length;
    for (let at = 1; at < least.length && tries < MOST_TRIES; tries++) {
      const rest = least.toSpliced(at, size);
      if (await isRed(rest)) least = rest;
      else at += size;
    }
    if (size > 1) size >>= 1;
    else if (least.length === before) break;
  }
  return least;
}
