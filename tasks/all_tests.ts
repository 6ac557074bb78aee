/**
 * Everything that must hold before a change lands: set-up, format, lint, types
 * and all tests, those of the rooms that measure time once more over a clock that
 * jumps. Ends with how many passed and failed.
 *
 * @module
 */
import { setUp } from "./setup.ts";

/** What runs a second time, over a wall clock that jumps. */
const OVER_JUMPS = [
  "--preload=testing/jumping_clock.ts",
  "--ignore=outputs/obs_real_test.ts", // OBS Studio has a clock of its own
  ...["access", "core", "ingest", "oauth", "outputs", "routes"],
];

/** The closing line of Deno's test runner. */
const CLOSING = /\| (\d+) passed.*?\| (\d+) failed(?:.*?\| (\d+) ignored)?/;

/** Runs a task or command of Deno; what it printed, and whether it went well. */
async function deno(...args: string[]): Promise<{ ok: boolean; text: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of child.stdout) {
    await Deno.stdout.write(part);
    text += decoder.decode(part, { stream: true });
  }
  return { ok: (await child.status).success, text };
}

await setUp();
const checks = await deno("task", "--quiet", "ok");
const build = await deno("task", "--quiet", "build");
const runs = [await deno("test", "-A", ...Deno.args)];
if (Deno.args.length === 0) runs.push(await deno("test", "-A", ...OVER_JUMPS));
let [passed, failed, ignored] = [0, 0, 0];
let broken = Number(!checks.ok) + Number(!build.ok);
for (const { ok, text } of runs) {
  const [, good = 0, bad = 0, skipped = 0] = (CLOSING.exec(text) ?? [])
    .map(Number);
  passed += good;
  failed += bad;
  ignored += skipped;
  broken += Number(!ok && bad === 0);
}
console.log(
  `${passed} passed, ${failed + broken} failed` +
    (ignored > 0 ? `, ${ignored} skipped` : ""),
);
Deno.exit(failed + broken === 0 && passed > 0 ? 0 : 1);
