/**
 * Locks of a data folder. They die with their process, however it ends.
 *
 * @module
 */

/** Locked as long as a process has the folder open; its content says nothing. */
export const STORE_LOCK = "store.lock";

/** Locks a file until it is closed; null if another process has locked it. */
export async function lockFile(path: string): Promise<Deno.FsFile | null> {
  const options = { create: true, read: true, write: true };
  const file = await Deno.open(path, options);
  if (await file.tryLock(true)) return file;
  file.close();
  return null;
}
