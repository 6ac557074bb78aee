/**
 * The host's settings; each is saved as it changes.
 *
 * @module
 */
import { LIMITS } from "@/core/limits.ts";
import { NumberField } from "./NumberField.tsx";
import { ObsPart } from "./ObsPart.tsx";
import { OverlayEditorButton } from "./OverlayEditorButton.tsx";
import { usePanel } from "./panel_state.ts";
import { RatesEditor } from "./RatesEditor.tsx";
import { saveSettings } from "./save_settings.ts";
import { WordsForm } from "./WordsForm.tsx";

/** See the module. */
export function SettingsForm({ overlayUrl }: { overlayUrl: string }) {
  const panel = usePanel();
  const { settings } = panel.desk.value;
  const { access, settings: texts } = panel.texts.value;
  const { newer } = panel.desk.value.health;
  return (
    <section class="settings" aria-label={texts.title}>
      <h3>{texts.title}</h3>
      <NumberField
        label={texts.freezeSeconds}
        unit={texts.seconds}
        value={settings.freezeSeconds}
        {...LIMITS.freezeSeconds}
        onCommit={(freezeSeconds, refuse) =>
          saveSettings(panel, { freezeSeconds }, refuse)}
      />
      <NumberField
        label={texts.streamDelay}
        unit={texts.seconds}
        value={settings.streamDelay}
        {...LIMITS.streamDelay}
        onCommit={(streamDelay, refuse) =>
          saveSettings(panel, { streamDelay }, refuse)}
      />
      <p class="note">{texts.streamDelayHelp}</p>
      <NumberField
        label={access.keepComments}
        unit={access.days}
        value={settings.keepCommentsDays}
        {...LIMITS.keepCommentsDays}
        onCommit={(keepCommentsDays, refuse) =>
          saveSettings(panel, { keepCommentsDays }, refuse)}
      />
      <NumberField
        label={access.keepAvatars}
        unit={access.days}
        value={settings.keepAvatarsDays}
        {...LIMITS.keepAvatarsDays}
        onCommit={(keepAvatarsDays, refuse) =>
          saveSettings(panel, { keepAvatarsDays }, refuse)}
      />
      <p class="note">{access.keepHelp}</p>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={settings.winnersSitOut}
          onChange={(event) =>
            saveSettings(panel, {
              winnersSitOut: event.currentTarget.checked,
            })}
        />
        <span>
          {texts.winnersSitOut}
          <small>{texts.winnersSitOutHelp}</small>
        </span>
      </label>
      {newer !== undefined && (
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={settings.checkUpdates}
            onChange={(event) =>
              saveSettings(panel, {
                checkUpdates: event.currentTarget.checked,
              })}
          />
          <span>
            {texts.checkUpdates}
            <small>{texts.checkUpdatesHelp}</small>
          </span>
        </label>
      )}
      <RatesEditor />
      <WordsForm />
      <div class="button-row wide">
        <OverlayEditorButton overlayUrl={overlayUrl} />
      </div>
      <p class="note">{texts.overlayHelp}</p>
      <ObsPart />
    </section>
  );
}
