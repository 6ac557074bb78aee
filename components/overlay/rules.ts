/**
 * Rates in words, for the screen. Loaded where somebody wants them there.
 *
 * @module
 */
import { timesFor } from "@/core/rates.ts";
import type { Rates } from "@/core/shapes/rates.ts";
import type { Texts } from "@/locales/mod.ts";

/** Rates in words. */
export function rulesOf(rates: Rates, words: Texts["overlay"]): string[] {
  const { follower, other } = rates.likes;
  const { rules } = words;
  const rule = (text: string, n: number, points: number) =>
    text.replace("{n}", String(n)).replace("{p}", String(points));
  return [
    ...(follower === other
      ? [rule(rules.likes, other, 1)]
      : [rule(rules.likes, other, 1), rule(rules.followers, follower, 1)]),
    rule(rules.diamonds, 1, timesFor(rates, 1)),
    ...(rates.comment > 0 ? [rule(rules.comment, 1, rates.comment)] : []),
    ...(rates.follow > 0 ? [rule(rules.follow, 1, rates.follow)] : []),
    ...(rates.share > 0 ? [rule(rules.share, 1, rates.share)] : []),
  ];
}
