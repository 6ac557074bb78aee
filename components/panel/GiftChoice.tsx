/**
 * A gift to choose: of those that came in this game, or any by its number.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import type { SeenGift } from "@/core/shapes/history.ts";
import { Icon } from "../shared/Icon.tsx";
import { useFresh } from "../shared/use_fresh.ts";
import { usePanel } from "./panel_state.ts";
import { Select } from "./SheetForm.tsx";

const NONE = "";
/** What no gift is called: TikTok's numbers have digits alone. */
const OTHER = "other";
/** The least time between two looks at what came, in ms. */
const EVERY_MS = 10_000;

/** The gifts that came in this game. */
export function useSeenGifts(): SeenGift[] {
  const { frame } = usePanel();
  const { data } = useFresh<{ items: SeenGift[] }>(
    "/api/gifts",
    frame.value.seq,
    EVERY_MS,
  );
  return data.value?.items ?? [];
}

/** What a gift is called here; its number where none of it came. */
export function giftWords(seen: SeenGift[], giftId: string): string {
  return seen.find((gift) => gift.giftId === giftId)?.name ?? giftId;
}

/** One gift; an empty text for none. */
export function GiftChoice(
  { label, seen, value, onChange }: {
    label: string;
    seen: SeenGift[];
    value: string;
    onChange: (giftId: string) => void;
  },
) {
  const texts = usePanel().texts.value.rounds;
  const isOther = useSignal(false);
  const isKnown = seen.some(({ giftId }) => giftId === value);
  const types = isOther.value || (value !== NONE && !isKnown);
  return (
    <>
      <Select
        label={label}
        value={types ? OTHER : value}
        all={[
          [NONE, texts.pickGift],
          ...seen.map(({ giftId, name, diamonds }) =>
            [giftId, `${name} (${diamonds} 💎)`] as const
          ),
          [OTHER, texts.otherGift],
        ]}
        onChange={(chosen) => {
          isOther.value = chosen === OTHER;
          onChange(chosen === OTHER ? NONE : chosen);
        }}
      />
      {types && (
        <label>
          <span class="label">{texts.giftId}</span>
          <input
            class="field"
            value={value}
            maxLength={64}
            inputMode="numeric"
            autocomplete="off"
            onInput={(event) => onChange(event.currentTarget.value.trim())}
          />
        </label>
      )}
    </>
  );
}

/** Several gifts, each a chip that takes it out. */
export function GiftChips(
  { label, seen, giftIds, onChange }: {
    label: string;
    seen: SeenGift[];
    giftIds: string[];
    onChange: (giftIds: string[]) => void;
  },
) {
  const texts = usePanel().texts.value.rounds;
  const next = useSignal(NONE);

  function add(giftId: string) {
    if (giftId !== NONE && !giftIds.includes(giftId) && giftIds.length < 20) {
      onChange([...giftIds, giftId]);
    }
    next.value = NONE;
  }

  return (
    <div class="form">
      {giftIds.length > 0 && (
        <div class="word-chips">
          {giftIds.map((giftId) => (
            <button
              key={giftId}
              type="button"
              class="chip"
              aria-label={texts.removeGift(giftWords(seen, giftId))}
              onClick={() => onChange(giftIds.filter((id) => id !== giftId))}
            >
              <bdi>{giftWords(seen, giftId)}</bdi>
              <Icon name="close" />
            </button>
          ))}
        </div>
      )}
      <div
        class="form"
        // A number is whole once it is left.
        onFocusOut={() => add(next.value)}
      >
        <GiftChoice
          label={label}
          seen={seen}
          value={next.value}
          onChange={(giftId) => {
            next.value = giftId;
            if (seen.some((gift) => gift.giftId === giftId)) add(giftId);
          }}
        />
      </div>
    </div>
  );
}
