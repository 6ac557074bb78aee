/**
 * Puts the real Fresh in the place of `fresh/`, or back: `deno task fresh:real`
 * and `deno task fresh:local`. One line of `deno.json` decides, for the
 * program, its build and its tests.
 *
 * @module
 */
const CONFIG = new URL("../deno.json", import.meta.url);
const LINE = /^ {2}"links": \["\.\/fresh"\],\n/m;
/** What stands before that line. */
const BEFORE = /^ {2}"fmt": /m;

/** Without the link. */
function unlinked(text: string): string {
  return text.replace(LINE, "");
}

/** With the link, which may be there. */
function linked(text: string): string {
  return LINE.test(text)
    ? text
    : text.replace(BEFORE, (at) => `  "links": ["./fresh"],\n${at}`);
}

/** Whether the real Fresh can be had: asked for outside of the project. */
async function isThere(wanted: string): Promise<boolean> {
  const cwd = await Deno.makeTempDir();
  try {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["cache", "--no-config", "--no-lock", wanted],
      cwd,
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

async function run(...args: string[]): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), { args }).spawn();
  const { code } = await child.status;
  if (code !== 0) Deno.exit(code);
}

const text = await Deno.readTextFile(CONFIG);
if (Deno.args[0] === "local") {
  await Deno.writeTextFile(CONFIG, linked(text));
  console.log(
    "fresh/ stands in for Fresh again. Build and start: deno task start",
  );
} else {
  const wanted: string = JSON.parse(text).imports.fresh;
  if (!await isThere(wanted)) {
    console.error(
      `Cannot fetch ${wanted}: JSR does not answer. Nothing was changed`,
    );
    Deno.exit(1);
  }
  await Deno.writeTextFile(CONFIG, unlinked(text));
  await run("install");
  await run("task", "--quiet", "build");
  console.log(
    `${wanted} is built. Start it: deno task serve. Back: deno task fresh:local`,
  );
}
