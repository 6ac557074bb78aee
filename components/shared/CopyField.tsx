/**
 * A link in a field, with a button that copies it.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Texts } from "@/locales/mod.ts";
import { copyFrom } from "./copy_text.ts";
import { Icon } from "./Icon.tsx";

/** How long the button says that it worked, in ms. */
const SAID_MS = 2_500;

/** See the module. */
export function CopyField(
  { label, value, texts }: {
    label: string;
    value: string;
    texts: Pick<Texts["app"], "copy" | "copied" | "copyByHand">;
  },
) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal<"" | "copied" | "byHand">("");

  async function copy() {
    if (!input.current) return;
    said.value = await copyFrom(input.current) ? "copied" : "byHand";
    setTimeout(() => said.value = "", SAID_MS);
  }

  return (
    <div class="copy-field">
      <label>
        <span class="label">{label}</span>
        <input
          ref={input}
          class="field"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <button type="button" class="button" onClick={copy}>
        <Icon name={said.value === "copied" ? "check" : "copy"} />
        <span class="stack" aria-live="polite">
          <span class={said.value === "copied" ? "unseen" : ""}>
            {texts.copy}
          </span>
          <span class={said.value === "copied" ? "" : "unseen"}>
            {texts.copied}
          </span>
        </span>
      </button>
      {said.value === "byHand" && <p class="note">{texts.copyByHand}</p>}
    </div>
  );
}
