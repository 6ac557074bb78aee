import { deepStrictEqual as equal } from "node:assert";
import type { Receipt } from "@/core/views.ts";
import { textsOf } from "@/locales/mod.ts";
import { receiptWords } from "./receipt_words.ts";

function words(
  language: "en" | "th",
  type: string,
  entry: Record<string, unknown>,
  more: Partial<Receipt> = {},
): string {
  const receipt = { seq: 1, at: 0, type, points: 0, sum: 0, idle: null, entry };
  const { what, theirs, rule } = receiptWords(textsOf(language), {
    ...receipt,
    ...more,
  });
  return [what, theirs, rule].filter((each) => each !== "").join(" | ");
}

Deno.test("receiptWords() says how many likes, by which rule and boost", () => {
  const about = { points: 240, per: 10 };
  equal(
    words("en", "liked", { count: 1200, boost: 2 }, about),
    "1,200 likes | 10 make a point, ×2 in the boost",
  );
  equal(
    words("th", "liked", { count: 1200, boost: 2 }, about),
    "กดใจ 1,200 ครั้ง | 10 ครั้งเป็น 1 คะแนน และ ×2 ช่วงบูสต์",
  );
});

Deno.test("receiptWords() says which gift, and its price by its tier", () => {
  const roses = { giftName: "Rose", units: 10, diamonds: 1 };
  equal(
    words("en", "gifted", roses, { points: 50 }),
    "10 × | Rose | 1 diamond each, ×5",
  );
  equal(
    words("en", "gifted", { ...roses, boost: 3 }, { points: 150 }),
    "10 × | Rose | 1 diamond each, ×5, ×3 in the boost",
  );
  equal(words("th", "gifted", roses), "10 × | Rose");
});

Deno.test("receiptWords() says for which guest a gift was", () => {
  const rose = { giftName: "Rose", units: 1 };
  const to = { id: "7", handle: "guest_one", nickname: "" };
  equal(words("en", "gifted", { ...rose, to }), "1 × | Rose for guest_one");
  equal(words("th", "gifted", { ...rose, to }), "1 × | Rose ให้ guest_one");
});

Deno.test("receiptWords() says what the host did, and why", () => {
  equal(words("en", "undone", { step: "winnerSelected" }), "Undone | winner");
  const reason = { reason: "right answer" };
  equal(
    words("en", "pointsAdjusted", reason, { points: 5 }),
    "Given by you | right answer",
  );
  equal(
    words("en", "pointsAdjusted", reason, { points: -5 }),
    "Taken by you | right answer",
  );
  equal(
    words("en", "winnerSelected", { rank: 2 }, { points: -70 }),
    "Won from place 2 | the points go with the win",
  );
  equal(
    words("en", "roundStarted", { number: 3, fromZero: true }, { points: -7 }),
    "Round 3 | everybody from zero",
  );
});

Deno.test("receiptWords() says what it can of an entry it does not know", () => {
  equal(words("en", "danced", {}), "danced");
});
