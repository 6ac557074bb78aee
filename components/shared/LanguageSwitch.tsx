/**
 * The languages, each under its own name.
 *
 * @module
 */
import { type Language, LANGUAGES } from "@/locales/languages.ts";
import { yesNo } from "./yes_no.ts";

/** See the module. */
export function LanguageSwitch(
  { label, language, onChoose }: {
    label: string;
    language: Language;
    onChoose: (language: Language) => void;
  },
) {
  return (
    <div class="languages" role="group" aria-label={label}>
      {LANGUAGES.map((each) => (
        <button
          key={each.language}
          type="button"
          class="chip"
          lang={each.language}
          aria-pressed={yesNo(each.language === language)}
          onClick={() => onChoose(each.language)}
        >
          {each.name}
        </button>
      ))}
    </div>
  );
}
