/**
 * Takes what was deleted out of the database's file, too. SQLite keeps the
 * bytes of deleted rows until it writes over them; this writes the file anew.
 *
 * ```sh
 * deno task compact [FOLDER]
 * ```
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { lockFolder } from "@/stores/kv_store.ts";
import { whyOf } from "@/core/why.ts";

/**
 * Writes the database of a data folder anew.
 *
 * @throws {Error} If a process is using it, or there is none.
 */
export async function compact(folder: string): Promise<void> {
  using _lock = await lockFolder(folder);
  const path = `${folder}/store.sqlite`;
  await Deno.stat(path); // SQLite would make one
  const database = new DatabaseSync(path);
  database.exec("VACUUM");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

if (import.meta.main) {
  const folder = Deno.args[0] ?? (Deno.env.get("DATA_DIR") || "./data");
  try {
    await compact(folder);
    console.log(`${folder} holds nothing that was deleted`);
  } catch (error) {
    const why = whyOf(error);
    console.error(`Cannot compact ${folder}: ${why}`);
    Deno.exit(1);
  }
}
