import { deepStrictEqual as equal } from "node:assert";
import { couldDecide } from "./coverage.ts";
import { DEFAULT_RATES } from "./rates.ts";

const rows = [{ points: 12 }, { points: 10 }];
const decides = (namedLikes: number, roomLikes: number, of = rows) =>
  couldDecide(of, { namedLikes, roomLikes }, DEFAULT_RATES);

Deno.test("likes without a name could decide where they are worth the margin", () => {
  equal(decides(80, 100), { likes: 20, points: 2 });
  equal(decides(81, 100), null);
  equal(decides(200, 100), null);
  equal(decides(0, 1_000, [{ points: 12 }]), null);
  equal(couldDecide(rows, null, DEFAULT_RATES), null);
  equal(decides(95, 100, [{ points: 7 }, { points: 7 }]), null);
});
