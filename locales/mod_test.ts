import { deepStrictEqual, match, strictEqual } from "node:assert";
import { chooseLanguage, textsOf } from "./mod.ts";

Deno.test("chooseLanguage() prefers what was chosen earlier", () => {
  strictEqual(chooseLanguage("en", "th-TH,th;q=0.9"), "en");
});

Deno.test("chooseLanguage() ignores a choice it does not speak", () => {
  strictEqual(chooseLanguage("fr", "th-TH"), "th");
});

Deno.test("chooseLanguage() takes the browser's most wanted that it speaks", () => {
  strictEqual(chooseLanguage(null, "fr;q=0.9, en;q=0.2, th;q=0.5"), "th");
  strictEqual(chooseLanguage(null, "th;q=0, en;q=0.1"), "en");
  strictEqual(chooseLanguage(null, null), "en");
});

Deno.test("textsOf() says every text with at least one character", () => {
  for (const language of ["th", "en"] as const) {
    deepStrictEqual(emptyTexts(textsOf(language)), []);
  }
});

Deno.test("textsOf() speaks Thai where it says Thai", () => {
  strictEqual(textsOf("th").game.phases.open, "เปิดรับ");
  match(textsOf("th").steps.winnerSelected("ส้ม"), /ผู้ชนะ ส้ม/);
});

/** Paths of texts that say nothing. */
function emptyTexts(value: unknown, path = ""): string[] {
  if (typeof value === "string") return value.trim() === "" ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    emptyTexts(inner, `${path}.${key}`)
  );
}
