/**
 * Archives in `dist/`: whole or not there.
 *
 * @module
 */
import { VERSION } from "@/server/identity.ts";
import { type Common, ownFiles } from "./contents.ts";
import { type Platform } from "./platforms.ts";
import { type Fetcher, runtimeOf } from "./runtime.ts";
import { type Effort, tarXz } from "./tar.ts";
import { zip } from "./zip.ts";

/** What all of them are called. */
const NAME = `tiktok-live-support-${VERSION}`;
const SUMS = "SHA256SUMS";

/** How archives are made. */
export interface Making {
  /** Where they go, and where runtimes are kept that were fetched before. */
  dist: URL;
  runtimes: URL;
  effort?: Effort;
  fetcher?: Fetcher;
}

/**
 * Makes the archive of one platform.
 *
 * @returns The name of its file.
 * @throws {Error} If anything of it cannot be had; then there is no archive.
 */
export async function makeArchive(
  platform: Platform,
  common: Common,
  { dist, runtimes, effort = 6, fetcher }: Making,
): Promise<string> {
  const runtime = await runtimeOf(platform, runtimes, fetcher);
  const files = [...common.files, ...await ownFiles(platform, runtime)];
  const bytes = platform.archive === ".zip"
    ? zip(files)
    : await tarXz(files, effort);
  const name = `${NAME}-${platform.name}${platform.archive}`;
  await writeWhole(new URL(name, dist), bytes);
  return name;
}

/** Writes the archive of the source; the name of its file. */
export async function writeSource(common: Common, dist: URL): Promise<string> {
  const name = `${NAME}-source.tar.gz`;
  await writeWhole(new URL(name, dist), common.source);
  return name;
}

/** Writes the hashes of all archives of this version that are there. */
export async function writeSums(dist: URL): Promise<void> {
  const names = Array.from(Deno.readDirSync(dist), ({ name }) => name)
    .filter((name) => name.startsWith(`${NAME}-`) && !name.endsWith(".tmp"));
  const lines: string[] = [];
  for (const name of names.sort()) {
    const bytes = await Deno.readFile(new URL(name, dist));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    lines.push(`${hash.toHex()}  ${name}\n`);
  }
  const text = new TextEncoder().encode(lines.join(""));
  await writeWhole(new URL(SUMS, dist), text);
}

/** Takes away what was made before of the same name, and the hashes with it. */
export async function forgetArchive(
  { name, archive }: Platform,
  dist: URL,
): Promise<void> {
  await removeIfThere(new URL(`${NAME}-${name}${archive}`, dist));
  await removeIfThere(new URL(SUMS, dist));
}

/** Under another name until it is whole: what is broken off is no archive. */
async function writeWhole(
  path: URL,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await Deno.mkdir(new URL("./", path), { recursive: true });
  const unfinished = new URL(`${path.href}.tmp`);
  try {
    await Deno.writeFile(unfinished, bytes);
    await Deno.rename(unfinished, path);
  } catch (error) {
    await removeIfThere(unfinished);
    throw error;
  }
}

async function removeIfThere(path: URL): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
