/**
 * Deno itself for each platform, as its makers give it to npm: fetched once
 * from the registry that npm is set to, and never used unless it is byte for
 * byte what is pinned.
 *
 * @module
 */
import { unpackTar } from "modern-tar";
import { type Platform, RUNTIME } from "./platforms.ts";
import { run } from "./tool.ts";

/** Gives the archive of a package of npm, such as `@deno/linux-x64-glibc`. */
export type Fetcher = (from: string) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The file that runs on a platform.
 *
 * @param folder Where archives are kept that were fetched before.
 * @throws {Error} If it cannot be had, or is not what is pinned.
 */
export async function runtimeOf(
  platform: Platform,
  folder: URL,
  fetcher: Fetcher = fetchFromNpm,
): Promise<Uint8Array<ArrayBuffer>> {
  const { deno, from } = platform;
  const archive = await archiveOf(platform, folder, fetcher);
  const unzipped = new Blob([archive]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const entries = await unpackTar(unzipped, {
    filter: ({ name }) => name === `package/${deno}`,
  });
  const [data] = entries.map((entry) => entry.data);
  if (!data) throw new Error(`Cannot package: ${from} has no file ${deno}`);
  return new Uint8Array(data);
}

async function archiveOf(
  { from, integrity }: Platform,
  folder: URL,
  fetcher: Fetcher,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = `${from.replace(/^@/, "").replace("/", "-")}-${RUNTIME}.tgz`;
  const path = new URL(name, folder);
  const kept = await readIfThere(path);
  if (kept && await integrityOf(kept) === integrity) return kept;
  const fetched = await fetcher(from);
  const found = await integrityOf(fetched);
  if (found !== integrity) {
    throw new Error(
      `Cannot package: ${from}@${RUNTIME} came with ${fetched.length} bytes and ${found}, and not as pinned with ${integrity}. It is cut off or another one; try again`,
    );
  }
  await Deno.mkdir(folder, { recursive: true });
  const unfinished = new URL(`${name}.${crypto.randomUUID()}.tmp`, folder);
  await Deno.writeFile(unfinished, fetched);
  await Deno.rename(unfinished, path);
  return fetched;
}

/** As npm writes hashes (Subresource Integrity). */
export async function integrityOf(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
  return `sha512-${hash.toBase64()}`;
}

/** Has npm fetch it, from where npm is set to fetch. */
async function fetchFromNpm(from: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await Deno.makeTempDir();
  try {
    await run(
      Deno.build.os === "windows" ? "npm.cmd" : "npm",
      ["pack", `${from}@${RUNTIME}`, "--silent", "--pack-destination", folder],
      "It comes with Node: https://nodejs.org",
    );
    for await (const { name } of Deno.readDir(folder)) {
      return await Deno.readFile(`${folder}/${name}`);
    }
    throw new Error(`Cannot package: npm has not brought ${from}@${RUNTIME}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function readIfThere(path: URL): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
