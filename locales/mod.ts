/**
 * The languages of the pages: all of them with their texts, and which one to
 * begin with. For servers: browsers have what their page speaks (`spoken.ts`).
 *
 * @module
 */
import { en, type Texts } from "./en.ts";
import type { Language } from "./languages.ts";
import { learn } from "./spoken.ts";
import { th } from "./th.ts";

export type { Language, Texts };
export { LANGUAGE_COOKIE } from "./languages.ts";
export { textsOf } from "./spoken.ts";

learn("th", th);
learn("en", en);

/**
 * The language to begin with: the one chosen earlier, else the first of the
 * browser's that the pages speak, else English.
 *
 * @param chosen What the cookie says, or null.
 * @param accepted The `Accept-Language` header, or null.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(chooseLanguage(null, "th-TH,th;q=0.9,en;q=0.8"), "th");
 * ```
 */
export function chooseLanguage(
  chosen: string | null,
  accepted: string | null,
): Language {
  if (isLanguage(chosen)) return chosen;
  const wanted = (accepted ?? "").split(",").map((part) => {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const q = parameters.find((p) => p.trim().startsWith("q="));
    return {
      language: tag.split("-")[0] ?? "",
      weight: q ? Number(q.trim().slice(2)) || 0 : 1,
    };
  }).filter((each) => each.weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) if (isLanguage(language)) return language;
  return "en";
}

function isLanguage(value: string | null): value is Language {
  return value === "th" || value === "en";
}
