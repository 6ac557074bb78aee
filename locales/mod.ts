/**
 * The languages of the pages: which there are, and which one to begin with.
 *
 * @module
 */
import { en, type Texts } from "./en.ts";
import type { Language } from "./languages.ts";
import { th } from "./th.ts";
import { timesOf } from "./times.ts";

export type { Language, Texts };
export { LANGUAGE_COOKIE } from "./languages.ts";

const ALL: Record<Language, Texts> = { th, en };

/**
 * Everything the product says in a language.
 *
 * @param zone The time zone it says times in; this machine's if not given.
 * @throws {RangeError} If there is no such zone.
 */
export function textsOf(language: Language, zone?: string): Texts {
  const texts = ALL[language];
  if (zone === undefined) return texts;
  const { short, clock, moment } = timesOf(language, zone);
  return {
    ...texts,
    connection: { ...texts.connection, clock: short },
    sessions: { ...texts.sessions, clock, moment },
  };
}

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
