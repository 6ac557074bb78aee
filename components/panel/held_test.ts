import { deepStrictEqual as equal } from "node:assert";
import { inPlace } from "./held.ts";

const lines = (text: string) => [...text].map((id) => ({ id }));
const held = (before: string, now: string) =>
  inPlace(lines(before), lines(now), ({ id }) => id)
    .map(({ id }) => id).join("");

Deno.test("inPlace() keeps places while others come above, and shows what comes below", () => {
  equal(held("abc", "xabcy"), "abcy");
  equal(held("abc", "cab"), "abc");
  equal(held("", "ab"), "ab");
});

Deno.test("inPlace() lets go what is gone, and shows what there is once all are", () => {
  equal(held("abc", "ac"), "ac");
  equal(held("abc", "xy"), "xy");
});

Deno.test("inPlace() shows each line as it is now", () => {
  const before = [{ id: "a", used: false }];
  const now = [{ id: "b", used: false }, { id: "a", used: true }];
  equal(inPlace(before, now, ({ id }) => id), [{ id: "a", used: true }]);
});
