/**
 * Prints the data folder that the settings name, as a permission names it: the
 * program may write there and nowhere else.
 *
 * @module
 */
/** No system takes a name of a file that is longer, and some take no path. */
const LONG = 255;

/**
 * The folder, and where it leads if it is a link, with a comma between.
 *
 * @throws {RangeError} If it has a comma itself: permissions know no such path;
 * or is longer than the system takes.
 */
export async function dataFolder(setting: string | undefined): Promise<string> {
  const folder = setting?.trim() ? setting : "./data";
  const real = await Deno.realPath(folder).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return folder; // made at the start
    const { length } = folder;
    if (length < LONG) throw error;
    throw new RangeError(
      `Cannot use DATA_DIR: its path is too long (${length} characters); for example DATA_DIR=./data`,
      { cause: error },
    );
  });
  if (folder.includes(",") || real.includes(",")) {
    throw new RangeError(
      `Cannot use DATA_DIR: its path may have no comma, not "${real}"; for example DATA_DIR=./data`,
    );
  }
  return `${folder},${real}`;
}

/** Loads what reads such a file only where there is one: every start asks. */
async function inFile(): Promise<string | undefined> {
  try {
    const text = await Deno.readTextFile(".env");
    const { parseEnv } = await import("node:util");
    return parseEnv(text).DATA_DIR;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

if (import.meta.main) {
  try {
    console.log(await dataFolder(Deno.env.get("DATA_DIR") ?? await inFile()));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    Deno.exit(1);
  }
}
