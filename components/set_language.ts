/**
 * Remembers the host's language and tells the browser which one the page is in.
 *
 * @module
 */
import { type Language, LANGUAGE_COOKIE } from "@/locales/languages.ts";

/** How long the choice is remembered, in seconds. */
const YEAR_S = 365 * 24 * 60 * 60;

/** See the module. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.cookie =
    `${LANGUAGE_COOKIE}=${language}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
