import { ok, strictEqual } from "node:assert";
import { BOARD_SPACE, bottomOf, fitRows, positionOf } from "./geometry.ts";

Deno.test("fitRows() fits any number of rows into the zone", () => {
  for (let rows = 1; rows <= 30; rows++) {
    const geometry = fitRows(rows, BOARD_SPACE);
    const bottom = bottomOf(rows, geometry);
    ok(bottom <= BOARD_SPACE + 0.01, `${rows} rows end at ${bottom}`);
    ok(geometry.height > 40, `${rows} rows are ${geometry.height} high`);
  }
});

Deno.test("positionOf() lets no two places overlap", () => {
  for (const rows of [1, 2, 5, 12, 16, 17, 30]) {
    const geometry = fitRows(rows, BOARD_SPACE);
    const taken = new Map<number, number>();
    for (let place = 1; place <= rows; place++) {
      const { column, y } = positionOf(place, geometry);
      const free = taken.get(column) ?? (column === 1 ? taken.get(-1) ?? 0 : 0);
      ok(y >= free, `place ${place} of ${rows} begins at ${y}, under ${free}`);
      const height = geometry.height * (place === 1 ? 4 / 3 : 1);
      taken.set(column, y + height);
      if (place === 1) taken.set(-1, height);
    }
  }
});

Deno.test("positionOf() puts a place to come from below the last", () => {
  const geometry = fitRows(5, BOARD_SPACE);
  ok(positionOf(6, geometry).y > bottomOf(5, geometry));
  strictEqual(bottomOf(0, geometry), 0);
});
