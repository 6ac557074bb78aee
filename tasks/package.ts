/**
 * Makes what people download: an archive for each platform, the source, and
 * their hashes, into `dist/`.
 *
 * ```sh
 * deno task package [--only PLATFORM]
 * ```
 *
 * @module
 */
import { parseArgs } from "node:util";
import { whyOf } from "@/core/why.ts";
import {
  forgetArchive,
  makeArchive,
  writeSource,
  writeSums,
} from "./package/archives.ts";
import { commonFiles } from "./package/contents.ts";
import { type Platform, platformsOf } from "./package/platforms.ts";

const making = {
  dist: new URL("../dist/", import.meta.url),
  runtimes: new URL("../dist/runtimes/", import.meta.url),
};

/** The platforms that the arguments ask for. @throws If they are wrong. */
function asked(args: string[]): readonly Platform[] {
  const { values } = parseArgs({ args, options: { only: { type: "string" } } });
  return platformsOf(values.only);
}

async function makeAll(platforms: readonly Platform[]): Promise<void> {
  const { dist } = making;
  // Should this one fail, there is none: not the one of an earlier day.
  for (const platform of platforms) await forgetArchive(platform, dist);
  const common = await commonFiles();
  console.log(await writeSource(common, dist));
  for (const platform of platforms) {
    console.log(await makeArchive(platform, common, making));
  }
  await writeSums(dist);
  console.log("SHA256SUMS");
}

try {
  await makeAll(asked(Deno.args));
} catch (error) {
  console.error(whyOf(error));
  Deno.exit(1);
}
