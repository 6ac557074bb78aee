import { deepStrictEqual, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { readOptions } from "./options.ts";
import { pageOf } from "./pages.ts";

const options = readOptions(new URLSearchParams("rows=25&minpoints=3"));
const frame = frameOf(
  Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`v${i}`, 30 - i])),
);

Deno.test("pageOf() shows the first and a page of the others, in turn", () => {
  const ranks = (turn: number) =>
    pageOf(frame, options, turn).rows.map(({ rank }) => rank);
  deepStrictEqual(ranks(0), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  deepStrictEqual(ranks(1), [1, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  deepStrictEqual(ranks(2), [1, 20, 21, 22, 23, 24, 25]);
  deepStrictEqual(ranks(3), ranks(0));
});

Deno.test("pageOf() has one page where all fit, and takes none at all", () => {
  strictEqual(pageOf(frame, { ...options, rows: 10 }, 7).pages, 1);
  strictEqual(pageOf(frame, { ...options, rows: 1 }, 7).rows.length, 1);
  deepStrictEqual(pageOf({ ...frame, rows: [] }, options, 5), {
    rows: [],
    pages: 1,
  });
});
