/**
 * Makes `_fresh/`: the islands bundled, routes and static files listed, fonts
 * in their place. After it, serving needs neither a bundler nor writing.
 *
 * @module
 */
import { Builder } from "fresh/dev";
import { buildConfig } from "@/fresh.config.ts";
import { copyFonts } from "./fonts.ts";
import { sourceHash } from "./source_hash.ts";
import { makeStyles } from "./styles.ts";
import { makeWorker } from "./worker.ts";

await copyFonts();
await makeStyles();
await makeWorker();
// Fresh's id of a build; a random one where nothing says it.
if (!Deno.env.has("CI_COMMIT_SHA")) {
  Deno.env.set("CI_COMMIT_SHA", await sourceHash());
}
const builder = new Builder(buildConfig);
await builder.build();
