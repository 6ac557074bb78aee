/**
 * Everything that must hold before a change lands: set-up, format, lint, types
 * and all tests. Ends with how many passed and failed.
 *
 * @module
 */
import { setUp } from "./setup.ts";

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
const tests = await deno("test", "-A", ...Deno.args);
const [, passed = 0, failed = 0, ignored = 0] = (CLOSING.exec(tests.text) ?? [])
  .map(Number);
const broken = Number(!checks.ok) + Number(!build.ok) +
  Number(!tests.ok && failed === 0);
console.log(
  `${passed} passed, ${failed + broken} failed` +
    (ignored > 0 ? `, ${ignored} skipped` : ""),
);
Deno.exit(checks.ok && build.ok && tests.ok && passed > 0 ? 0 : 1);
