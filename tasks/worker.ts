/**
 * Makes `static/stream_worker.js`, the worker that pages of one browser share.
 * It lies among the static files because a worker needs an address that all
 * pages agree on; it is made by the build and never committed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FROM = new URL("../components/stream/worker.ts", import.meta.url);
const TO = new URL("../static/stream_worker.js", import.meta.url);

/** Bundles the worker for the browsers that overlays are shown with. */
export async function makeWorker(): Promise<void> {
  const { outputFiles: [file] } = await esbuild.build({
    entryPoints: [fileURLToPath(FROM)],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "chrome103",
    alias: { "@": ROOT },
    minify: true,
    write: false,
    tsconfigRaw: {},
  });
  await esbuild.stop();
  // At once, for tests that begin together.
  const temporary = `${fileURLToPath(TO)}.${crypto.randomUUID()}.tmp`;
  await Deno.writeFile(temporary, file!.contents);
  await Deno.rename(temporary, TO);
}
