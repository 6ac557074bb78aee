/**
 * Whether a database's file is there and can be read, looked at from beside:
 * Deno KV ends the whole process where it meets damage in the pages that it
 * looks through by itself, and writes on into a file that was removed.
 *
 * @see {@link https://github.com/denoland/denokv/blob/main/sqlite/lib.rs}
 * @module
 */
import { DatabaseSync } from "node:sqlite";

/** Up to this size a file is read through when it is opened: half a second. */
const READ_THROUGH_BYTES = 512 * 1024 * 1024;
/** Rows looked at of those that Deno KV removes next. */
const EXPIRING = 1_000;

/** What Deno KV looks through by itself, and what all else hangs on. */
const LOOKS = [
  "SELECT count(*) FROM sqlite_master",
  "SELECT max(version) FROM data_version",
  "SELECT max(length(data)) FROM queue",
  "SELECT max(length(data)) FROM queue_running",
  `SELECT max(length(v)) FROM (
    SELECT v FROM kv WHERE expiration_ms >= 0
    ORDER BY expiration_ms LIMIT ${EXPIRING}
  )`,
  "SELECT k FROM kv ORDER BY k LIMIT 1",
  "SELECT k FROM kv ORDER BY k DESC LIMIT 1",
];

/** A file as it was when it was opened. */
export interface KnownFile {
  path: string;
  /** Its number on its disk, where the system has such numbers. */
  inode: number | null;
}

/**
 * Looks at a database that is about to be opened.
 *
 * @returns Whether it is empty although it was there.
 * @throws {Error} If it is no database or damaged.
 */
export async function lookBefore(path: string): Promise<{ empty: boolean }> {
  const size = await sizeOf(path);
  if (size === null) return { empty: false };
  // What is not in the file yet may be in the log beside it.
  if (size === 0) return { empty: !await sizeOf(`${path}-wal`) };
  inDatabase(path, (database) => {
    if (size > READ_THROUGH_BYTES) return look(database);
    const [row] = database.prepare("PRAGMA quick_check(1)").all();
    const said = String(Object.values(row ?? {})[0]);
    if (said !== "ok") throw new Error(`malformed: ${said}`);
  });
  return { empty: false };
}

/** The file that was opened, to be known again. */
export async function knownFile(path: string): Promise<KnownFile> {
  return { path, inode: (await Deno.stat(path)).ino };
}

/**
 * Looks whether an open database's file is still that file, and whole where
 * Deno KV would look.
 *
 * @param touch Writes something into the open database.
 * @throws {Error} If it was removed, replaced or damaged.
 */
export async function lookAgain(
  { path, inode }: KnownFile,
  touch: () => Promise<void>,
): Promise<void> {
  const now = await statOf(path);
  // On some disks of a network a file's number changes, so that is no proof.
  const isSame = now && (now.ino === inode || await isWritten(path, touch));
  if (!isSame) throw new Error("the file was removed");
  inDatabase(path, look);
}

/** Whether what is written into the open database arrives at this path. */
async function isWritten(
  path: string,
  touch: () => Promise<void>,
): Promise<boolean> {
  const before = versionAt(path);
  await touch();
  return before !== null && before !== versionAt(path);
}

/** What grows with every commit; null where there is no such database. */
function versionAt(path: string): unknown {
  try {
    return inDatabase(path, (database) =>
      Object.values(
        database.prepare("SELECT max(version) FROM data_version").get() ?? {},
      )[0] ?? null);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Whether an error says that the file itself is no longer a database. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error &&
    /malformed|not a database/i.test(error.message);
}

function look(database: DatabaseSync): void {
  for (const query of LOOKS) database.prepare(query).all();
}

function inDatabase<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

async function statOf(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await statOf(path);
  if (found?.isDirectory) throw new Error("is a directory");
  return found?.size ?? null;
}
