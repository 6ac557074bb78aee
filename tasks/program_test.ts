/** What the bundled program loads before anybody asks it for something. */
import { deepStrictEqual as equal, ok } from "node:assert";
import { build } from "@/testing/program.ts";

const OUT = new URL("../_fresh/", import.meta.url);

/** Packages that are loaded when they are used. */
const LATER = ["tiktok-live-connector", "tiktok-live-proto", "@redis+client"];

/** The text of a file and of all that it imports at once. */
async function loaded(
  file: string,
  known = new Map<string, string>(),
): Promise<Map<string, string>> {
  if (known.has(file)) return known;
  const text = await Deno.readTextFile(new URL(file, OUT));
  known.set(file, text);
  const imports = text.matchAll(
    /^(?:\} from|import) "\.\/(program-\w+\.js)"/gm,
  );
  for (const [, next] of imports) await loaded(next!, known);
  return known;
}

Deno.test("the program starts without what speaks to TikTok and to Redis", async () => {
  await build();
  const files = await loaded("program.js");
  ok(files.size > 2, "its files were found");
  const text = [...files.values()].join("\n");
  ok(text.includes("// node_modules/.deno/zod@"), "packages are named in it");
  const found = LATER.filter((name) =>
    text.includes(`// node_modules/.deno/${name}@`)
  );
  equal(found, []);
});
