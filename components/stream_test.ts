import { deepStrictEqual, strictEqual } from "node:assert";
import { LONGEST_WAIT_MS, waitAfter } from "./stream.ts";

Deno.test("waitAfter() starts at a second, grows by 1.3 and stops at ten", () => {
  deepStrictEqual([1, 2, 3].map(waitAfter), [1000, 1300, 1690]);
  strictEqual(waitAfter(10), LONGEST_WAIT_MS);
  strictEqual(waitAfter(5000), LONGEST_WAIT_MS);
});
