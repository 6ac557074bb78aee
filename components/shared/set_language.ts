/**
 * Remembers the host's language and tells the browser which one the page is in.
 *
 * @module
 */
import { type Language, LANGUAGE_COOKIE } from "@/locales/languages.ts";
import { remember } from "./remember.ts";

/** See the module. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  remember(LANGUAGE_COOKIE, language);
}
