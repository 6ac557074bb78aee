/**
 * How overlays look: a preview, everything that can be set, the link. What is
 * tried is a draft: it reaches open overlays when the host says so, or is
 * carried by the link alone.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { LENGTHS, LIMITS } from "@/core/limits.ts";
import { DEFAULT_LOOK, LAYOUTS, THEMES } from "@/core/look.ts";
import type { Look } from "@/core/shapes/look.ts";
import { CopyField } from "../shared/CopyField.tsx";
import { Icon } from "../shared/Icon.tsx";
import { changeLook, isSame, redoLook, undoLook } from "./look_history.ts";
import { NumberField } from "./NumberField.tsx";
import { writeOptions } from "../overlay/options.ts";
import { OverlayPreview } from "./OverlayPreview.tsx";
import { usePanel } from "./panel_state.ts";
import type { Texts } from "@/locales/mod.ts";
import { Select } from "./SheetForm.tsx";
import { saveSettings } from "./save_settings.ts";
import { yesNo } from "../shared/yes_no.ts";

/** Options that are on or off. */
const SWITCHES = [
  "hideRank",
  "hideAvatar",
  "hidePoints",
  "hideProgress",
] as const;

/** See the module. */
export function OverlayEditor({ overlayUrl }: { overlayUrl: string }) {
  const panel = usePanel();
  const history = panel.draft;
  const texts = panel.texts.value.editor;
  const set = panel.desk.value.settings.overlay;
  const forAll = useSignal(true);
  const look = history.value.now;

  const change = (change: Partial<Look>) =>
    history.value = changeLook(history.value, change, performance.now());
  const part = useSignal<keyof Texts["rounds"]["parts"]>("all");
  const options = forAll.value
    ? new URLSearchParams()
    : writeOptions(look, set);
  if (part.value !== "all") options.set("show", part.value);
  const query = String(options);
  const link = query === "" ? overlayUrl : `${overlayUrl}?${query}`;
  const { parts, source } = panel.texts.value.rounds;
  return (
    <div class="editor">
      <OverlayPreview
        look={look}
        language={panel.language.value}
        texts={texts}
      />
      <form class="editor-form" onSubmit={(event) => event.preventDefault()}>
        <Steps onReset={() => change(DEFAULT_LOOK)} />
        <Choice
          label={texts.theme}
          all={THEMES}
          words={texts.themes}
          value={look.theme}
          onChoose={(theme) => change({ theme })}
        />
        <Choice
          label={texts.layout}
          all={LAYOUTS}
          words={texts.layouts}
          value={look.layout}
          onChoose={(layout) => change({ layout })}
        />
        <Slider
          label={texts.rows}
          value={look.rows}
          range={[LIMITS.rows.min, LIMITS.rows.max, 1]}
          onChange={(rows) => change({ rows })}
        />
        <Slider
          label={texts.scale}
          value={Math.round(look.scale * 100)}
          range={[LIMITS.scale.min * 100, LIMITS.scale.max * 100, 5]}
          unit="%"
          onChange={(percent) => change({ scale: percent / 100 })}
        />
        <label>
          <span class="label">{texts.boardTitle}</span>
          <input
            class="field"
            maxLength={LENGTHS.boardTitle}
            value={look.title}
            onInput={(event) => change({ title: event.currentTarget.value })}
          />
        </label>
        <NumberField
          label={texts.minPoints}
          value={look.minPoints}
          {...LIMITS.minPoints}
          onCommit={(minPoints) => change({ minPoints })}
        />
        {SWITCHES.map((name) => (
          <Switch
            key={name}
            label={texts[name]}
            on={look[name]}
            onTurn={(on) => change({ [name]: on })}
          />
        ))}
        <Switch
          label={texts.sounds}
          help={texts.soundsHelp}
          on={look.sounds}
          onTurn={(sounds) => change({ sounds })}
        />
        {look.sounds && <Volume look={look} change={change} />}
        <Switch
          label={texts.forAll}
          help={texts.forAllHelp}
          on={forAll.value}
          onTurn={(on) => forAll.value = on}
        />
        {forAll.value && <OnAir look={look} set={set} change={change} />}
        <Select
          label={source}
          value={part.value}
          all={Object.entries(parts) as [typeof part.value, string][]}
          onChange={(value) => part.value = value}
        />
        <CopyField
          label={texts.link}
          value={link}
          texts={panel.texts.value.app}
        />
        <LinkToDrag link={link} words={texts.drag} />
      </form>
    </div>
  );
}

