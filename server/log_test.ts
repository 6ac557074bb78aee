import { strictEqual } from "node:assert";
import { tell } from "./log.ts";

Deno.test("what nobody can read any more breaks nothing off", () => {
  const closed = () => {
    throw new Error("Input/output error (os error 5)");
  };
  strictEqual(tell("Stopping", closed), false);
  strictEqual(tell("Stopping", () => {}), true);
});
