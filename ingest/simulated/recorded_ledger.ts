/**
 * An exported ledger as live events again: what viewers did, without what the
 * host did and without the points, which the game works out anew.
 *
 * @module
 */
import { type Entry, Fact } from "@/core/shapes/entries.ts";
import { LiveEvent, type Viewer } from "@/core/shapes/events.ts";
import { z } from "zod";
import type { LineReader } from "./recorded.ts";

const Place = z.object({ at: z.number().int().min(0).max(8.64e15) });
const End = z.object({ type: z.literal("end") });

/** Reads the lines after the header, in order. */
export function createLedgerReader(): LineReader {
  // An entry carries its viewer only when they are new or have changed.
  const viewers = new Map<string, Viewer>();
  return (line) => {
    const place = Place.safeParse(line);
    if (!place.success) return End.safeParse(line).success ? nothing(0) : null;
    const fact = Fact.safeParse(line);
    if (!fact.success) return null;
    const { at } = place.data;
    const event = LiveEvent.safeParse(eventOf(fact.data, viewers));
    return event.success ? { at, events: [event.data] } : nothing(at);
  };
}

const nothing = (at: number) => ({ at, events: [] });

function eventOf(
  fact: Fact,
  viewers: Map<string, Viewer>,
): Record<string, unknown> | null {
  switch (fact.type) {
    case "liked":
      return { ...said("like", fact, viewers), count: fact.count };
    case "gifted": {
      const { giftId, giftName, diamonds, combo, groupId, total, units } = fact;
      const { end, to } = fact;
      const repeatCount = combo ? total : units;
      const gift = { giftId, giftName, diamonds, repeatCount, combo, groupId };
      return { ...said("gift", fact, viewers), ...gift, end, to };
    }
    case "commented":
      return { ...said("comment", fact, viewers), text: fact.text };
    case "followed":
      return said("follow", fact, viewers);
    case "shared":
      return said("share", fact, viewers);
    case "asked": {
      const { questionId, text } = fact;
      return { ...said("question", fact, viewers), questionId, text };
    }
    case "deleted": {
      const { id, sentAt, messageIds, viewerIds } = fact;
      return { type: "deletion", id, at: sentAt, messageIds, viewerIds };
    }
    case "missed": {
      const { id, sentAt, from, to } = fact;
      return { type: "gap", id, at: sentAt, from, to };
    }
    default:
      return null;
  }
}

/** Facts that are made of something a viewer did. */
type Done = Extract<Entry, { viewerId: string; sentAt: number }>;

function said(
  type: LiveEvent["type"],
  fact: Pick<Done, "id" | "sentAt" | "viewerId" | "viewer">,
  viewers: Map<string, Viewer>,
) {
  if (fact.viewer) viewers.set(fact.viewerId, fact.viewer);
  const viewer = viewers.get(fact.viewerId);
  return { type, id: fact.id, at: fact.sentAt, viewer };
}
