/**
 * The way to buttons of a Stream Deck: their keys are among all the others.
 *
 * @module
 */
import { KEYS_PLACE } from "./AccessKeys.tsx";
import { Icon } from "../shared/Icon.tsx";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ObsButtons() {
  const panel = usePanel();
  const { obs: texts } = panel.texts.value;
  return (
    <fieldset>
      <legend>{texts.keys}</legend>
      <p class="note">{texts.keysHelp}</p>
      <div class="button-row">
        <a class="button" href={`#${KEYS_PLACE}`}>{texts.toKeys}</a>
        <a class="button quiet" href="/buttons">
          <Icon name="question" />
          {texts.howTo}
        </a>
      </div>
    </fieldset>
  );
}
