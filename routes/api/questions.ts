/**
 * Questions from TikTok's own Q&A, newest first.
 *
 * @module
 */
import { define } from "@/routes/(_http)/define.ts";
import { running } from "../(_http)/sessions.ts";

/** `QuestionsAnswer`. */
export const handler = define.handlers({
  /** None while no session runs. */
  async GET(ctx) {
    const session = await running(ctx);
    return Response.json({ items: await session?.questions() ?? [] });
  },
});
