import { deepStrictEqual, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { nearest } from "./distance.ts";

const rowsOf = (points: Record<string, number>) => frameOf(points).rows;

Deno.test("nearest() is who lacks least of the place above", () => {
  deepStrictEqual(nearest(rowsOf({ ann: 500, ben: 450, cat: 440, dan: 1 })), {
    viewerId: "cat",
    points: 10,
    part: .98,
  });
});

Deno.test("nearest() is nobody who is level or far", () => {
  strictEqual(nearest(rowsOf({ ann: 500, ben: 500, cat: 100, dan: 0 })), null);
  strictEqual(nearest(rowsOf({ ann: 0 })), null);
  strictEqual(nearest([]), null);
});
