/**
 * Which scene follows which moment of the game, and what came of it last.
 *
 * @module
 */
import { LIMITS } from "@/core/limits.ts";
import type { Moment } from "@/core/obs.ts";
import { NumberField } from "./NumberField.tsx";
import { changeObs, withRule } from "./obs_settings.ts";
import { runWords } from "../shared/obs_words.ts";
import { usePanel } from "./panel_state.ts";

/** See the module. */
export function ObsRules() {
  const panel = usePanel();
  const { obs } = panel.texts.value;
  const moments = Object.keys(obs.moments) as Moment[];
  return (
    <fieldset class="obs-rules">
      <legend>{obs.rules}</legend>
      <ul class="list">
        {moments.map((when) => <Rule key={when} when={when} />)}
      </ul>
    </fieldset>
  );
}

function Rule({ when }: { when: Moment }) {
  const panel = usePanel();
  const texts = panel.texts.value;
  const { scenes, rules } = panel.desk.value.obs;
  const rule = rules.find((each) => each.when === when) ?? null;
  const name = texts.obs.moments[when];
  const isGone = rule !== null && !scenes.includes(rule.scene);

  function change(scene: string, delay: number) {
    const wanted = scene === "" ? null : { scene, delay };
    void changeObs(panel, { rules: withRule(rules, when, wanted) });
  }

  return (
    <li class="obs-rule">
      <label>
        <span class="label">{name}</span>
        <select
          class="field"
          aria-label={name}
          value={rule?.scene ?? ""}
          onChange={(event) =>
            change(event.currentTarget.value, rule?.delay ?? 0)}
        >
          <option value="">{texts.obs.noRule}</option>
          {isGone && (
            <option value={rule.scene}>{texts.obs.gone(rule.scene)}</option>
          )}
          {scenes.map((scene) => (
            <option key={scene} value={scene}>{scene}</option>
          ))}
        </select>
      </label>
      {rule && (
        <NumberField
          label={texts.obs.delay}
          name={texts.obs.delayOf(name)}
          {...LIMITS.ruleDelay}
          isWhole={false}
          value={rule.delay}
          onCommit={(delay) => change(rule.scene, delay)}
        />
      )}
      {rule && (
        <p
          class={isFailed(rule.last?.result) ? "note bad" : "note"}
          role="status"
        >
          {runWords(texts, rule.last)}
        </p>
      )}
    </li>
  );
}

function isFailed(result: string | undefined): boolean {
  return result === "obs_off" || result === "no_scene" ||
    result === "scene_not_allowed";
}
