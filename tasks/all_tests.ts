/**
 * Everything that must hold before a change lands: set-up, format, lint, types
 * and all tests, those of the rooms that measure time once more over a clock
 * that jumps. Ends with the ten slowest files and how many tests passed and
 * failed.
 *
 * Most tests wait: for a browser, a timer, another process. So files run side
 * by side, two more than there are processors; what watches pictures move, or
 * seconds, has the machine for itself at the end.
 *
 * @module
 */
import { setUp } from "./setup.ts";
import { TEST_CONFIG, writeTestConfig } from "./test_config.ts";

/** The closing line of Deno's test runner. */
const CLOSING = /\| (\d+) passed.*?\| (\d+) failed(?:.*?\| (\d+) ignored)?/;
/** What takes longest begins early, so that nothing waits for it at the end. */
const FIRST = ["islands/shared_stream_test.ts"];
/**
 * What runs a second time, over a wall clock that jumps: all that measures or
 * waits, so many at a time as belong together. `core` never asks for the time.
 */
const OVER_JUMPS = [
  ["ingest/desk"],
  ["redis/bus_test.ts", "redis/bus_flow_test.ts"],
  ["routes"],
  ["ingest/tiktok"],
  ["access", "ingest/past", "ingest/simulated", "outputs"],
];
/**
 * What looks at moving pictures, or holds the program to the seconds that a
 * take-over may last, needs the machine for itself, once.
 */
const ALONE = [
  "testing/evenings/takeover_test.ts",
  "testing/evenings/pages_zero_test.ts",
  "islands/overlay_test.ts",
  "islands/overlay_browsers_test.ts",
  "outputs/obs_real_test.ts",
];

/** What tests need and the program does not is in a file of its own. */
const WITH = ["--config", TEST_CONFIG];

/** A run of Deno that has ended. */
interface Run {
  name: string;
  ok: boolean;
  text: string;
  seconds: number;
}

/** Runs Deno, and prints what it said once it is over. */
async function deno(name: string, ...args: string[]): Promise<Run> {
  const begun = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", PROJECT_IS_BUILT: "1" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const [text, errors] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  console.log(`${text}${success ? "" : errors}`.trimEnd());
  const seconds = (performance.now() - begun) / 1_000;
  return { name, ok: success, text: text!, seconds };
}

// Types are checked once for the whole tree, by `deno task ok`.
const test = (name: string, ...what: string[]) => () =>
  deno(name, "test", ...WITH, "-A", "--no-check", ...what);
const testFile = (file: string) => test(file, file);
const overJumps = (name: string, files: string[]) =>
  test(
    `over a clock that jumps: ${name}`,
    "--preload=testing/jumping_clock.ts",
    ...files,
  );

/** Runs tests, so many of the runs at a time. */
async function inLanes(
  waiting: (() => Promise<Run>)[],
  lanes: number,
): Promise<Run[]> {
  const runs: Run[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      runs.push(await next());
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return runs;
}

/** Every file of tests, as git knows them or would. */
async function testFiles(): Promise<string[]> {
  const files: string[] = [];
  const visit = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(folder || ".")) {
      if (/^(\.|_fresh$|data$|dist$|node_modules$)/.test(name)) continue;
      if (isDirectory) await visit(`${folder}${name}/`);
      else if (/_test\.tsx?$/.test(name)) files.push(folder + name);
    }
  };
  await visit("");
  return files.sort();
}

/** Format, lint and types. */
const check = () => deno("checks", "task", "--quiet", "ok");

/** Checks, and tests what was asked for, or all. */
async function testAll(asked: string[]): Promise<Run[]> {
  if (asked.length > 0) {
    return [
      await check(),
      await deno("tests", "test", ...WITH, "-A", ...asked),
    ];
  }
  const apart = [...FIRST, ...ALONE];
  const files = await testFiles();
  const others = files.filter((file) => !apart.includes(file));
  const lanes = navigator.hardwareConcurrency + 2;
  return [
    ...await inLanes([
      check,
      ...FIRST.map(testFile),
      ...OVER_JUMPS.map((what) =>
        overJumps(
          what[0]!,
          others.filter((file) => what.some((some) => file.startsWith(some))),
        )
      ),
      ...others.map(testFile),
    ], lanes),
    ...await inLanes(ALONE.map(testFile), 1),
  ];
}

/** Passed, failed and ignored tests; a run that broke off is a failure. */
function countsOf({ ok, text }: Run): [number, number, number] {
  const [, passed = 0, failed = 0, ignored = 0] = (CLOSING.exec(text) ?? [])
    .map(Number);
  return [passed, failed + Number(!ok && failed === 0), ignored];
}

/** What a run says of what went wrong, told again where one looks for it. */
function faultsIn(text: string): string {
  const at = text.indexOf("\n ERRORS");
  const said = at < 0 ? text.split("\n").slice(-40).join("\n") : text.slice(at);
  return said.trim().slice(0, 4_000);
}

await setUp();
await writeTestConfig();
const build = await deno("build", "task", "--quiet", "build");
const runs = [build, ...await testAll(Deno.args)];
for (const { name, ok, text } of runs) {
  if (!ok) console.log(`FAILED: ${name}\n${faultsIn(text)}`);
}
console.log("Slowest runs:");
for (
  const { name, seconds } of runs.toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
) {
  console.log(`  ${seconds.toFixed(0).padStart(4)} s  ${name}`);
}
const counts = runs.map(countsOf);
const sum = (i: 0 | 1 | 2) => counts.reduce((so, each) => so + each[i], 0);
const failed = sum(1);
const ignored = sum(2);
console.log(
  `${sum(0)} passed, ${failed} failed` +
    (ignored > 0 ? `, ${ignored} skipped` : ""),
);
Deno.exit(failed === 0 && sum(0) > 0 ? 0 : 1);
