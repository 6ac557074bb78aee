/**
 * Whether all that a process was given stands in the ledger, in the order in
 * which it came. Where a process was killed only an end may be missing.
 *
 * @module
 */
import type { Written } from "./disk.ts";
import { comboOf, type Finding } from "./reckoning.ts";
import type { Delivery } from "./room.ts";
import type { Process } from "./world.ts";

/** A delivery of which it is sure that a session had to take it. */
export interface Due extends Delivery {
  sessionId: string;
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
  const written = new Map<string, { index: number; by: Process }>();
  for (const [index, { sessionId, entry, by }] of history.entries()) {
    if ("id" in entry) written.set(`${sessionId} ${entry.id}`, { index, by });
  }
  const first = new Map<string, Delivery>();
  const combos = new Map<string, number>();
  /** Deliveries that say nothing new: their total has been told before. */
  const stale = new Set<Delivery>();
  for (const delivery of deliveries) {
    const { event } = delivery;
    if (!first.has(event.id)) first.set(event.id, delivery);
    if (event.type !== "gift" || !event.combo) continue;
    const key = comboOf(event);
    if ((combos.get(key) ?? 0) >= event.repeatCount) stale.add(delivery);
    combos.set(key, Math.max(combos.get(key) ?? 0, event.repeatCount));
  }
  // What is brought again says nothing of when the first was written.
  const fresh = dues.filter((due) => first.get(due.event.id) === due);
  for (const [by, group] of Map.groupBy(fresh, ({ by }) => by)) {
    const place = (due: Due) => written.get(`${due.sessionId} ${due.event.id}`);
    const last = isWhole(by)
      ? group.length - 1
      : group.findLastIndex((due) => place(due)?.by === by);
    let before = -1;
    for (const due of group.slice(0, last + 1)) {
      const { event } = due;
      const at = place(due);
      if (!at && !stale.has(due)) {
        const words = `${event.type} ${event.id}, given to ${by.name}`;
        findings.push({ kind: "lost", words });
      }
      if (!at || at.by !== by) continue;
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
