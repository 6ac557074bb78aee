/**
 * Brings a theme's tokens to a page that was opened with another one.
 *
 * @module
 */
import { asset } from "fresh/runtime";

/** Calls back once the page has the theme; at once if it does already. */
export function bringTheme(theme: string, then: () => void): void {
  const path = `/themes/${theme}.css`;
  const sheets = [...document.querySelectorAll<HTMLLinkElement>("link")];
  if (sheets.some((sheet) => new URL(sheet.href).pathname === path)) {
    return then();
  }
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = asset(path);
  sheet.onload = then;
  sheet.onerror = () => sheet.remove(); // it may come next time
  document.head.append(sheet);
}
