/**
 * One entry of a viewer as a line the host can read.
 *
 * @module
 */
import type { HostStep } from "@/core/entries.ts";
import type { Receipt } from "@/core/views.ts";
import type { Texts } from "@/locales/mod.ts";

/** The line: what it was, and what is worth knowing of it (maybe nothing). */
interface ReceiptWords {
  what: string;
  detail: string;
}

/** Puts a receipt into words; strangers' text comes back as it is. */
export function receiptWords(texts: Texts, receipt: Receipt): ReceiptWords {
  const names: Record<string, string | undefined> = texts.receipts;
  return {
    what: names[receipt.type] ?? receipt.type,
    detail: detailOf(texts, receipt),
  };
}

function detailOf(texts: Texts, { type, entry }: Receipt): string {
  switch (type) {
    case "liked":
      return `×${numberIn(entry, "count")}`;
    case "gifted":
      return [
        `${textIn(entry, "giftName")} ×${numberIn(entry, "units")}`,
        ...guestIn(entry).map(texts.receiptTo),
      ].join(" ");
    case "commented":
    case "asked":
      return textIn(entry, "text");
    case "pointsAdjusted":
      return textIn(entry, "reason");
    case "undone":
    case "redone":
      return stepWords(texts, textIn(entry, "step"));
    default:
      return "";
  }
}

function stepWords(texts: Texts, step: string): string {
  return step in texts.steps ? texts.steps[step as HostStep](null) : "";
}

/** The guest whom a gift was for, if it was for one. */
function guestIn({ to }: Record<string, unknown>): string[] {
  if (typeof to !== "object" || to === null) return [];
  const guest = to as Record<string, unknown>;
  return [textIn(guest, "nickname") || textIn(guest, "handle") || "?"];
}

function textIn(entry: Record<string, unknown>, field: string): string {
  const value = entry[field];
  return typeof value === "string" ? value : "";
}

function numberIn(entry: Record<string, unknown>, field: string): string {
  const value = entry[field];
  return typeof value === "number" ? value.toLocaleString("en") : "";
}
