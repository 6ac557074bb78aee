/**
 * The page that checks certificates. It is one file, made by the build, so that
 * whoever saves it has all of it.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { HttpError } from "fresh";
import { whyOf } from "@/core/why.ts";
import { define } from "./(_http)/define.ts";

/** As seen from here, and from the bundled program. */
const PAGE = new URL("../static/verify.html", import.meta.url);

/** The page; 404 where it was not built. */
export const handler = define.handlers({
  async GET(ctx) {
    try {
      return new Response(await readFile(PAGE, "utf8"), {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    } catch (error) {
      ctx.state.site.log(`Cannot show /verify: ${whyOf(error)}`);
      throw new HttpError(404);
    }
  },
});
