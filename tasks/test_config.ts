/**
 * Writes `deno.test.json`: `deno.json` with what tests, benches and pictures
 * need besides, which whoever only runs the program need not load. Never edit
 * it by hand: `deno task test:config` makes it anew.
 *
 * @module
 */
const at = (path: string) => new URL(`../${path}`, import.meta.url);

/** What tests have and the program has not. */
const MORE = at("testing/imports.json");
/** The file that is written. */
export const TEST_CONFIG = "deno.test.json";

/** The text of the file, as it should be. */
export async function testConfig(): Promise<string> {
  const config = JSON.parse(await Deno.readTextFile(at("deno.json")));
  const { imports } = JSON.parse(await Deno.readTextFile(MORE));
  const { tasks: _, ...rest } = config;
  return JSON.stringify(
    {
      ...rest,
      lock: { ...config.lock, path: "deno.test.lock" },
      imports: { ...config.imports, ...imports },
    },
    null,
    2,
  ) + "\n";
}

/** Writes it, where it is not what it should be. */
export async function writeTestConfig(): Promise<void> {
  const text = await testConfig();
  const now = await Deno.readTextFile(at(TEST_CONFIG)).catch(() => "");
  if (text !== now) await Deno.writeTextFile(at(TEST_CONFIG), text);
}

if (import.meta.main) await writeTestConfig();
