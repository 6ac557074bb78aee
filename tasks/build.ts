/**
 * Makes `_fresh/`: the islands bundled, routes and static files listed, fonts
 * in their place. After it, serving needs neither a bundler nor writing.
 *
 * @module
 */
import { Builder } from "fresh/dev";
import { buildConfig } from "@/fresh.config.ts";
import { copyFonts } from "./fonts.ts";
import { makeStyles } from "./styles.ts";
import { makeWorker } from "./worker.ts";

await copyFonts();
await makeStyles();
await makeWorker();
const builder = new Builder(buildConfig);
await builder.build();
