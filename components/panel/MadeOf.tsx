/**
 * What a viewer's points are made of, as one short line.
 *
 * @module
 */
import type { Made } from "@/core/views.ts";
import { whole } from "../shared/clock.ts";
import { usePanel } from "./panel_state.ts";

/** The parts in the order they are named; see `Made`. */
const PARTS: (keyof Made)[] = [
  "likes",
  "gifts",
  "comments",
  "follows",
  "shares",
  "adjusted",
  "won",
];

/** See the module. */
export function MadeOf({ made }: { made: Made }) {
  const names = usePanel().texts.value.viewer.made;
  const parts = PARTS.filter((part) => made[part] !== 0);
  return (
    <small class="made cut">
      {parts.map((part) => (
        <span key={part}>
          {names[part]} <span class="tabular">{whole(made[part])}</span>
        </span>
      ))}
    </small>
  );
}

/** The same as a list, for the viewer's details. */
export function MadeList({ made }: { made: Made }) {
  const names = usePanel().texts.value.viewer.made;
  const parts = PARTS.filter((part) => made[part] !== 0);
  return (
    <dl class="made-list">
      {parts.map((part) => (
        <div key={part}>
          <dt>{names[part]}</dt>
          <dd class="tabular">{whole(made[part])}</dd>
        </div>
      ))}
    </dl>
  );
}
