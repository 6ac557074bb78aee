/**
 * The buttons of a Stream Deck, one address each.
 *
 * @module
 */
import { type Button, BUTTONS, commandOfButton } from "@/core/buttons.ts";
import { define } from "@/routes/(_http)/define.ts";
import { press } from "@/routes/(_http)/presses.ts";
import { Problem } from "@/routes/(_http)/problem.ts";

/** `Recorded` once the press is durable. */
export const handler = define.handlers({
  /** 200 recorded, 404 no such button, 409 refused, 503 not reached. */
  POST(ctx) {
    const { desk } = ctx.state;
    const action = ctx.params.action!;
    if (!isButton(action)) {
      throw new Problem(
        404,
        `There is no such button; there are ${
          BUTTONS.join(", ")
        } and scene/{name}`,
      );
    }
    return press(
      ctx.state,
      action,
      () => commandOfButton(action, desk.frame().phase),
    );
  },
});

function isButton(action: string): action is Button {
  return (BUTTONS as readonly string[]).includes(action);
}
