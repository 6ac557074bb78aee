/**
 * What to show on a key.
 *
 * @module
 */
import { buttonsState } from "@/core/buttons.ts";
import { define } from "@/routes/(_http)/define.ts";
import { textsOf } from "@/locales/mod.ts";

/** `ButtonsState`. */
export const handler = define.handlers({
  GET(ctx) {
    const { desk, language } = ctx.state;
    const frame = desk.frame();
    const words = textsOf(language).game.phases[frame.phase];
    return Response.json(
      buttonsState(frame, desk.state().obs, words),
    );
  },
});
