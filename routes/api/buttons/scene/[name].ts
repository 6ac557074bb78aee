/**
 * A button for each scene of OBS.
 *
 * @module
 */
import { Command } from "@/core/shapes/commands.ts";
import { define } from "@/routes/(_http)/define.ts";
import { parse } from "@/routes/(_http)/input.ts";
import { press } from "@/routes/(_http)/presses.ts";

/** `Recorded` once OBS shows the scene. */
export const handler = define.handlers({
  /** 200 switched, 409 OBS is off or there is no such scene. */
  POST(ctx) {
    // The parameter leaves what separates parts of an address as it came.
    const scene = decodeURIComponent(ctx.url.pathname.split("/").at(-1)!);
    const command = parse(Command, { type: "switchScene", scene });
    return press(ctx.state, `scene/${scene}`, () => command);
  },
});
