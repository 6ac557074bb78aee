/**
 * Why a viewer is not one place higher: what is missing, in likes or in gifts.
 *
 * @module
 */
import type { NextPlace as Next } from "@/core/views.ts";
import { usePanel } from "./panel_state.ts";

/** See the module; nothing for the first. */
export function NextPlace({ next }: { next: Next | null }) {
  const { viewer: texts } = usePanel().texts.value;
  if (!next) return null;
  const ways = [
    texts.likes(next.likes),
    ...next.gifts.map(({ name, diamonds, units }) =>
      texts.giftWay(units, name, diamonds)
    ),
  ];
  return (
    <p class="note next-place">
      {texts.missing(next.rank, next.points)} <bdi>{next.nickname}</bdi>:{" "}
      {ways.join(texts.or)}
    </p>
  );
}
