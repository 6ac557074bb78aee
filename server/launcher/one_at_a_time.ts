/**
 * One program for a data folder: whoever starts a second one is shown the
 * first.
 *
 * @module
 */
import { lockFile, STORE_LOCK } from "@/stores/folder_lock.ts";
import { answers, comesTrue } from "./health.ts";
import { CannotStart } from "./say.ts";

/** Locked as long as a launcher looks after the folder. */
const LOCK = "launcher.lock";
/** Where the program of the folder is reached. */
const ADDRESS = "launcher.address";
/** The first may still be starting, over a large evening. */
const LONGEST_MS = 60_000;

/** A data folder that is this process's own. */
export interface Place {
  /** Says where it is reached, for whoever starts a second one. */
  tell(home: string): Promise<void>;
  /** Gives it back. */
  leave(): Promise<void>;
}

/** Takes a data folder; null if a program is in it already. */
export async function takePlace(folder: string): Promise<Place | null> {
  const lock = await lockFile(`${folder}/${LOCK}`);
  if (lock === null) return null;
  // What a killed launcher has started may live on without it.
  const store = await lockFile(`${folder}/${STORE_LOCK}`);
  if (store === null) {
    lock.close();
    return null;
  }
  store.close();
  const forget = () => removeIfThere(`${folder}/${ADDRESS}`);
  await forget();
  return {
    tell: (home) => Deno.writeTextFile(`${folder}/${ADDRESS}`, home),
    async leave() {
      await forget();
      lock.close();
    },
  };
}

/**
 * Where the program of a folder is reached, once it answers.
 *
 * @throws {CannotStart} If it does not.
 */
export async function addressOfFirst(
  folder: string,
  longestMs: number = LONGEST_MS,
): Promise<string> {
  let home: string | null = null;
  const isThere = async () => {
    home = await readIfThere(`${folder}/${ADDRESS}`);
    return home !== null && await answers(home);
  };
  if (await comesTrue(isThere, longestMs) && home !== null) return home;
  throw new CannotStart((texts) => texts.noAnswer);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
