/**
 * The source of this very program, for everyone: the licence asks for it.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { sourceArchive } from "@/outputs/source.ts";

const ROOT = new URL("../", import.meta.url);

const archive = sourceArchive(ROOT);

/** The archive, gzipped. */
export const handler = define.handlers({
  GET: async () =>
    new Response(await archive(), {
      headers: {
        "content-type": "application/gzip",
        "content-disposition":
          'attachment; filename="tiktok-live-support.tar.gz"',
      },
    }),
});
