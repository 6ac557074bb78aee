/**
 * The languages on pages made by the server: the page comes again in the other.
 *
 * @module
 */
import { LanguageSwitch } from "@/components/shared/LanguageSwitch.tsx";
import { setLanguage } from "@/components/shared/set_language.ts";
import type { Language } from "@/locales/mod.ts";

/** See the module. */
export default function PageLanguage(
  { label, language }: { label: string; language: Language },
) {
  return (
    <LanguageSwitch
      label={label}
      language={language}
      onChoose={(chosen) => {
        setLanguage(chosen);
        location.reload();
      }}
    />
  );
}
