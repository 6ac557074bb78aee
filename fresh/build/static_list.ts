/**
 * Lists the static files with the tags by which browsers know them again.
 *
 * @module
 */

import type { FoundFile } from "./scan.ts";

/** A static file as a build lists it. */
export interface ListedFile extends FoundFile {
  /** Strong entity tag, with quotes, made of the content. */
  etag: string;
}

/** Reads and tags static files. */
export async function listStatics(files: FoundFile[]): Promise<ListedFile[]> {
  return await Promise.all(files.map(async (found) => ({
    ...found,
    etag: await etagOf(await Deno.readFile(found.file)),
  })));
}

/**
 * The id of a build, which `asset()` addresses and bundles name: what
 * `CI_COMMIT_SHA` says, or a new one each time.
 */
export function newBuildId(): string {
  return Deno.env.get("CI_COMMIT_SHA") ?? crypto.randomUUID();
}

/** Half a SHA-256 in hexadecimal, as an entity tag. */
export async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${hash.slice(0, 16).toHex()}"`;
}
