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
  const counts = createCounts();
  const know = (name: string, session: string) => {
    if (!sessions.has(name)) counts.add(session, 1);
    sessions.set(name, session);
  };
  await Deno.mkdir(folder, { recursive: true, mode: FOLDER });
  for await (const { name: session, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) continue;
    for await (const { name } of Deno.readDir(join(folder, session))) {
      if (SAFE.test(name)) know(name, session);
    }
  }
  return {
    has: (name) => sessions.has(name),
    count: counts.of,
    async put(session, name, bytes) {
      if (!SAFE.test(session) || !SAFE.test(name)) return;
      const own = { recursive: true, mode: FOLDER };
      await Deno.mkdir(join(folder, session), own);
      const path = join(folder, session, name);
      await Deno.writeFile(`${path}.tmp`, bytes, { mode: FILE });
      await Deno.rename(`${path}.tmp`, path); // whole, or not at all
      know(name, session);
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
      counts.forget(session);
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
  const counts = createCounts();
  let size = 0;
  return {
    has: (name) => kept.has(name),
    count: counts.of,
    put(session, name, bytes) {
      if (kept.has(name)) return Promise.resolve();
      kept.set(name, { session, bytes });
      counts.add(session, 1);
      size += bytes.length;
      for (const [oldest, { session, bytes }] of kept) {
        if (size <= MOST_IN_MEMORY) break;
        kept.delete(oldest);
        counts.add(session, -1);
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
      counts.forget(session);
      return Promise.resolve();
    },
  };
}

/** How many of something each session has: asked for with every frame. */
function createCounts() {
  const counts = new Map<string, number>();
  const of = (session: string) => counts.get(session) ?? 0;
  return {
    of,
    add: (session: string, n: number) =>
      void counts.set(session, of(session) + n),
    forget: (session: string) => void counts.delete(session),
  };
}

async function readFile(path: string): Promise<Bytes | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
