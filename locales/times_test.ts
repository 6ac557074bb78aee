import { match, strictEqual } from "node:assert";
import { timesOf } from "./times.ts";

Deno.test("timesOf() has a sign for times that no calendar has", () => {
  for (const language of ["th", "en"] as const) {
    const { short, clock, moment } = timesOf(language, "UTC");
    for (const say of [short, clock, moment]) {
      for (const at of [9e15, -9e15, Infinity, NaN]) strictEqual(say(at), "–");
      match(say(1_760_000_000_000), /\d/);
    }
  }
});
