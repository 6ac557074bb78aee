/**
 * Where pictures of viewers are kept: with their session, so that they go with
 * it. A folder for each session in the data folder, or memory where there is
 * no disk.
 *
 * @module
 */
import { join } from "node:path";

type Bytes = Uint8Array<ArrayBuffer>;

/** Keeps pictures by name. */
export interface AvatarShelf {
  has(name: string): boolean;
  /** How many a session has. */
  count(session: string): number;
  put(session: string, name: string, bytes: Bytes): Promise<void>;
  get(name: string): Promise<Bytes | null>;
  /** Removes the pictures of a session. */
  forget(session: string): Promise<void>;
}

/** Bytes that memory may hold. */
const MOST_IN_MEMORY = 64_000_000;
/** Rights of what is kept: its owner's alone. */
const FOLDER = 0o700;
const FILE = 0o600;
/** Names that may stand in a path. */
const SAFE = /^[\w-]{1,80}$/;

/** Opens the shelf in a folder; what earlier runs kept is there. */
export async function openAvatarFolder(folder: string): Promise<AvatarShelf> {
  const sessions = new Map<string, string>();
  await Deno.mkdir(folder, { recursive: true, mode: FOLDER });
  for await (const { name: session, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) continue;
    for await (const { name } of Deno.readDir(join(folder, session))) {
      if (SAFE.test(name)) sessions.set(name, session);
    }
  }
  return {
    has: (name) => sessions.has(name),
    count: (session) => countOf(sessions.values(), session),
    async put(session, name, bytes) {
      if (!SAFE.test(session) || !SAFE.test(name)) return;
      const own = { recursive: true, mode: FOLDER };
      await Deno.mkdir(join(folder, session), own);
      const path = join(folder, session, name);
      await Deno.writeFile(`${path}.tmp`, bytes, { mode: FILE });
      await Deno.rename(`${path}.tmp`, path); // whole, or not at all
      sessions.set(name, session);
    },
    async get(name) {
      const session = sessions.get(name);
      if (session === undefined) return null;
      return await readFile(join(folder, session, name));
    },
    async forget(session) {
      for (const [name, of] of sessions) {
        if (of === session) sessions.delete(name);
      }
      if (!SAFE.test(session)) return;
      try {
        await Deno.remove(join(folder, session), { recursive: true });
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    },
  };
}

/** A shelf that is empty at every start. */
export function openAvatarMemory(): AvatarShelf {
  const kept = new Map<string, { session: string; bytes: Bytes }>();
  let size = 0;
  const sessionsOf = () => [...kept.values()].map(({ session }) => session);
  return {
    has: (name) => kept.has(name),
    count: (session) => countOf(sessionsOf(), session),
    put(session, name, bytes) {
      kept.set(name, { session, bytes });
      size += bytes.length;
      for (const [oldest, { bytes }] of kept) {
        if (size <= MOST_IN_MEMORY) break;
        kept.delete(oldest);
        size -= bytes.length;
      }
      return Promise.resolve();
    },
    get: (name) => Promise.resolve(kept.get(name)?.bytes ?? null),
    forget(session) {
      for (const [name, { session: of, bytes }] of kept) {
        if (of !== session) continue;
        kept.delete(name);
        size -= bytes.length;
      }
      return Promise.resolve();
    },
  };
}

function countOf(sessions: Iterable<string>, session: string): number {
  let count = 0;
  for (const of of sessions) if (of === session) count++;
  return count;
}

async function readFile(path: string): Promise<Bytes | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
