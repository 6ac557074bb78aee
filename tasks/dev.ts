/**
 * Serves the project while it is worked on: `deno task dev`.
 *
 * @module
 */
import { Builder } from "fresh/dev";
import { buildConfig } from "@/fresh.config.ts";
import { copyFonts } from "./fonts.ts";
import { makeStyles } from "./styles.ts";
import { makeVerify } from "./verify.ts";
import { makeWorker } from "./worker.ts";

await copyFonts();
await makeStyles();
await makeWorker();
await makeVerify();
const builder = new Builder(buildConfig);
await builder.listen(() => import("@/main.ts"), {
  hostname: Deno.env.get("HOST") ?? "127.0.0.1",
  port: Number(Deno.env.get("PORT") ?? 8000),
});
