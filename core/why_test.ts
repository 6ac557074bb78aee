import { ok, strictEqual } from "node:assert";
import { errorOf, traceOf, whyOf } from "./why.ts";

Deno.test("whyOf() gives an error's message, and all else as text", () => {
  strictEqual(whyOf(new RangeError("too many")), "too many");
  strictEqual(whyOf("said no"), "said no");
  strictEqual(whyOf(undefined), "undefined");
});

Deno.test("traceOf() tells where an error came from, where it is known", () => {
  const error = new Error("lost");
  ok(traceOf(error).includes("why_test.ts"));
  error.stack = undefined;
  strictEqual(traceOf(error), "lost");
  strictEqual(traceOf("said no"), "said no");
});

Deno.test("errorOf() leaves an error as it is, and makes one of all else", () => {
  const error = new RangeError("too many");
  strictEqual(errorOf(error), error);
  strictEqual(errorOf("said no").message, "said no");
});
