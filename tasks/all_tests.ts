/**
 * Everything that must hold before a change lands: set-up, format, lint, types
 * and all tests. Ends with how many passed and failed.
 *
 * @module
 */
import { setUp } from "./setup.ts";

/** The closing line of Deno's test runner. */
const CLOSING = /\| (\d+) passed.*?\| (\d+) failed(?:.*?\| (\d+) ignored)?/;
/** What looks at moving pictures, and needs the machine for itself. */
const ALONE = ["islands/overlay_test.ts", "islands/overlay_browsers_test.ts"];

/** What a run of Deno printed, and whether it went well. */
interface Run {
  ok: boolean;
  text: string;
}

/** Runs a task or command of Deno. */
async function deno(...args: string[]): Promise<Run> {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", PROJECT_IS_BUILT: "1" },
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

/** The tests that were asked for, or all, side by side where they may be. */
async function test(asked: string[]): Promise<Run[]> {
  if (asked.length > 0) return [await deno("test", "-A", ...asked)];
  return [
    await deno("test", "-A", ...ALONE),
    await deno("test", "-A", "--parallel", `--ignore=${ALONE.join()}`),
  ];
}

/** Passed, failed and ignored tests; a run that broke off is a failure. */
function count({ ok, text }: Run): [number, number, number] {
  const [, passed = 0, failed = 0, ignored = 0] = (CLOSING.exec(text) ?? [])
    .map(Number);
  return [passed, failed + Number(!ok && failed === 0), ignored];
}

await setUp();
const checks = await deno("task", "--quiet", "ok");
const build = await deno("task", "--quiet", "build");
const tests = await test(Deno.args);
const counts = tests.map(count);
const sum = (i: number) => counts.reduce((so, each) => so + each[i]!, 0);
const passed = sum(0);
const failed = sum(1) + Number(!checks.ok) + Number(!build.ok);
const ignored = sum(2);
console.log(
  `${passed} passed, ${failed} failed` +
    (ignored > 0 ? `, ${ignored} skipped` : ""),
);
Deno.exit(failed === 0 && passed > 0 ? 0 : 1);
