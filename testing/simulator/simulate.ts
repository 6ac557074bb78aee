/**
 * Simulated evenings, one for each seed, with faults of every kind: the disk,
 * the room, the clock and the process fail, and the host presses everything. A
 * red one is told with its last steps, and shrunk.
 *
 * ```sh
 * deno task simulate --seeds 1000
 * deno task simulate --seeds 1000 --first   # the first red one is enough
 * deno task simulate --show 17
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { whyOf } from "@/core/why.ts";
import { playEvening, type Result } from "./play.ts";
import { planOf, shrink, type Step } from "./plan.ts";
import type { Played } from "./worker.ts";

/** Lines of a red evening that are told. */
const LAST_LINES = 40;

/** An evening that takes so much real time never ends, in ms. */
const LONGEST_MS = 60_000;
/** What becomes of it. */
const ENDLESS: Result = {
  findings: [{ kind: "endless", words: "it works on and on in no time" }],
  ...{ log: [], entries: 0, digest: "" },
};

/** What many evenings came to. */
interface Tally {
  evenings: number;
  firstRed: number | null;
  red: number;
}

/** Which evenings, and whether the first red one is the last. */
interface Asked {
  from: number;
  seeds: number;
  isFirstEnough: boolean;
}

/** Plays an evening for each seed from `from` on, on all cores; tells each red one. */
async function simulate(
  { from, seeds, isFirstEnough }: Asked,
  tell: (seed: number, result: Result) => Promise<void>,
): Promise<Tally> {
  const tally: Tally = { evenings: 0, firstRed: null, red: 0 };
  let next = from;
  /** Told in order of their seeds, whichever core was first. */
  const reds = new Map<number, Result>();
  const work = async (worker: Worker) => {
    while (next < from + seeds && !(isFirstEnough && reds.size > 0)) {
      const { seed, red } = await playedBy(worker, next++);
      tally.evenings++;
      if (red) reds.set(seed, red);
      if (red !== ENDLESS) continue;
      worker.terminate();
      worker = newWorker();
    }
    worker.terminate();
  };
  const cores = Math.min(navigator.hardwareConcurrency, seeds);
  await Promise.all(Array.from({ length: cores }, () => work(newWorker())));
  for (const [seed, red] of [...reds].sort(([a], [b]) => a - b)) {
    tally.firstRed ??= seed;
    tally.red++;
    await tell(seed, red);
  }
  return tally;
}

function newWorker(): Worker {
  const address = new URL("./worker.ts", import.meta.url);
  return new Worker(address, { type: "module" });
}

function playedBy(worker: Worker, seed: number): Promise<Played> {
  return new Promise((resolve, reject) => {
    const giveUp = () => resolve({ seed, red: ENDLESS });
    const timer = setTimeout(giveUp, LONGEST_MS);
    worker.onmessage = ({ data }: MessageEvent<Played>) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(`Seed ${seed} cannot be played: ${message}`));
    };
    worker.postMessage(seed);
  });
}

/** The smallest plan that is red in the same way. */
async function smallest(seed: number, { findings }: Result): Promise<Step[]> {
  const { kind } = findings[0]!;
  return await shrink(planOf(seed), async (plan) => {
    const again = await playEvening(plan);
    return again.findings.some((one) => one.kind === kind);
  });
}

function print({ log, findings }: Result, lines = Infinity) {
  console.log(log.slice(-lines).join("\n"));
  for (const { kind, words } of findings) console.log(`${kind}: ${words}`);
}

/** Tells of a red evening: what is wrong with it, and the first one shrunk. */
async function tellRed(seed: number, result: Result, isFirst: boolean) {
  console.log(`\nSeed ${seed} is red`);
  for (const { kind, words } of result.findings.slice(0, 5)) {
    console.log(`  ${kind}: ${words}`);
  }
  if (!isFirst || result === ENDLESS) return;
  const plan = await smallest(seed, result);
  console.log(`Shrunk to ${plan.length} steps: ${JSON.stringify(plan)}`);
  print(await playEvening(plan), LAST_LINES);
}

/** A whole number from 1 of the arguments. @throws {RangeError} If it is none. */
function whole(name: string, text: string): number {
  const n = Number(text);
  if (Number.isInteger(n) && n > 0) return n;
  throw new RangeError(
    `Cannot use --${name}: it must be a whole number from 1, not "${text}"; for example --${name} 100`,
  );
}

async function main(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ seeds: text, from: text, show: text },
      first: { type: "boolean", default: false },
    },
  });
  if (values.show !== undefined) {
    const result = await playEvening(planOf(whole("show", values.show)));
    print(result);
    return result.findings.length === 0 ? 0 : 1;
  }
  const from = whole("from", values.from ?? "1");
  const seeds = whole("seeds", values.seeds ?? "100");
  const begun = performance.now();
  let told = 0;
  const { evenings, firstRed, red } = await simulate(
    { from, seeds, isFirstEnough: values.first },
    (seed, result) => tellRed(seed, result, told++ === 0),
  );
  const minutes = (performance.now() - begun) / 60_000;
  console.log(
    `${evenings} evenings, ${Math.round(evenings / minutes)} a minute, ${
      red === 0 ? "none red" : `${red} red, the first red seed is ${firstRed}`
    }`,
  );
  return red === 0 ? 0 : 1;
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    console.error(whyOf(error));
    Deno.exit(2);
  }
}
