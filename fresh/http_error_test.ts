import { strictEqual, throws } from "node:assert";
import { HttpError } from "./http_error.ts";

Deno.test("HttpError says its reason unless it is given words", () => {
  strictEqual(new HttpError(404).message, "Not Found");
  strictEqual(new HttpError(404, "No such game").message, "No such game");
  strictEqual(new HttpError(418).message, "HTTP 418");
});

Deno.test("HttpError refuses what is no error status", () => {
  for (const status of [200, 399, 600, 404.5]) {
    throws(() => new HttpError(status as 400), RangeError);
  }
});
