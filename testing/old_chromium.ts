/**
 * The browsers that are inside OBS, unpacked from their npm packages: 103 shows
 * the overlays of OBS 28 to 30.2, 127 those of OBS 31 and 32.
 *
 * @module
 */
import { createReadStream, createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/** The packages `chromium-103` and `chromium-127`. */
export const OBS_BROWSERS = ["103", "127"] as const;
type ObsBrowser = typeof OBS_BROWSERS[number];

/**
 * The program of such a browser, unpacked at the first call on a machine.
 *
 * @throws {Error} If the package is not there or the machine is another kind.
 */
export async function obsBrowser(version: ObsBrowser): Promise<string> {
  const path = join(tmpdir(), `chromium-${version}`);
  if (await isThere(path)) return path;
  const packed = new URL(
    "../bin/chromium.br",
    import.meta.resolve(`chromium-${version}`),
  );
  // Under another name until it is whole: tests run beside each other.
  const unfinished = `${path}.${crypto.randomUUID()}`;
  await pipeline(
    createReadStream(packed),
    createBrotliDecompress(),
    createWriteStream(unfinished, { mode: 0o755 }),
  );
  await Deno.rename(unfinished, path);
  return path;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
