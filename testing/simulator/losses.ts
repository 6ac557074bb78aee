/**
 * Whether all that a process was given stands in the ledger, in the order in
 * which it came. Where a process was killed, or another one led, only an end may
 * be missing.
 *
 * @module
 */
import type { Written } from "./disk.ts";
import { comboOf, type Finding } from "./reckoning.ts";
import type { Delivery } from "./room.ts";
import type { Process } from "./world.ts";

/** A delivery of which it is sure that a session had to take it. */
export interface Due extends Delivery {
  /** Which; null where any may have. */
  sessionId: string | null;
}

/**
 * What is missing, and what stands in a wrong place.
 *
 * @param deliveries All, in order.
 * @param dues Those that had to be taken.
 * @param isWhole Whether a process has come to a good end, or lives.
 */
export function losses(
  history: Written[],
  deliveries: Delivery[],
  dues: Due[],
  isWhole: (by: Process) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  const placeOf = placesIn(history);
  const stale = staleOf(deliveries);
  const first = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    const { id } = delivery.event;
    if (!first.has(id)) first.set(id, delivery);
  }
  // What is brought again says nothing of when the first was written.
  const fresh = dues.filter((due) => first.get(due.event.id) === due);
  for (const group of Map.groupBy(fresh, ({ through }) => through).values()) {
    const { by, through } = group[0]!;
    const isItsOwn = (place?: Place) =>
      place?.by === by && place.at <= through.until;
    const last = isWhole(by)
      ? group.length - 1
      : group.findLastIndex((due) => isItsOwn(placeOf(due)));
    let before = -1;
    for (const due of group.slice(0, last + 1)) {
      const { event } = due;
      const at = placeOf(due);
      if (!at && !stale.has(due)) {
        const words = `${event.type} ${event.id}, given to ${by.name} at ${
          (due.at / 1_000).toFixed(3)
        }`;
        findings.push({ kind: "lost", words });
      }
      if (!at || !isItsOwn(at)) continue;
      if (at.index < before) {
        const words =
          `${event.type} ${event.id} stands before what came earlier`;
        findings.push({ kind: "order", words });
      }
      before = Math.max(before, at.index);
    }
  }
  return findings;
}

/** Where a message was written, and by whom. */
interface Place {
  index: number;
  by: Process;
  at: number;
}

function placesIn(history: Written[]): (due: Due) => Place | undefined {
  const places = new Map<string, Place>();
  for (const [index, { sessionId, entry, by, at }] of history.entries()) {
    if (!("id" in entry)) continue;
    for (const id of [sessionId, null]) {
      places.set(`${id} ${entry.id}`, { index, by, at });
    }
  }
  return ({ sessionId, event }) => places.get(`${sessionId} ${event.id}`);
}

/** Deliveries that say nothing new: their total has been told before. */
function staleOf(deliveries: Delivery[]): Set<Delivery> {
  const combos = new Map<string, number>();
  const stale = new Set<Delivery>();
  for (const delivery of deliveries) {
    const { event } = delivery;
    if (event.type !== "gift" || !event.combo) continue;
    const key = comboOf(event);
    if ((combos.get(key) ?? 0) >= event.repeatCount) stale.add(delivery);
    combos.set(key, Math.max(combos.get(key) ?? 0, event.repeatCount));
  }
  return stale;
}
