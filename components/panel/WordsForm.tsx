/**
 * The words that no screen may show: a list to add to and take from.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS } from "@/core/limits.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import { Icon } from "../shared/Icon.tsx";
import { usePanel } from "./panel_state.ts";
import { saveSettings } from "./save_settings.ts";

type Word = Settings["blockedWords"][number];

/** See the module. */
export function WordsForm() {
  const panel = usePanel();
  const texts = panel.texts.value.words;
  const { blockedWords } = panel.desk.value.settings;
  const text = useSignal("");
  const part = useSignal(false);
  const isThere = blockedWords.some((word) => word.text === text.value.trim());

  const save = (words: Word[]) => saveSettings(panel, { blockedWords: words });

  async function add(event: Event) {
    event.preventDefault();
    const word = { text: text.value.trim(), part: part.value };
    if (word.text === "" || isThere) return;
    if (await save([...blockedWords, word])) text.value = "";
  }

  return (
    <details class="words">
      <summary class="button">
        {texts.title}
        {blockedWords.length > 0 && (
          <span class="pill tabular">{blockedWords.length}</span>
        )}
      </summary>
      <p class="note">{texts.help}</p>
      <form class="form" onSubmit={add}>
        <label>
          <span class="label">{texts.field}</span>
          <input
            class="field"
            name="word"
            value={text}
            maxLength={LENGTHS.blockedWord}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => text.value = event.currentTarget.value}
          />
        </label>
        <label class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={part.value}
            onChange={(event) => part.value = event.currentTarget.checked}
          />
          <span>{texts.part}</span>
        </label>
        {isThere && <p class="note bad" role="alert">{texts.already}</p>}
        <button
          type="submit"
          class="button"
          disabled={text.value.trim() === "" || isThere}
        >
          <Icon name="plus" />
          {texts.add}
        </button>
      </form>
      {blockedWords.length === 0 && <p class="note">{texts.none}</p>}
      <ul class="list">
        {blockedWords.map((word) => (
          <li key={word.text} class="line">
            <span class="line-text">
              <bdi>{word.text}</bdi>
              <small>{word.part ? texts.inside : texts.whole}</small>
            </span>
            <button
              type="button"
              class="button quiet square"
              aria-label={texts.remove(word.text)}
              onClick={() => save(blockedWords.filter((each) => each !== word))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
