/**
 * The languages of the pages, without their texts: small enough for a page
 * that only offers the choice.
 *
 * @module
 */

/** A language the pages speak, as an HTML `lang`. */
export type Language = "th" | "en";

/** All of them, with their own name for themselves. */
export const LANGUAGES: { language: Language; name: string }[] = [
  { language: "th", name: "ไทย" },
  { language: "en", name: "English" },
];

/** The cookie that remembers the choice. */
export const LANGUAGE_COOKIE = "lang";
