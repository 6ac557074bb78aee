import { deepStrictEqual, ok, throws } from "node:assert";
import { z } from "zod";
import { boundsOf, LIMITS } from "./limits.ts";
import { SettingsChange } from "./settings.ts";

Deno.test("boundsOf() reads a number's bounds through its wrapping", () => {
  const bounds = { min: 2, max: 9 };
  const number = z.number().int().min(2).max(9);
  deepStrictEqual(boundsOf(number), bounds);
  deepStrictEqual(boundsOf(number.default(3)), bounds);
  deepStrictEqual(boundsOf(number.nullable().optional()), bounds);
  throws(() => boundsOf(z.number().min(2)), TypeError);
  throws(() => boundsOf(z.string().min(2)), TypeError);
});

Deno.test("LIMITS are what a change of the settings is held to", () => {
  const names = [
    "freezeSeconds",
    "streamDelay",
    "keepCommentsDays",
    "keepAvatarsDays",
  ] as const;
  for (const name of names) {
    const { min, max } = LIMITS[name];
    const takes = (n: number) =>
      SettingsChange.safeParse({ [name]: n }).success;
    ok(takes(min) && takes(max), name);
    ok(!takes(min - 1) && !takes(max + 1), name);
  }
});
