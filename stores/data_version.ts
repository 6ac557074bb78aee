/**
 * Which program a data folder was last written by, so that an older one does
 * not read what it cannot know.
 *
 * @module
 */
import { commit } from "./kv_commit.ts";
import { dataVersionKey } from "./kv_keys.ts";

/**
 * Goes up with whatever an earlier program would not understand: an entry of a
 * new kind, for instance. What was written before must be understood for ever
 * (`testing/kept/`).
 */
export const DATA_VERSION = 2;

/**
 * Notes in an open database that this program writes in it from now on.
 *
 * @throws {Error} If a newer one has; nothing is written then.
 */
export async function claimVersion(
  kv: Deno.Kv,
  version: number = DATA_VERSION,
): Promise<void> {
  const { value } = await kv.get<number>(dataVersionKey);
  if (value === version) return;
  if (value !== null && value > version) {
    throw new Error(
      `a newer version of the program has written it (data ${value}, and this one knows ${version}): start that one, or the newest there is; nothing was changed`,
    );
  }
  await commit(kv.atomic().set(dataVersionKey, version));
}
