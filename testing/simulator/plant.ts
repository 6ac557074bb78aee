/**
 * Plants faults and looks whether the simulator finds them: each patch of
 * `faults/` is put into a copy of the program, and evenings are played until one
 * is red.
 *
 * ```sh
 * deno run -A -c deno.test.json testing/simulator/plant.ts          # all of them
 * deno run -A -c deno.test.json testing/simulator/plant.ts stale_copy
 * ```
 *
 * @module
 */
import { cp } from "node:fs/promises";

/** A fault is found within so many evenings, or not at all. */
const EVENINGS = 1_000;
/** What may be patched; the rest of the copy is the project's own. */
const PATCHED = ["core", "ingest", "stores"];

const ROOT = new URL("../../", import.meta.url).pathname;
const FAULTS = new URL("./faults/", import.meta.url).pathname;

/** The names of all faults. */
export function faultNames(): string[] {
  return Array.from(Deno.readDirSync(FAULTS), ({ name }) => name)
    .filter((name) => name.endsWith(".patch"))
    .map((name) => name.slice(0, -".patch".length)).sort();
}

/**
 * A copy of the program with a fault in it.
 *
 * @throws {Error} If the patch does not fit the program any more.
 */
export async function planted(name: string): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "planted-" });
  for await (const { name } of Deno.readDir(ROOT)) {
    const to = `${folder}/${name}`;
    if (name === ".git") continue;
    if (PATCHED.includes(name)) await cp(ROOT + name, to, { recursive: true });
    else await Deno.symlink(ROOT + name, to);
  }
  const { success, stderr } = await new Deno.Command("git", {
    args: ["apply", `${FAULTS}${name}.patch`],
    cwd: folder,
  }).output();
  if (success) return folder;
  await Deno.remove(folder, { recursive: true });
  const why = new TextDecoder().decode(stderr);
  throw new Error(`Cannot plant ${name}: its patch does not fit. ${why}`);
}

/** After how many evenings a fault is found; null where it is not. */
async function foundAfter(name: string): Promise<number | null> {
  const folder = await planted(name);
  try {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--config", "deno.test.json", "--no-check"],
        ...["testing/simulator/simulate.ts", "--first"],
        ...["--seeds", String(EVENINGS)],
      ],
      cwd: folder,
      stderr: "inherit",
    }).output();
    const text = new TextDecoder().decode(stdout);
    console.log(text.split("\n").find((line) => line.startsWith("  ")) ?? "");
    const red = /first red seed is (\d+)/.exec(text);
    return red && Number(red[1]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const names = Deno.args.length > 0 ? Deno.args : faultNames();
  let missed = 0;
  for (const name of names) {
    const after = await foundAfter(name);
    console.log(`${name}: ${after ? `red at seed ${after}` : "NOT FOUND"}`);
    if (after === null) missed++;
  }
  console.log(`${names.length - missed} faults found, ${missed} missed`);
  Deno.exit(missed === 0 ? 0 : 1);
}
