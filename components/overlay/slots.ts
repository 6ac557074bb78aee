/**
 * The rows as the audience sees them, which lags the newest frame on purpose:
 * points change as frames come, places settle a few times a second so that the
 * eye can follow. Slots keep their order in the document whatever their place,
 * because moving an element there would cut its transition short.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import { type Gain, gainAfter } from "./gain.ts";

/** How long a climber stays lifted: the move, and setting down. */
export const LIFT_MS = 460;
/** How long a row that was passed is dim. */
export const DIM_MS = 200;
/** How long a row that has left may take to fade. */
export const LEAVE_MS = 460;

/** One line on the screen. Times are of the caller's clock. */
export interface Slot {
  viewerId: string;
  row: Row;
  /** From 1; one below the last while leaving. */
  place: number;
  gain: Gain | null;
  liftedUntil: number;
  dimUntil: number;
  /** Set while leaving, else null. */
  goneAt: number | null;
}

/** New points, names and avatars on the rows shown; places stay. */
export function refresh(slots: Slot[], rows: Row[], at: number): Slot[] {
  const byViewer = new Map(rows.map((row) => [row.viewerId, row]));
  return slots.map((slot) => {
    const row = byViewer.get(slot.viewerId);
    if (!row || slot.goneAt !== null) return slot;
    const gain = gainAfter(slot.gain, row.points - slot.row.points, at);
    return { ...slot, row, gain };
  });
}

/** Gives every row its place: rows come, go, pass and are passed. */
export function settle(slots: Slot[], rows: Row[], at: number): Slot[] {
  const places = new Map(rows.map((row, index) => [row.viewerId, index + 1]));
  const stayed = slots.filter((s) =>
    s.goneAt === null && places.has(s.viewerId)
  );
  const placeOf = (slot: Slot) => places.get(slot.viewerId) ?? 0;
  const passes = (a: Slot, b: Slot) =>
    a.place > b.place && placeOf(a) < placeOf(b);

  const moved = refresh(slots, rows, at).map((slot): Slot => {
    const place = places.get(slot.viewerId);
    if (place === undefined) {
      const goneAt = slot.goneAt ?? at + LEAVE_MS;
      return { ...slot, place: rows.length + 1, goneAt, gain: null };
    }
    if (slot.goneAt !== null) {
      const row = rows[place - 1] ?? slot.row;
      return { ...slot, row, place, goneAt: null };
    }
    const lifts = stayed.some((other) => passes(slot, other));
    const dims = !lifts && stayed.some((other) => passes(other, slot));
    return {
      ...slot,
      place,
      liftedUntil: lifts ? at + LIFT_MS : slot.liftedUntil,
      dimUntil: dims ? at + DIM_MS : slot.dimUntil,
    };
  });
  const known = new Set(slots.map((slot) => slot.viewerId));
  const fresh = rows.filter((row) => !known.has(row.viewerId));
  return [...moved, ...fresh.map((row) => slotOf(row, places))];
}

/** The rows as they are, without anything moving: after a time unseen. */
export function jump(slots: Slot[], rows: Row[]): Slot[] {
  const places = new Map(rows.map((row, index) => [row.viewerId, index + 1]));
  const byViewer = new Map(rows.map((row) => [row.viewerId, row]));
  const kept = slots.flatMap((slot) => byViewer.get(slot.viewerId) ?? []);
  const known = new Set(kept.map((row) => row.viewerId));
  const fresh = rows.filter((row) => !known.has(row.viewerId));
  return [...kept, ...fresh].map((row) => slotOf(row, places));
}

/** Lets pass what has had its time: gains, lifts, dims and leavers. */
export function expire(slots: Slot[], at: number): Slot[] {
  return slots
    .filter((slot) => slot.goneAt === null || slot.goneAt > at)
    .map((slot) => {
      const gain = slot.gain && slot.gain.until > at ? slot.gain : null;
      const liftedUntil = slot.liftedUntil > at ? slot.liftedUntil : 0;
      const dimUntil = slot.dimUntil > at ? slot.dimUntil : 0;
      const same = gain === slot.gain && liftedUntil === slot.liftedUntil &&
        dimUntil === slot.dimUntil;
      return same ? slot : { ...slot, gain, liftedUntil, dimUntil };
    });
}

/** When `expire` next has something to do; Infinity for never. */
export function nextExpiry(slots: Slot[]): number {
  const times = slots.flatMap((slot) => [
    slot.gain?.until ?? 0,
    slot.liftedUntil,
    slot.dimUntil,
    slot.goneAt ?? 0,
  ]);
  return Math.min(Infinity, ...times.filter((time) => time > 0));
}

/** Whether places on the screen differ from those of `rows`. */
export function isUnsettled(slots: Slot[], rows: Row[]): boolean {
  const here = slots.filter((slot) => slot.goneAt === null);
  if (here.length !== rows.length) return true;
  return here.some((s) => rows[s.place - 1]?.viewerId !== s.viewerId);
}

function slotOf(row: Row, places: Map<string, number>): Slot {
  return {
    viewerId: row.viewerId,
    row,
    place: places.get(row.viewerId) ?? 1,
    gain: null,
    liftedUntil: 0,
    dimUntil: 0,
    goneAt: null,
  };
}
