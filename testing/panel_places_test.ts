import { strictEqual } from "node:assert";
import { placeName, placesOf } from "./panel_places.ts";

const names = (turn: number, day: number) =>
  placesOf(turn, day).map(placeName).join(" and ");

Deno.test({
  name: "each flow sees all eight places in eight days, each day a whole round",
  ignore: Deno.env.has("PLACES"),
  fn() {
    const eight = [...Array(8).keys()];
    for (const flow of eight) {
      const seen = new Set(eight.map((day) => names(flow, 20_000 + day)));
      strictEqual(seen.size, 8);
    }
    for (const day of eight) {
      strictEqual(new Set(eight.map((flow) => names(flow, day))).size, 8);
    }
    strictEqual(placesOf(0).length, 1);
  },
});
