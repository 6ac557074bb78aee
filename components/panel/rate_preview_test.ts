import { strictEqual } from "node:assert";
import { LIMITS } from "@/core/limits.ts";
import { addLikes, DEFAULT_RATES, giftPoints, Rates } from "@/core/rates.ts";
import { previewGift, previewLikes, ratesAreGood } from "./rate_preview.ts";

Deno.test("previewGift() gives what the game gives", () => {
  for (const diamonds of [0, 1, 4, 5, 9, 19, 20, 99, 100, 999, 1000, 44_999]) {
    strictEqual(
      previewGift(DEFAULT_RATES, 3, diamonds),
      giftPoints(DEFAULT_RATES, 3, diamonds),
    );
  }
});

Deno.test("previewLikes() gives what the game gives", () => {
  for (const likes of [0, 1, 9, 10, 29, 30, 1234]) {
    strictEqual(previewLikes(likes, 10), addLikes(0, likes, 10, 30).points);
    strictEqual(previewLikes(likes, 15), addLikes(0, likes, 15, 30).points);
  }
});

Deno.test("ratesAreGood() takes exactly what the game takes", () => {
  const tries: Rates[] = [
    DEFAULT_RATES,
    { ...DEFAULT_RATES, likes: { follower: 0, other: 15 } },
    { ...DEFAULT_RATES, likes: { follower: 10, other: 1.5 } },
    { ...DEFAULT_RATES, comment: -1 },
    { ...DEFAULT_RATES, share: Number.NaN },
    { ...DEFAULT_RATES, gifts: [] },
    { ...DEFAULT_RATES, gifts: [{ upTo: null, times: 0 }] },
    { ...DEFAULT_RATES, gifts: [{ upTo: 5, times: 1 }] },
    {
      ...DEFAULT_RATES,
      gifts: [{ upTo: 5, times: 1 }, { upTo: 5, times: 1 }, {
        upTo: null,
        times: 1,
      }],
    },
    {
      ...DEFAULT_RATES,
      gifts: [{ upTo: null, times: 1 }, { upTo: null, times: 1 }],
    },
    {
      ...DEFAULT_RATES,
      gifts: [{ upTo: 0, times: 1_001 }, { upTo: null, times: 1 }],
    },
  ];
  for (const rates of tries) {
    strictEqual(
      ratesAreGood(rates, LIMITS),
      Rates.safeParse(rates).success,
      JSON.stringify(rates),
    );
  }
});
