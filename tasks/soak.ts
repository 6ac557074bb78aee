/**
 * Plants faults for the simulator to find, plays a thousand evenings, and then
 * kills and freezes real processes, and changes real frames, for as long as one
 * likes: the long forms of tests of which the suite has a short one. Ends at the
 * first that is red, with the line that shows it again.
 *
 * ```sh
 * deno task soak --minutes 60 --seed 1
 * ```
 *
 * @module
 */
import { TEST_CONFIG } from "./test_config.ts";
import { parseArgs } from "node:util";
import { setUp } from "./setup.ts";

/** What dies and freezes: the more `CHAOS_KILLS`, the longer. */
const KILLED = [
  "testing/evenings/takeover_test.ts",
  "testing/evenings/main_test.ts",
  "stores/kv_kill_test.ts",
];
/** Kills of a round in the long form, of each process that can be killed. */
const MOST_KILLS = 20;
const MINUTE_MS = 60_000;

/** Runs Deno in sight; whether it was well. */
async function well(
  args: string[],
  env: Record<string, string>,
): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { PROJECT_IS_BUILT: "1", ...env },
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return success;
}

/** A round with a seed; the first command that is red, as one would type it. */
async function round(seed: number, minutes: number): Promise<string | null> {
  const kills = Math.max(2, Math.min(MOST_KILLS, Math.round(minutes * 2)));
  const env = { CHAOS_KILLS: String(kills), CHAOS_SEED: String(seed) };
  for (const file of KILLED) {
    const args = ["test", "--config", TEST_CONFIG, "-A", "--no-check", file];
    if (await well(args, env)) continue;
    return `CHAOS_KILLS=${kills} CHAOS_SEED=${seed} deno test -c ${TEST_CONFIG} -A ${file}`;
  }
  const frames = [
    ...["run", "-A", "testing/mutated_run.ts", "--seed", String(seed)],
    ...["--minutes", String(Math.min(1, minutes / 4))],
  ];
  return await well(frames, {}) ? null : `deno ${frames.join(" ")}`;
}

/** Runs one of the simulator's; the process ends where it is red. */
async function simulator(file: string, ...args: string[]) {
  const run = [
    ...["run", "-A", "--config", TEST_CONFIG, "--no-check"],
    ...[`testing/simulator/${file}`, ...args],
  ];
  if (await well(run, {})) return;
  console.log(`Red: deno ${run.join(" ")}`);
  Deno.exit(1);
}

/** A positive number of the arguments. */
function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  console.error(`Cannot use --${name}: it must be above 0, not "${text}"`);
  Deno.exit(2);
}

const { values } = parseArgs({
  args: Deno.args,
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});
const minutes = numberOf("minutes", values.minutes);
const first = numberOf("seed", values.seed);
const end = performance.now() + minutes * MINUTE_MS;

await setUp();
await simulator("plant.ts");
await simulator(
  "simulate.ts",
  "--seeds",
  "1000",
  "--from",
  String(Math.ceil(first)),
);
if (!await well(["task", "--quiet", "build"], {})) Deno.exit(1);
const certificates = [
  ...["test", "--config", TEST_CONFIG, "-A", "--no-check"],
  "ingest/past/certificate_test.ts",
];
if (!await well(certificates, { CERTIFICATES: "1000" })) Deno.exit(1);
let rounds = 0;
do {
  const left = (end - performance.now()) / MINUTE_MS;
  const red = await round(first + rounds, Math.max(0, left));
  rounds++;
  if (red !== null) {
    console.log(`Red in round ${rounds}. Again: ${red}`);
    Deno.exit(1);
  }
} while (performance.now() < end);
console.log(`${rounds} rounds, none red`);
