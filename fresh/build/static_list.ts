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
 * The id of a build: it changes when a static file does, which is what
 * `asset()` addresses have to follow.
 */
export async function buildIdOf(files: ListedFile[]): Promise<string> {
  const lines = files.map(({ path, etag }) => `${path} ${etag}\n`).join("");
  const etag = await etagOf(new TextEncoder().encode(lines));
  return etag.slice(1, 17);
}

/** Half a SHA-256 in hexadecimal, as an entity tag. */
export async function etagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${hash.slice(0, 16).toHex()}"`;
}
