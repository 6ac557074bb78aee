/**
 * A file of a package before it is in an archive.
 *
 * @module
 */

/** A file of a package. */
export interface PackedFile {
  /** From the archive's folder, with slashes. */
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether it may be run. */
  runs: boolean;
}

/** The folder that everything is in once unpacked. */
export const INSIDE = "tiktok-live-support";

/** The time of every file: equal files make equal archives. */
export const TIME = new Date("2000-01-01T00:00:00Z");

/** In the order of archives: by path. */
export function inOrder(files: PackedFile[]): PackedFile[] {
  return files.toSorted((a, b) => a.path < b.path ? -1 : 1);
}
