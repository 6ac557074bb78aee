/**
 * What earns how much, typed and tried before it counts.
 *
 * @module
 */
import { type Signal, useSignal } from "@preact/signals";
import { LIMITS } from "@/core/limits.ts";
import { addLikes, giftPoints, partsOf, ratesAreGood } from "@/core/rates.ts";
import type { Rates } from "@/core/shapes/rates.ts";
import { Icon } from "../shared/Icon.tsx";
import { NumberField } from "./NumberField.tsx";
import { type Panel, usePanel } from "./panel_state.ts";
import { Presets } from "./Presets.tsx";
import { saveSettings } from "./save_settings.ts";

/** Gifts the preview counts with: name, price of one, how many. */
const GIFTS: [string, number, number][] = [
  ["Rose", 1, 10],
  ["Perfume", 20, 1],
  ["Galaxy", 1000, 1],
];
const LIKES = 150;

/** See the module. */
export function RatesEditor() {
  const panel = usePanel();
  const { settings: texts } = panel.texts.value;
  const { session, settings } = panel.desk.value;
  const { phase } = panel.frame.value;
  const isRunning = session !== null && phase !== "idle" && phase !== "ended";
  const current = isRunning ? session.rates : settings.rates;
  const draft = useSignal<Rates | null>(null);
  const rates = draft.value ?? current;
  const isGood = ratesAreGood(rates);

  async function apply() {
    const words = panel.texts.value.done.rates;
    const sent = isRunning
      ? await panel.send({ type: "setRates", rates }, {
        words,
        step: "ratesSet",
      })
      : await saveSettings(panel, { rates });
    if (!sent) return;
    if (isRunning) takeAsUsed(panel, rates);
    draft.value = null;
  }

  return (
    <details class="rates">
      <summary class="button">{texts.rates}</summary>
      <div class="rates-body">
        <p class="note">{isRunning ? texts.ratesHelp : texts.forNext}</p>
        <EventRates draft={draft} rates={rates} />
        <GiftTiers draft={draft} rates={rates} />
        {isGood
          ? <Preview rates={rates} />
          : <p class="note bad" role="alert">{texts.ratesBad}</p>}
        <div class="button-row">
          <button
            type="button"
            class="button"
            disabled={!isGood || draft.value === null}
            onClick={apply}
          >
            {texts.applyRates}
          </button>
          <button
            type="button"
            class="button quiet"
            disabled={draft.value === null}
            onClick={() => draft.value = null}
          >
            {texts.resetRates}
          </button>
        </div>
        <Presets
          rates={isGood ? rates : null}
          onUse={(preset) => draft.value = preset}
        />
        {isRunning && draft.value === null &&
          JSON.stringify(current) !== JSON.stringify(settings.rates) && (
          <button
            type="button"
            class="button quiet"
            onClick={() => saveSettings(panel, { rates: current })}
          >
            {texts.keepRates}
          </button>
        )}
      </div>
    </details>
  );
}

/** Shows rates as those in use: their news come a moment later. */
function takeAsUsed({ desk }: Panel, rates: Rates) {
  const { session } = desk.value;
  if (session) desk.value = { ...desk.value, session: { ...session, rates } };
}

/** The rates on screen, and where a change of them goes. */
interface Draft {
  draft: Signal<Rates | null>;
  rates: Rates;
}

function EventRates({ draft, rates }: Draft) {
  const { settings: texts } = usePanel().texts.value;
  const change = (part: Partial<Rates>) => draft.value = { ...rates, ...part };
  return (
    <div class="rate-fields">
      <NumberField
        label={texts.likesFollower}
        value={rates.likes.follower}
        {...LIMITS.likesForAPoint}
        onChange={(follower) => change({ likes: { ...rates.likes, follower } })}
      />
      <NumberField
        label={texts.likesOther}
        value={rates.likes.other}
        {...LIMITS.likesForAPoint}
        onChange={(other) => change({ likes: { ...rates.likes, other } })}
      />
      <NumberField
        label={texts.comment}
        value={rates.comment}
        {...LIMITS.pointsForEach}
        onChange={(comment) => change({ comment })}
      />
      <NumberField
        label={texts.follow}
        value={rates.follow}
        {...LIMITS.pointsForEach}
        onChange={(follow) => change({ follow })}
      />
      <NumberField
        label={texts.share}
        value={rates.share}
        {...LIMITS.pointsForEach}
        onChange={(share) => change({ share })}
      />
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={rates.giftsTo !== "host"}
          onChange={(event) =>
            change({
              giftsTo: event.currentTarget.checked ? undefined : "host",
            })}
        />
        <span>
          {texts.giftsToGuests}
          <small>{texts.giftsToGuestsHelp}</small>
        </span>
      </label>
    </div>
  );
}

function GiftTiers({ draft, rates }: Draft) {
  const { settings: texts } = usePanel().texts.value;
  const { gifts } = rates;
  const set = (tiers: Rates["gifts"]) =>
    draft.value = { ...rates, gifts: tiers };
  const change = (i: number, part: Partial<Rates["gifts"][number]>) =>
    set(gifts.map((tier, j) => j === i ? { ...tier, ...part } : tier));

  /** A new step before the last, above the highest price so far. */
  function add() {
    const last = gifts.at(-1)!;
    const highest = gifts.at(-2)?.upTo ?? 0;
    const step = { upTo: highest * 2 + 1, times: last.times };
    set([...gifts.slice(0, -1), step, last]);
  }

  return (
    <fieldset class="tiers">
      <legend>{texts.gifts}</legend>
      <div class="tier tier-head" aria-hidden="true">
        <span>{texts.upTo}</span>
        <span>{texts.times}</span>
      </div>
      {gifts.map((tier, i) => (
        <div class="tier" key={i}>
          {tier.upTo === null
            ? <span class="tier-above">{texts.above}</span>
            : (
              <NumberField
                hideLabel
                label={texts.upTo}
                value={tier.upTo}
                {...LIMITS.tierPrice}
                onChange={(upTo) => change(i, { upTo })}
              />
            )}
          <NumberField
            hideLabel
            label={texts.times}
            value={tier.times}
            {...LIMITS.tierTimes}
            onChange={(times) => change(i, { times })}
          />
          <button
            type="button"
            class="button quiet square"
            aria-label={texts.removeTier}
            disabled={tier.upTo === null}
            onClick={() => set(gifts.filter((_, j) => j !== i))}
          >
            <Icon name="minus" />
          </button>
        </div>
      ))}
      <button
        type="button"
        class="button quiet"
        disabled={gifts.length >= LIMITS.tiers.max}
        onClick={add}
      >
        <Icon name="plus" />
        {texts.addTier}
      </button>
    </fieldset>
  );
}

function Preview({ rates }: { rates: Rates }) {
  const { settings: texts } = usePanel().texts.value;
  return (
    <ul class="preview" aria-live="polite" aria-label={texts.preview}>
      {GIFTS.map(([name, diamonds, units]) => (
        <li key={name}>
          {texts.previewGift(units, name, giftPoints(rates, units, diamonds))}
        </li>
      ))}
      {[true, false].map((follower) => (
        <li key={String(follower)}>
          {texts.previewLikes(LIKES, follower, likePoints(rates, follower))}
        </li>
      ))}
    </ul>
  );
}

/** Points that the likes of the preview give. */
function likePoints(rates: Rates, follower: boolean): number {
  const { likes } = rates;
  const likesForAPoint = follower ? likes.follower : likes.other;
  return addLikes(0, LIKES, likesForAPoint, partsOf(rates)).points;
}
