/**
 * Goes through a game in time: under the chart, as wide as it, a step for each
 * of its bars. At its end stands the board as it is.
 *
 * @module
 */
import type { Signal } from "@preact/signals";
import type { Timeline } from "@/core/shapes/history.ts";
import type { Texts } from "@/locales/mod.ts";

/** See the module. `at` is Unix ms, or null for the end. */
export function TimelineSlider(
  { timeline: { buckets, from, stepMs }, texts, at }: {
    timeline: Timeline;
    texts: Texts;
    at: Signal<number | null>;
  },
) {
  const { sessions, timeline: words } = texts;
  const steps = buckets.length;
  const now = at.value;
  const said = now === null ? words.atEnd : words.at(sessions.clock(now));
  return (
    <label class="timeline-slider">
      <input
        type="range"
        min={0}
        max={steps}
        value={now === null ? steps : Math.round((now - from) / stepMs)}
        aria-label={words.slider}
        aria-valuetext={said}
        onInput={(event) => {
          const step = event.currentTarget.valueAsNumber;
          at.value = step === steps ? null : from + step * stepMs;
        }}
      />
      <span class="note tabular" aria-hidden="true">{said}</span>
    </label>
  );
}
