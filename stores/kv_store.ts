/**
 * A data folder: Deno KV in a file, and a lock that dies with its process.
 *
 * @module
 */
import { AwayError } from "../core/desk.ts";
import type { Store } from "../core/ports.ts";
import { claimVersion } from "./data_version.ts";
import { lockFile, STORE_LOCK } from "./folder_lock.ts";
import { commit } from "./kv_commit.ts";
import {
  isDamage,
  type KnownFile,
  knownFile,
  lookAgain,
  lookBefore,
} from "./kv_file.ts";
import { type Archive, kvLog } from "./kv_log.ts";
import { kvRooms } from "./kv_rooms.ts";
import { kvSessions } from "./kv_sessions.ts";
import { closeFolder } from "./private_folder.ts";
import { cannot, reasonOf } from "./why.ts";

/** The database's name in its folder. */
const DATABASE = "store.sqlite";

/** A store in Deno KV, which can also be the archive of another. */
export type KvStore = Store & Archive;

/** All that one process keeps, in an open Deno KV. */
export function kvStore(kv: Deno.Kv): KvStore {
  const ledgers = kvLog(kv);
  const sessions = kvSessions(kv);
  return {
    ...ledgers,
    ...sessions,
    ...kvRooms(kv),
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
 * @param warn Told in a sentence what others on the machine still may open, and
 * where a game may be missing.
 * @throws {Error} `Cannot open the data folder <path>: <why>`.
 */
export async function openKvStore(
  path: string,
  warn: (line: string) => void = () => {},
): Promise<KvStore> {
  const file = `${path}/${DATABASE}`;
  let lock: Deno.FsFile | undefined;
  let kv: Deno.Kv | undefined;
  try {
    await closeFolder(path);
    lock = await lockFolder(path);
    const { empty } = await lookBefore(file);
    if (empty) warn(wasEmpty(file));
    kv = await Deno.openKv(file);
    await claimVersion(kv);
    await touch(kv); // finds a full or a read-only disk now
    // The database has made its files meanwhile.
    const open = await closeFolder(path);
    if (open.length > 0) {
      warn(`Others on this machine may read ${open[0]}: it cannot be closed`);
    }
    return inFolder(kvStore(kv), path, await knownFile(file), lock);
  } catch (error) {
    kv?.close();
    lock?.close();
    throw cannot(`open the data folder ${path}`, error);
  }
}

function wasEmpty(file: string): string {
  return `${file} was there and empty, so this begins as new. If there were games, stop the program and put a copy of that file back`;
}

async function touch(kv: Deno.Kv): Promise<void> {
  await commit(kv.atomic().set(["checked"], Date.now()));
}

/** Locks a data folder until the file is closed. @throws {Error} If it is. */
export async function lockFolder(path: string): Promise<Deno.FsFile> {
  const lock = await lockFile(`${path}/${STORE_LOCK}`);
  if (lock !== null) return lock;
  throw new Error("another process is using it; end that one first");
}

/** The store of a folder, which says what has become of it. */
function inFolder(
  store: KvStore,
  path: string,
  file: KnownFile,
  lock: Deno.FsFile,
): KvStore {
  let broken: Error | null = null;
  let isClosed = false;
  const close = () => {
    if (!isClosed) store.close();
    isClosed = true;
  };
  const inspect = async () => {
    if (isClosed && broken) throw broken;
    try {
      await lookAgain(file, store.check);
      broken = null;
    } catch (error) {
      broken = cannot(`use the data folder ${path}`, error);
      // Deno KV would end the whole process at its next look.
      if (isDamage(error)) close();
      throw broken;
    }
  };
  return {
    ...saidInWords(store, () => broken),
    inspect,
    async check() {
      await inspect();
      await store.check();
    },
    close() {
      close();
      lock.close(); // unlocks it too
    },
  };
}

/** The same store, whose errors say why in words. */
function saidInWords(store: KvStore, broken: () => Error | null): KvStore {
  const mend = (error: unknown) =>
    broken() ??
      (error instanceof AwayError || reasonOf(error) === null
        ? error
        : cannot("use the data folder", error));
  const said =
    <A extends unknown[], T>(ask: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const why = broken();
      if (why) throw why;
      try {
        return await ask(...args);
      } catch (error) {
        throw mend(error);
      }
    };
  async function* read(id: string, after?: number) {
    const why = broken();
    if (why) throw why;
    try {
      yield* store.read(id, after);
    } catch (error) {
      throw mend(error);
    }
  }
  return {
    ...store,
    read,
    append: said(store.append),
    archive: said(store.archive),
    head: said(store.head),
    comments: said(store.comments),
    saveSnapshot: said(store.saveSnapshot),
    snapshot: said(store.snapshot),
    streamed: said(store.streamed),
    markStreamed: said(store.markStreamed),
    listSessions: said(store.listSessions),
    session: said(store.session),
    putSession: said(store.putSession),
    purgeSession: said(store.purgeSession),
    answer: said(store.answer),
    putAnswer: said(store.putAnswer),
    document: said(store.document),
    putDocument: said(store.putDocument),
  };
}
