/**
 * Of what sources the build is that lies there.
 *
 * @module
 */
const at = (path: string) => new URL(`../${path}`, import.meta.url);
/** Of what sources the build is, written when it is whole. */
export const BUILT_OF: URL = at("_fresh/built_of");
/** What is no source, and must be there. */
const MADE = [
  ...["_fresh/server.js", "_fresh/program.js", "_fresh/bundles"],
  ...["static/panel.css", "static/pages.css", "static/stream_worker.js"],
  "static/verify.html",
  "static/fonts",
];

/** The hash of its sources; null where something of the build is missing. */
export async function builtOf(): Promise<string | null> {
  try {
    for (const path of MADE) await Deno.stat(at(path));
    return await Deno.readTextFile(BUILT_OF);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
