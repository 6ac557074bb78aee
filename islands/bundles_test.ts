/** What browsers are given of the game: the few values that they need. */
import { deepStrictEqual as equal } from "node:assert";
import { relative, resolve } from "node:path";
import { buildConfig } from "@/fresh.config.ts";
import { bundle } from "@/fresh/build/bundle.ts";
import { planOf } from "@/fresh/build/options.ts";
import { scan } from "@/fresh/build/scan.ts";

/** What only servers need. */
const FOR_SERVERS =
  /^core\/(shapes\/|(session|evolve|decide|advance|steps)\.ts)|^locales\/mod\.ts|\/zod\//;
/** What browsers do need, in some bundle. */
const FOR_BROWSERS = [
  "components/overlay/options.ts",
  "core/limits.ts",
  "core/look.ts",
  "core/rates.ts",
];

/** The files of ours and of packages that the islands' bundles are made of. */
async function bundledModules(): Promise<string[]> {
  const plan = planOf({ ...buildConfig, sourceMap: { kind: "linked" } });
  const { islands } = await scan(plan);
  const { files } = await bundle(plan, islands, {
    buildId: "test",
    development: false,
  });
  const text = new TextDecoder();
  return [...files].filter(([address]) => address.endsWith(".map"))
    .flatMap(([, map]) => JSON.parse(text.decode(map)).sources as string[])
    .map((source) => relative(plan.root, resolve(plan.outDir, source)));
}

Deno.test("browsers get values of the game, and neither its schemas nor its session", async () => {
  const modules = await bundledModules();
  equal(FOR_BROWSERS.filter((module) => !modules.includes(module)), []);
  equal(modules.filter((module) => FOR_SERVERS.test(module)), []);
});
