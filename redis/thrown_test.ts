import { ok, strictEqual, throws } from "node:assert";
import { AwayError, ImportError, KeyReusedError } from "@/core/desk.ts";
import { ignoreAway, reviveError } from "./thrown.ts";

Deno.test("an error comes back as the one that was thrown", () => {
  for (const Thrown of [KeyReusedError, ImportError, AwayError]) {
    const { name, message } = new Thrown("why");
    const error = reviveError(name, message);
    ok(error instanceof Thrown, name);
    strictEqual(error.message, "why");
  }
  const other = reviveError("RangeError", "too many");
  strictEqual(`${other}`, "RangeError: too many");
});

Deno.test("only that somebody is away is ignored", () => {
  ignoreAway(new AwayError("gone"));
  throws(() => ignoreAway(new RangeError("no")), RangeError);
});
