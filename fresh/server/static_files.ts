/**
 * `staticFiles()`: serves what the build listed: the static folder and the
 * islands' bundles. A path that was not listed is not looked up on disk, so no
 * way of writing one leads out of the folder.
 *
 * @module
 */

import { BUILD_PARAM } from "../asset.ts";
import type { Build, StaticFile } from "./build.ts";
import { contentType } from "./content_types.ts";
import type { Context } from "./context.ts";
import { scopeOf } from "./scope.ts";
import type { Middleware } from "./types.ts";

const ONE_YEAR = "public, max-age=31536000, immutable";
/** Of a file whose address does not name the build. */
const CHECK = "no-cache, no-store";

/** A middleware that serves files and hands all else on. */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { build } = scopeOf(ctx);
    const path = pathOf(ctx.url.pathname, ctx.config.basePath);
    const file = path === null ? undefined : build.files.get(path);
    if (path === null || !file) return await ctx.next();
    const { method } = ctx.req;
    if (method !== "GET" && method !== "HEAD") return await ctx.next();

    const headers = new Headers({
      "cache-control": cacheControl(ctx as Context, file, build),
      "content-type": contentType(path),
      "etag": file.etag,
      "x-content-type-options": "nosniff",
    });
    if (matches(ctx.req.headers.get("if-none-match"), file.etag)) {
      return new Response(null, { status: 304, headers });
    }
    const opened = await open(file, method === "HEAD");
    if (!opened) return await ctx.next(); // it was removed after the build
    headers.set("content-length", String(opened.size));
    return new Response(opened.body, { headers });
  };
}

/** The decoded path, or null if it is not one. */
function pathOf(pathname: string, basePath: string): string | null {
  if (!pathname.startsWith(basePath)) return null;
  try {
    return decodeURIComponent(pathname.slice(basePath.length));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function cacheControl({ url }: Context, file: StaticFile, build: Build) {
  const locked = build.id !== "" &&
    url.searchParams.get(BUILD_PARAM) === build.id;
  return file.immutable || locked ? ONE_YEAR : CHECK;
}

/** Whether `If-None-Match` names a tag; compared weakly, as RFC 9110 says. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

async function open(
  { content }: StaticFile,
  headOnly: boolean,
): Promise<{ body: BodyInit | null; size: number } | null> {
  if (content instanceof Uint8Array) {
    return { body: headOnly ? null : content, size: content.byteLength };
  }
  const file = await openIfThere(content);
  if (!file) return null;
  const { size } = await file.stat();
  if (!headOnly) return { body: file.readable, size };
  file.close();
  return { body: null, size };
}

async function openIfThere(url: URL): Promise<Deno.FsFile | null> {
  try {
    return await Deno.open(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
