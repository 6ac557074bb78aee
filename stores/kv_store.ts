/**
 * A data folder: Deno KV in a file, and a lock that dies with its process.
 *
 * @module
 */
import type { Store } from "../core/ports.ts";
import { commit } from "./kv_commit.ts";
import { type Archive, kvLog } from "./kv_log.ts";
import { kvSessions } from "./kv_sessions.ts";
import { closeFolder } from "./private_folder.ts";
import { cannot } from "./why.ts";

/** The database's name in its folder. */
const DATABASE = "store.sqlite";
/** Locked as long as a process has the folder open; its content says nothing. */
const LOCK = "store.lock";

/** A store in Deno KV, which can also be the archive of another. */
export type KvStore = Store & Archive;

/** All that one process keeps, in an open Deno KV. */
export function kvStore(kv: Deno.Kv): KvStore {
  const ledgers = kvLog(kv);
  const sessions = kvSessions(kv);
  return {
    ...ledgers,
    ...sessions,
    async purgeSession(id) {
      try {
        await sessions.purgeSession(id);
      } finally {
        ledgers.forgetEnd(id);
      }
    },
    async check() {
      try {
        await touch(kv);
      } catch (error) {
        throw cannot("write to the store", error);
      }
    },
    close: () => kv.close(),
  };
}

/**
 * Opens the store in a folder, which is made where it is missing, and closed to
 * everybody else. One process at a time: a second one is told so. When the
 * first ends in any way, its lock is gone.
 *
 * @param warn Told in a sentence what others on the machine still may open.
 * @throws {Error} `Cannot open the data folder <path>: <why>`.
 */
export async function openKvStore(
  path: string,
  warn: (line: string) => void = () => {},
): Promise<KvStore> {
  let lock: Deno.FsFile | undefined;
  let kv: Deno.Kv | undefined;
  try {
    await closeFolder(path);
    lock = await lockFolder(path);
    kv = await Deno.openKv(`${path}/${DATABASE}`);
    await touch(kv); // finds a full or a read-only disk now
    // The database has made its files meanwhile.
    const open = await closeFolder(path);
    if (open.length > 0) {
      warn(`Others on this machine may read ${open[0]}: it cannot be closed`);
    }
  } catch (error) {
    kv?.close();
    lock?.close();
    throw cannot(`open the data folder ${path}`, error);
  }
  return withLock(kvStore(kv), lock);
}

async function touch(kv: Deno.Kv): Promise<void> {
  await commit(kv.atomic().set(["checked"], Date.now()));
}

/** Locks a data folder until the file is closed. @throws {Error} If it is. */
export async function lockFolder(path: string): Promise<Deno.FsFile> {
  const options = { create: true, read: true, write: true };
  const file = await Deno.open(`${path}/${LOCK}`, options);
  if (await file.tryLock(true)) return file;
  file.close();
  throw new Error("another process is using it; end that one first");
}

function withLock(store: KvStore, lock: Deno.FsFile): KvStore {
  return {
    ...store,
    close() {
      store.close();
      lock.close(); // unlocks it too
    },
  };
}
