/**
 * The program's own source as an archive: whoever uses it over a network is
 * offered what the licence (AGPL-3.0, section 13) promises, changes included,
 * wherever it runs.
 *
 * @module
 */
import { packTar } from "modern-tar";

/** What belongs to the source; nothing else of the folder leaves the machine. */
const FOLDERS = [
  ...["access", "components", "core", "docs", "fresh", "ingest", "islands"],
  ...["locales", "outputs", "redis", "routes", "server", "static", "stores"],
  ...["tasks", "testing", ".ci", ".github"],
];
const FILES =
  /^(LICENSE|(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING)\.md|\w+(\.\w+)*\.ts|deno(\.test)?\.(json|lock)|Dockerfile|compose\.yaml|\.editorconfig|\.(git|docker)ignore)$/;

/** Folder that everything is in once unpacked. */
const INSIDE = "tiktok-live-support";
/** The time of every file: of equal sources there is one archive. */
const TIME = new Date("2000-01-01T00:00:00Z");

/** The source's archive beside a program that was bundled of it. */
export const SHIPPED = "source.tar.gz";
/** What is there where the program runs from its source. */
const ENTRY = "main.ts";

/**
 * Gives a tar of the source, compressed with gzip. It is packed when it is
 * first asked for, and once: strangers may ask as often as they like, and
 * packing takes the game's own time. What was bundled has been packed before.
 */
export function sourceArchive(root: URL): () => Promise<Blob> {
  let packed: Promise<Blob> | undefined;
  return () => packed ??= archiveIn(root);
}

async function archiveIn(root: URL): Promise<Blob> {
  const names = Array.from(Deno.readDirSync(root), ({ name }) => name);
  if (names.includes(ENTRY)) return await pack(root);
  return new Blob([await Deno.readFile(new URL(SHIPPED, root))]);
}

async function pack(root: URL): Promise<Blob> {
  const entries = await Array.fromAsync(sourceFiles(root), async (path) => {
    const body = await Deno.readFile(new URL(encodePath(path), root));
    const name = `${INSIDE}/${path}`;
    return { header: { name, size: body.length, mtime: TIME }, body };
  });
  const tar = new Blob([await packTar(entries)]);
  const packed = tar.stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(packed).blob();
}

/** Paths of the source, relative to its folder, in order. */
async function* sourceFiles(root: URL): AsyncGenerator<string> {
  for (const entry of await sorted(root)) {
    if (entry.isFile && FILES.test(entry.name)) yield entry.name;
    if (entry.isDirectory && FOLDERS.includes(entry.name)) {
      yield* filesIn(root, `${entry.name}/`);
    }
  }
}

async function* filesIn(root: URL, path: string): AsyncGenerator<string> {
  for (const entry of await sorted(new URL(encodePath(path), root))) {
    if (entry.name.startsWith(".")) continue; // a machine's, not the project's
    if (entry.isDirectory) yield* filesIn(root, `${path}${entry.name}/`);
    else if (entry.isFile) yield path + entry.name; // a link may lead anywhere
  }
}

async function sorted(folder: URL): Promise<Deno.DirEntry[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.sort((a, b) => a.name < b.name ? -1 : 1);
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
