import { strictEqual } from "node:assert";
import { DEFAULT_RATES, ratesAreGood } from "./rates.ts";
import { Rates } from "./shapes/rates.ts";

/** So many steps of gift prices. */
const tiers = (count: number): Rates["gifts"] =>
  Array.from({ length: count }, (_, i) => ({
    upTo: i === count - 1 ? null : i,
    times: 1,
  }));

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
    { ...DEFAULT_RATES, likes: { follower: 1_001, other: 15 } },
    { ...DEFAULT_RATES, follow: 1_000_001 },
    {
      ...DEFAULT_RATES,
      gifts: [{ upTo: 1_000_001, times: 1 }, { upTo: null, times: 1 }],
    },
    { ...DEFAULT_RATES, gifts: tiers(20) },
    { ...DEFAULT_RATES, gifts: tiers(21) },
    {
      ...DEFAULT_RATES,
      gifts: [{ upTo: 0, times: 1_001 }, { upTo: null, times: 1 }],
    },
  ];
  for (const rates of tries) {
    strictEqual(
      ratesAreGood(rates),
      Rates.safeParse(rates).success,
      JSON.stringify(rates),
    );
  }
});
