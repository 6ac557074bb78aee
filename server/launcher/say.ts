/**
 * Words for whoever looks at the window: in English, and the same in Thai.
 *
 * @module
 */
import { LAUNCHER_TEXTS, type LauncherTexts } from "@/locales/launcher.ts";
import { tell } from "../log.ts";

/** A text in both languages, one below the other. */
export function inBoth(text: (texts: LauncherTexts) => string): string {
  return `${text(LAUNCHER_TEXTS.en)}\n${text(LAUNCHER_TEXTS.th)}`;
}

/** Says it. */
export function say(text: (texts: LauncherTexts) => string): void {
  tell(inBoth(text).replaceAll(/^/gm, "  ") + "\n");
}

/** The program cannot be started; the message says why in both languages. */
export class CannotStart extends Error {
  override name = "CannotStart";

  constructor(text: (texts: LauncherTexts) => string, options?: ErrorOptions) {
    super(inBoth(text), options);
  }
}
