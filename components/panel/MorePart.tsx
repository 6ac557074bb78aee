/**
 * What the evening seldom needs: settings, health, language, keys, and the way
 * to earlier games.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { WIDE } from "../shared/AirPreview.tsx";
import { useFocusBack } from "./focus_back.ts";
import { HealthPart } from "./HealthPart.tsx";
import { Icon } from "../shared/Icon.tsx";
import { Later } from "./Later.tsx";
import { LanguageSwitch } from "../shared/LanguageSwitch.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { Rehearsal } from "./Rehearsal.tsx";
import { setLanguage } from "../shared/set_language.ts";
import type { Language } from "@/locales/languages.ts";
import { bringTexts } from "@/locales/spoken.ts";
import { SignOut } from "./SignOut.tsx";

/** Gets the settings. */
const loadSettings = async () =>
  (await import("./SettingsForm.tsx")).SettingsForm;

/** Gets who may come in. */
const loadAccess = async () => (await import("./AccessPart.tsx")).AccessPart;

/** See the module. */
export function MorePart(
  { overlayUrl, source, isSignedIn }: {
    overlayUrl: string;
    source: string;
    isSignedIn: boolean;
  },
) {
  const panel = usePanel();
  const { app, keys, panel: words, sessions } = panel.texts.value;
  const wasOpened = useSignal(false);
  const title = useRef<HTMLHeadingElement>(null);
  const isOpen = panel.tab.value === "more";
  useFocusBack(isOpen || null, () => document.getElementById("controls"));
  useEffect(() => {
    if (!isOpen) return;
    wasOpened.value = true;
    // On a wide screen it is a sheet over the others.
    if (matchMedia(WIDE).matches) title.current?.focus();
  }, [isOpen]);
  return (
    <section class="part more" aria-label={words.more}>
      <header class="part-head">
        <h2 ref={title} tabIndex={-1}>{words.more}</h2>
        <button
          type="button"
          class="button quiet square only-wide"
          aria-label={app.close}
          onClick={() => panel.tab.value = "board"}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="more-body">
        {panel.desk.value.rehearsal && panel.isHost && <Rehearsal />}
        {wasOpened.value && panel.isHost && (
          <Later load={loadSettings} props={{ overlayUrl }} />
        )}
        {wasOpened.value && panel.isHost && (
          <Later load={loadAccess} props={{}} />
        )}
        <HealthPart />
        <h3>{app.language}</h3>
        <PanelLanguage />
        <div class="button-row">
          <a class="button" href="/sessions">{sessions.title}</a>
          <button
            type="button"
            class="button"
            aria-haspopup="dialog"
            onClick={() => panel.keysOpen.value = true}
          >
            <Icon name="keys" />
            {keys.title}
          </button>
          {isSignedIn && <SignOut />}
        </div>
        <p class="note">
          {app.licence} · <a href={source} rel="noopener">{app.source}</a>
        </p>
      </div>
    </section>
  );
}

/** Switches to a language once its texts are there. */
async function speak(panel: Panel, language: Language): Promise<void> {
  try {
    await bringTexts(language);
  } catch (error) {
    console.warn(error);
    return panel.say(panel.texts.value.errors.network, "problem");
  }
  panel.language.value = language;
  setLanguage(language);
}

/** Switches the panel's language in place. */
export function PanelLanguage() {
  const panel = usePanel();
  return (
    <LanguageSwitch
      label={panel.texts.value.app.language}
      language={panel.language.value}
      onChoose={(language) => void speak(panel, language)}
    />
  );
}
