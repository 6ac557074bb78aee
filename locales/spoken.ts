/**
 * The languages that can be spoken here. A server knows all of them
 * (`mod.ts`); a browser has only those that its page was ever in brought.
 *
 * @module
 */
import type { Texts } from "./en.ts";
import { type Language, LANGUAGES } from "./languages.ts";
import { timesOf } from "./times.ts";

const spoken = new Map<Language, Texts>();

/** From now on this language can be spoken. */
export function learn(language: Language, texts: Texts): void {
  spoken.set(language, texts);
}

/** Loads a language's texts where they are not there yet. */
export async function bringTexts(language: Language): Promise<void> {
  if (spoken.has(language)) return;
  learn(
    language,
    language === "th"
      ? (await import("./th.ts")).th
      : (await import("./en.ts")).en,
  );
}

/** Brings what the page that this runs in speaks; on a server nothing. */
export async function bringPageTexts(): Promise<void> {
  if (typeof document === "undefined") return;
  const { lang } = document.documentElement;
  const known = LANGUAGES.find(({ language }) => language === lang);
  await bringTexts(known?.language ?? "en");
}

/**
 * Everything the product says in a language that was brought.
 *
 * @param zone The time zone it says times in; this machine's if not given.
 * @throws {RangeError} If there is no such zone.
 * @throws {Error} If the language was not brought.
 */
export function textsOf(language: Language, zone?: string): Texts {
  const texts = spoken.get(language);
  if (!texts) throw new Error(`Cannot speak "${language}": bring it first`);
  if (zone === undefined) return texts;
  const { short, clock, moment } = timesOf(language, zone);
  return {
    ...texts,
    connection: { ...texts.connection, clock: short },
    sessions: { ...texts.sessions, clock, moment },
  };
}
