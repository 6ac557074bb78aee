/**
 * A problem in the host's words: what happened and what to do, never a number.
 *
 * @module
 */
import type { Texts } from "@/locales/mod.ts";
import type { Problem } from "./send_command.ts";

/** One sentence for the host. */
export function problemWords(texts: Texts, problem: Problem): string {
  if (problem.kind === "refused") {
    const { code, after } = problem;
    if (after) {
      const step = after.step === "frozen" ? "closing" : after.step;
      return texts.tooLate(texts.steps[step](after.viewer));
    }
    return texts.refusals[code] ?? texts.errors.unknown;
  }
  if (problem.kind === "network") return texts.errors.network;
  if (problem.kind === "away") {
    return problem.isSure ? texts.errors.notDone : texts.errors.unsure;
  }
  switch (problem.status) {
    case 401:
      return texts.errors.signIn;
    case 403:
      return texts.errors.notAllowed;
    case 400:
    case 422:
      return texts.errors.malformed;
    case 404:
      return texts.errors.notFoundTitle;
    case 429:
      return texts.errors.tooMany;
    default:
      return problem.status >= 500 ? texts.errors.unsure : texts.errors.unknown;
  }
}
