/**
 * Makes `_fresh/`: the islands and the program bundled, routes and static files
 * listed, fonts in their place. After it, serving needs neither a bundler nor writing. What is
 * built from the same sources already is left as it is.
 *
 * @module
 */
import { buildConfig } from "@/fresh.config.ts";
import { BUILT_OF, builtOf } from "./built.ts";
import { sourceHash } from "./source_hash.ts";

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** Builds all of it; what that takes is loaded only then. */
async function build(id: string): Promise<void> {
  const [{ Builder }, fonts, program, styles, verify, worker] = await Promise
    .all([
      import("fresh/dev"),
      import("./fonts.ts"),
      import("./program.ts"),
      import("./styles.ts"),
      import("./verify.ts"),
      import("./worker.ts"),
    ]);
  // What is broken off is none, whatever its sources were before.
  await Deno.remove(BUILT_OF).catch(ignoreMissing);
  await fonts.copyFonts();
  await styles.makeStyles();
  await worker.makeWorker();
  await verify.makeVerify();
  // Fresh's id of a build; a random one where nothing says it.
  if (!Deno.env.has("CI_COMMIT_SHA")) Deno.env.set("CI_COMMIT_SHA", id);
  await new Builder(buildConfig).build();
  await program.makeProgram();
  await Deno.writeTextFile(BUILT_OF, id);
}

const id = sourceHash();
if (await builtOf() !== id) await build(id);