function Volume(
  { look, change }: { look: Look; change: (change: Partial<Look>) => void },
) {
  return (
    <Slider
      label={usePanel().texts.value.editor.volume}
      value={look.volume}
      range={[LIMITS.volume.min, LIMITS.volume.max, 5]}
      unit="%"
      onChange={(volume) => change({ volume })}
    />
  );
}

/** Steps back and forth, and to the beginning. */
function Steps({ onReset }: { onReset: () => void }) {
  const panel = usePanel();
  const history = panel.draft;
  const texts = panel.texts.value.editor;
  return (
    <div class="button-row">
      <button
        type="button"
        class="button"
        data-edit="undo"
        disabled={history.value.past.length === 0}
        onClick={() => history.value = undoLook(history.value)}
      >
        <Icon name="undo" />
        {texts.undo}
      </button>
      <button
        type="button"
        class="button"
        disabled={history.value.future.length === 0}
        onClick={() => history.value = redoLook(history.value)}
      >
        <Icon name="redo" />
        {texts.redo}
      </button>
      <button
        type="button"
        class="button"
        onClick={onReset}
      >
        {texts.reset}
      </button>
    </div>
  );
}

/** The overlay as OBS takes it from the hand. */
function LinkToDrag({ link, words }: { link: string; words: string }) {
  return (
    <a
      class="button grow"
      href={link}
      draggable
      onClick={(event) => event.preventDefault()}
      onDragStart={(event) => carry(event.dataTransfer, link)}
    >
      <Icon name="screen" />
      {words}
    </a>
  );
}

/** Whether the draft is what viewers see, and how to make it so. */
function OnAir(
  { look, set, change }: {
    look: Look;
    set: Look;
    change: (change: Partial<Look>) => void;
  },
) {
  const panel = usePanel();
  const texts = panel.texts.value.editor;
  const isSaving = useSignal(false);
  const isOnAir = isSame(look, set);
  async function use() {
    isSaving.value = true;
    await saveSettings(panel, { overlay: look });
    isSaving.value = false;
  }
  return (
    <div class="editor-air" data-draft={!isOnAir || undefined}>
      <p class="note" role="status">
        {isOnAir ? texts.isOnAir : texts.isDraft}
      </p>
      <div class="button-row">
        <button
          type="button"
          class="button main"
          data-edit="use"
          disabled={isOnAir || isSaving.value}
          onClick={use}
        >
          {texts.use}
        </button>
        <button
          type="button"
          class="button"
          data-edit="back"
          disabled={isOnAir}
          onClick={() => change(set)}
        >
          {texts.backToAir}
        </button>
      </div>
    </div>
  );
}

/** A link that OBS makes a browser source of, of this name and size. */
function carry(data: DataTransfer | null, link: string) {
  const url = new URL(link);
  url.searchParams.set("layer-name", "TikTok Live Support");
  url.searchParams.set("layer-width", "1080");
  url.searchParams.set("layer-height", "1920");
  data?.setData("text/uri-list", url.href);
  data?.setData("text/plain", url.href);
}

function Choice<Name extends string>(
  { label, all, words, value, onChoose }: {
    label: string;
    all: readonly Name[];
    words: Record<Name, string>;
    value: Name;
    onChoose: (name: Name) => void;
  },
) {
  return (
    <div role="group" aria-label={label}>
      <span class="label">{label}</span>
      <div class="button-row">
        {all.map((name) => (
          <button
            key={name}
            type="button"
            class="button"
            data-choice={name}
            aria-pressed={yesNo(name === value)}
            onClick={() => onChoose(name)}
          >
            {words[name]}
          </button>
        ))}
      </div>
    </div>
  );
}

function Slider(
  { label, value, range: [min, max, step], unit = "", onChange }: {
    label: string;
    value: number;
    /** Least, most and step. */
    range: [number, number, number];
    unit?: string;
    onChange: (value: number) => void;
  },
) {
  return (
    <label class="slider">
      <span class="label">
        {label} <b class="tabular">{value}{unit}</b>
      </span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}

function Switch(
  { label, help, on, onTurn }: {
    label: string;
    help?: string;
    on: boolean;
    onTurn: (on: boolean) => void;
  },
) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        onChange={(event) => onTurn(event.currentTarget.checked)}
      />
      <span>
        {label}
        {help && <small>{help}</small>}
      </span>
    </label>
  );
}
