/**
 * One entry of a viewer as a sentence: what happened, and by which rule it gave
 * what it gave.
 *
 * @module
 */
import type { HostStep } from "@/core/entries.ts";
import type { Receipt } from "@/core/views.ts";
import type { Texts } from "@/locales/mod.ts";

/** The sentence; strangers' text comes back as it is. */
interface ReceiptWords {
  what: string;
  /** Strangers' own words, or the host's; maybe nothing. */
  theirs: string;
  /** The rule, in words; maybe nothing. */
  rule: string;
}

/** Puts a receipt into words. */
export function receiptWords(texts: Texts, receipt: Receipt): ReceiptWords {
  const { entry } = receipt;
  return {
    what: whatOf(texts, receipt),
    theirs: theirsOf(texts, receipt),
    rule: [
      ruleOf(texts, receipt),
      has(entry, "boost") ? texts.receiptSays.boost(num(entry, "boost")) : "",
    ].filter((rule) => rule !== "").join(texts.receiptSays.and),
  };
}

function whatOf(texts: Texts, { type, points, entry }: Receipt): string {
  const { receiptSays: says } = texts;
  switch (type) {
    case "liked":
      return texts.viewer.likes(num(entry, "count"));
    case "gifted":
      return `${num(entry, "units").toLocaleString("en")} ×`;
    case "pointsAdjusted":
      return points < 0 ? says.took : says.gave;
    case "winnerSelected":
      return says.won(num(entry, "rank"));
    case "roundStarted":
      return says.round(num(entry, "number"));
  }
  const names: Record<string, string | undefined> = texts.receipts;
  return names[type] ?? type;
}

function theirsOf(texts: Texts, { type, entry }: Receipt): string {
  switch (type) {
    case "gifted":
      return [text(entry, "giftName"), ...guestIn(entry).map(texts.receiptTo)]
        .join(" ");
    case "commented":
    case "asked":
      return text(entry, "text");
    case "pointsAdjusted":
      return text(entry, "reason");
    case "undone":
    case "redone":
      return stepWords(texts, text(entry, "step"));
  }
  return "";
}

function ruleOf(texts: Texts, receipt: Receipt): string {
  const { type, points, entry, per } = receipt;
  const { receiptSays: says } = texts;
  switch (type) {
    case "liked":
      return per === undefined ? "" : says.perPoint(per);
    case "gifted": {
      const all = num(entry, "units") * num(entry, "diamonds");
      const boost = has(entry, "boost") ? num(entry, "boost") : 1;
      if (points === 0 || all === 0) return "";
      return says.giftRule(num(entry, "diamonds"), points / all / boost);
    }
    case "winnerSelected":
      return points < 0 ? says.wonRule : "";
    case "roundStarted":
      return entry.fromZero === true ? says.fromZero : "";
  }
  return "";
}

function stepWords(texts: Texts, step: string): string {
  return step in texts.steps ? texts.steps[step as HostStep](null) : "";
}

/** The guest whom a gift was for, if it was for one. */
function guestIn({ to }: Record<string, unknown>): string[] {
  if (typeof to !== "object" || to === null) return [];
  const guest = to as Record<string, unknown>;
  return [text(guest, "nickname") || text(guest, "handle") || "?"];
}

function has(entry: Record<string, unknown>, field: string): boolean {
  return typeof entry[field] === "number";
}

function text(entry: Record<string, unknown>, field: string): string {
  const value = entry[field];
  return typeof value === "string" ? value : "";
}

function num(entry: Record<string, unknown>, field: string): number {
  const value = entry[field];
  return typeof value === "number" ? value : 0;
}
