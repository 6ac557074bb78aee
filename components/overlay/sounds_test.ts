import { ok } from "node:assert";
import { SOUNDS } from "./sounds.ts";

Deno.test("every sound is short and never louder than full scale", () => {
  for (const [name, tones] of Object.entries(SOUNDS)) {
    const end = Math.max(...tones.map(({ at, seconds }) => at + seconds));
    ok(end < 1, `${name} takes ${end} s`);
    for (let at = 0; at < 1; at += 0.01) {
      const loud = tones.filter((t) => at >= t.at && at < t.at + t.seconds)
        .reduce((sum, { loud }) => sum + loud, 0);
      ok(loud <= 0.7, `${name} is ${loud} loud`);
    }
  }
});
