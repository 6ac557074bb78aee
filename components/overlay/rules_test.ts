import { deepStrictEqual as equal } from "node:assert";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { textsOf } from "@/locales/mod.ts";
import { rulesOf } from "./rules.ts";

Deno.test("rulesOf() says the rates in force, and only what earns", () => {
  equal(rulesOf(DEFAULT_RATES, textsOf("th").overlay), [
    "15 ไลก์ = 1 แต้ม",
    "ผู้ติดตาม 10 ไลก์ = 1",
    "1 เพชร = 5",
  ]);
  const likes = { follower: 10, other: 10 };
  const rates = { ...DEFAULT_RATES, likes, comment: 2, follow: 3, share: 4 };
  equal(rulesOf(rates, textsOf("en").overlay), [
    "10 likes = 1 point",
    "1 diamond = 5",
    "comment = 2",
    "follow = 3",
    "share = 4",
  ]);
});
