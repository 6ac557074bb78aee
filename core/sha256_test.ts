import { strictEqual as equal } from "node:assert";
import { createHash } from "node:crypto";
import { sha256 } from "./sha256.ts";

Deno.test("sha256() is what everybody else's is, for every length of a block", () => {
  for (let length = 0; length < 200; length++) {
    const text = "ก👑a".repeat(length).slice(0, length).toWellFormed();
    const theirs = createHash("sha256").update(text).digest("hex");
    equal(sha256(text), theirs, `of ${length}`);
  }
});
