import { deepStrictEqual } from "node:assert";
import type { Receipt } from "@/core/views.ts";
import { textsOf } from "@/locales/mod.ts";
import { receiptWords } from "./receipt_words.ts";

const en = textsOf("en");

function receipt(type: string, entry: Record<string, unknown>): Receipt {
  return { seq: 1, at: 0, type, points: 0, sum: 0, idle: null, entry };
}

Deno.test("receiptWords() says how many likes and which gift", () => {
  deepStrictEqual(receiptWords(en, receipt("liked", { count: 1200 })), {
    what: "Likes",
    detail: "×1,200",
  });
  deepStrictEqual(
    receiptWords(en, receipt("gifted", { giftName: "Rose", units: 10 })),
    { what: "Gift", detail: "Rose ×10" },
  );
});

Deno.test("receiptWords() says for which guest a gift was", () => {
  const rose = { giftName: "Rose", units: 1 };
  const to = { id: "7", handle: "guest_one", nickname: "" };
  const gifted = receipt("gifted", { ...rose, to });
  deepStrictEqual(
    ["en" as const, "th" as const].map((language) =>
      receiptWords(textsOf(language), gifted).detail
    ),
    ["Rose ×1 for guest_one", "Rose ×1 ให้ guest_one"],
  );
});

Deno.test("receiptWords() says what was undone, and the reason of an adjustment", () => {
  deepStrictEqual(
    receiptWords(en, receipt("undone", { step: "winnerSelected" })),
    { what: "Undone", detail: "winner" },
  );
  deepStrictEqual(
    receiptWords(en, receipt("pointsAdjusted", { reason: "right answer" })),
    { what: "By you", detail: "right answer" },
  );
});

Deno.test("receiptWords() says what it can of an entry it does not know", () => {
  deepStrictEqual(receiptWords(en, receipt("danced", {})), {
    what: "danced",
    detail: "",
  });
});
