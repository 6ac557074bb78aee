/**
 * Files as a `.tar.xz`.
 *
 * @module
 */
import { packTar } from "modern-tar";
import { inOrder, INSIDE, type PackedFile, TIME } from "./files.ts";
import { run } from "./tool.ts";

/** From 0, at once and large, to 9, slow and small. */
export type Effort = 0 | 6 | 9;

/**
 * The archive's bytes; equal files and equal effort give equal ones.
 *
 * @throws {Error} If `xz` is not there or fails.
 */
export async function tarXz(
  files: PackedFile[],
  effort: Effort,
): Promise<Uint8Array<ArrayBuffer>> {
  const tar = await packTar(
    inOrder(files).map(({ path, bytes, runs }) => ({
      header: {
        name: `${INSIDE}/${path}`,
        size: bytes.length,
        mode: runs ? 0o755 : 0o644,
        mtime: TIME,
      },
      body: bytes,
    })),
  );
  return await run(
    "xz",
    // The same number on every machine: it decides how the archive is cut.
    ["--compress", "--stdout", "--threads=2", `-${effort}`],
    "On Debian: apt-get install xz-utils",
    { input: new Uint8Array(tar) },
  );
}
