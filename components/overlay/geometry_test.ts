import { ok, strictEqual } from "node:assert";
import { boardHeight, bottomOf, fitRows, topOf } from "./geometry.ts";

/** Heights of what may stand above: nothing, teams, all at once. */
const ABOVE = [0, 74, 140, 264, 394];

Deno.test("fitRows() fits any number of rows into the zone, none too low to be read", () => {
  for (const above of ABOVE) {
    for (let rows = 1; rows <= 30; rows++) {
      const geometry = fitRows(rows, above);
      const what = `${rows} rows under ${above}`;
      ok(boardHeight(rows, above) <= 900, `${what} do not fit`);
      ok(geometry.height >= 59, `${what} are ${geometry.height} high`);
      ok(geometry.others >= Math.min(2, rows - 1), `${what} leave too few`);
    }
  }
});

Deno.test("fitRows() shows six rows at full height and ten in one page", () => {
  strictEqual(fitRows(6, 0).height, 104);
  strictEqual(fitRows(10, 0).others, 9);
  strictEqual(fitRows(30, 0).others, 9);
});

Deno.test("topOf() lets no two places overlap", () => {
  for (const rows of [1, 2, 5, 10, 30]) {
    const geometry = fitRows(rows, 0);
    for (let place = 2; place <= geometry.others + 2; place++) {
      ok(topOf(place, geometry) >= bottomOf(place - 1, geometry) + 7);
    }
  }
  strictEqual(bottomOf(0, fitRows(5, 0)), 0);
});

Deno.test("a comment's card leaves three places, fewer under a tall head", () => {
  strictEqual(fitRows(5, 0).strip, 3);
  strictEqual(fitRows(5, 140).strip, 2);
  ok(fitRows(5, 394).strip <= 1);
});
