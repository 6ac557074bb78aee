/**
 * Keeps a folder of this version's data for the tests of all that come later.
 * Run it once, with a release:
 *
 * ```sh
 * deno run -A --config deno.test.json testing/keep_data.ts
 * ```
 *
 * @module
 */
import { VERSION } from "@/server/identity.ts";
import { compact } from "@/tasks/compact.ts";
import { startProgram } from "./program.ts";
import { ask, playEvening, type Told, told } from "./short_evening.ts";
import { startTikTok } from "./tiktok_server.ts";

/** Where kept folders are. */
const KEPT = new URL("./kept/", import.meta.url);

/** Plays two evenings, and keeps what they have left and what is told of it. */
async function keepData(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const tiktok = await startTikTok();
  const program = await startProgram({
    DATA_DIR: folder,
    HOST_KEY: "kept-for-tests-alone",
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
  });
  const evenings: Told[] = [];
  try {
    for (const title of ["ค่ำคืน & more", "The second"]) {
      await playEvening(program, tiktok, title);
      await ask(program, "commands", { type: "endSession" });
      evenings.push(await told(program));
    }
    await ask(program, "commands", { type: "disconnect" });
  } finally {
    await program.end();
    await tiktok.close();
  }
  await compact(folder);
  const kept = new URL(`${VERSION}/`, KEPT);
  await Deno.mkdir(kept, { recursive: true });
  using database = await Deno.open(`${folder}/store.sqlite`);
  await Deno.writeFile(
    new URL("store.sqlite.gz", kept),
    database.readable.pipeThrough(new CompressionStream("gzip")),
  );
  await Deno.writeTextFile(
    new URL("told.json", kept),
    JSON.stringify(evenings, null, 2) + "\n",
  );
  await Deno.remove(folder, { recursive: true });
}

if (import.meta.main) await keepData();
