/**
 * A viewer's picture, as it was fetched once. Its name changes with it, so a
 * browser may keep it.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { Problem } from "@/routes/(_http)/problem.ts";

/** The picture, for a year; 404 for none. */
export const handler = define.handlers({
  async GET({ params, state }) {
    const picture = await state.avatars.picture(params.id!);
    if (!picture) throw new Problem(404, "There is no such picture here");
    return new Response(picture.bytes, {
      headers: {
        "content-type": picture.type,
        "cache-control": "private, max-age=31536000, immutable",
      },
    });
  },
});
