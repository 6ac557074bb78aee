/**
 * The rows as the audience sees them, which lags the newest frame on purpose:
 * points change as frames come, places settle in batches that the eye can
 * follow, and what a row says of its rank turns on the way there. Slots keep
 * their order in the document whatever their place, because moving an element
 * there would cut its motion short.
 *
 * @module
 */
import type { Row } from "@/core/frame.ts";
import { type Gain, gainAfter, largestGains } from "./gain.ts";
import { ENTER, type Move, moveOf, reachedAfter } from "./moves.ts";

/** Between two batches. */
const BREATH_MS = 80;
/** How long a climber stays marked once it is there. */
const GLOW_MS = 500;
/** How long “new” stands beside a row. */
const NEW_MS = 1600;
/** More climbers or newcomers than this are one plain batch. */
const HEROES = 2;

/** One line on the screen. Times are of the caller's clock. */
export interface Slot {
  viewerId: string;
  row: Row;
  /** Where it is or goes, from 1; where it was while leaving. */
  place: number;
  /** What its numeral says. */
  says: number;
  /** It looks like the first. */
  leads: boolean;
  /** When these two become those of its place; 0 for nothing to come. */
  turnsAt: number;
  /** The last way it went, or null for none. */
  move: Move | null;
  gain: Gain | null;
  liftedUntil: number;
  newUntil: number;
  /** Set while leaving, else null. */
  goneAt: number | null;
}

/** Somebody who now stands above others. */
export interface Passing {
  row: Row;
  /** Places won, and the rank that is reached. */
  up: number;
  rank: number;
  /** The best of those who were passed. */
  passed: Row;
  /** Who stands above now, or null. */
  above: Row | null;
}

/** A batch of moves. */
export interface Settled {
  slots: Slot[];
  /** When the next batch may begin. */
  until: number;
  passing: Passing | null;
}

/**
 * New points, names and avatars on the rows shown; places stay. Points by which
 * a row would pass the one above it wait for its climb.
 */
export function refresh(slots: Slot[], rows: Row[], at: number): Slot[] {
  const held = heldBack(slots, rows);
  return renewed(slots, rows, at, held);
}

function renewed(
  slots: Slot[],
  rows: Row[],
  at: number,
  held: Set<string>,
): Slot[] {
  const byViewer = new Map(rows.map((row) => [row.viewerId, row]));
  return largestGains(slots.map((slot) => {
    const found = byViewer.get(slot.viewerId);
    if (!found || slot.goneAt !== null) return slot;
    const row = held.has(slot.viewerId)
      ? { ...found, points: slot.row.points }
      : found;
    const gain = gainAfter(slot.gain, row.points - slot.row.points, at);
    return { ...slot, row, gain };
  }));
}

/** Who may not yet show points that are more than those of the row above. */
function heldBack(slots: Slot[], rows: Row[]): Set<string> {
  const points = new Map(rows.map((row) => [row.viewerId, row.points]));
  const held = new Set<string>();
  let most = Infinity;
  for (const slot of here(slots).sort((a, b) => a.place - b.place)) {
    const now = points.get(slot.viewerId);
    const waits = now === undefined || (now > most && now > slot.row.points);
    if (waits) held.add(slot.viewerId);
    most = Math.min(most, waits ? slot.row.points : now);
  }
  return held;
}

/** Gives every row its place: rows come, go, pass and are passed. */
export function settle(slots: Slot[], rows: Row[], at: number): Settled {
  const places = new Map(rows.map((row, index) => [row.viewerId, index + 1]));
  const was = new Map(here(slots).map((slot) => [slot.viewerId, slot]));
  const stayed = [...was.values()].filter((s) => places.has(s.viewerId));
  const to = (slot: Slot) => places.get(slot.viewerId) ?? 0;
  const climbers = stayed
    .filter((a) => stayed.some((b) => b.place < a.place && to(b) > to(a)))
    .sort((a, b) => (b.place - to(b)) - (a.place - to(a)) || to(a) - to(b));
  const coming = rows.filter((row) => !was.has(row.viewerId));
  const isPlain = climbers.length > HEROES || coming.length > HEROES;
  const heroes = isPlain ? [] : climbers;
  const leaves = stayed.length < was.size;

  let until = at;
  const next = renewed(slots, rows, at, new Set()).map((slot): Slot => {
    const place = places.get(slot.viewerId);
    if (place === undefined) {
      if (slot.goneAt !== null) return slot;
      const move = moveOf("leave", slot.place);
      until = Math.max(until, at + move.ms);
      return { ...slot, move, goneAt: at + move.ms, gain: null, newUntil: 0 };
    }
    const rank = rows[place - 1]!.rank;
    if (slot.goneAt !== null) return comes(rows[place - 1]!, place);
    if (slot.place === place) return { ...slot, says: rank };
    const isClimber = climbers.some((c) => c.viewerId === slot.viewerId);
    const move = isPlain
      ? moveOf("plain", slot.place, place)
      : isClimber
      ? moveOf("hero", slot.place, place)
      : moveOf("passed", slot.place, place, delayOf(slot, place));
    const end = at + move.delay + move.ms;
    until = Math.max(until, end);
    const isMarked = isClimber &&
      (!isPlain || slot.viewerId === climbers[0]?.viewerId);
    return {
      ...slot,
      place,
      move,
      turnsAt: at + move.delay + move.turns,
      liftedUntil: isMarked ? end + (isPlain ? 0 : GLOW_MS) : 0,
    };
  });
  const known = new Set(slots.map((slot) => slot.viewerId));
  for (const row of coming) {
    if (known.has(row.viewerId)) continue;
    next.push(comes(row, places.get(row.viewerId)!));
  }
  if (until > at) until += BREATH_MS;
  return { slots: next, until, passing: passingOf() };

  /** A row that comes in once those who leave have left. */
  function comes(row: Row, place: number): Slot {
    const move = moveOf("enter", place, place, leaves ? ENTER.delay : 0);
    const end = at + move.delay + move.ms;
    until = Math.max(until, end);
    const isNew = was.size > 0 && !isPlain;
    return { ...slotOf(row, place), move, newUntil: isNew ? end + NEW_MS : 0 };
  }

  /** Those who are passed give way just before they are reached. */
  function delayOf(slot: Slot, place: number): number {
    const passing = heroes.filter((hero) =>
      hero.place > slot.place && to(hero) <= place && to(hero) < to(slot)
    );
    return Math.max(
      0,
      ...passing.map((hero) => reachedAfter(hero.place, to(hero), slot.place)),
    );
  }

  function passingOf(): Passing | null {
    const best = climbers[0];
    if (!best) return null;
    const [passed] = stayed
      .filter((other) => other.place < best.place && to(other) > to(best))
      .sort((a, b) => to(a) - to(b));
    const row = rows[to(best) - 1]!;
    return passed
      ? {
        row,
        up: best.place - to(best),
        rank: row.rank,
        passed: rows[to(passed) - 1]!,
        above: rows[to(best) - 2] ?? null,
      }
      : null;
  }
}

/** The rows as they are, without anything moving: after a time unseen. */
export function jump(slots: Slot[], rows: Row[]): Slot[] {
  const places = new Map(rows.map((row, index) => [row.viewerId, index + 1]));
  const byViewer = new Map(rows.map((row) => [row.viewerId, row]));
  const kept = slots.flatMap((slot) => byViewer.get(slot.viewerId) ?? []);
  const known = new Set(kept.map((row) => row.viewerId));
  const fresh = rows.filter((row) => !known.has(row.viewerId));
  return [...kept, ...fresh]
    .map((row) => slotOf(row, places.get(row.viewerId)!));
}

/** Lets pass what has had its time: gains, marks and leavers; turns numerals. */
export function expire(slots: Slot[], at: number): Slot[] {
  return slots
    .filter((slot) => slot.goneAt === null || slot.goneAt > at)
    .map((slot) => {
      const after = (time: number) => time > at ? time : 0;
      const turns = slot.turnsAt > 0 && slot.turnsAt <= at;
      const next: Slot = {
        ...slot,
        gain: slot.gain && slot.gain.until > at ? slot.gain : null,
        turnsAt: after(slot.turnsAt),
        liftedUntil: after(slot.liftedUntil),
        newUntil: after(slot.newUntil),
        says: turns ? slot.row.rank : slot.says,
        leads: turns ? slot.place === 1 : slot.leads,
      };
      const keys = Object.keys(next) as (keyof Slot)[];
      return keys.every((key) => next[key] === slot[key]) ? slot : next;
    });
}

/** When `expire` next has something to do; Infinity for never. */
export function nextExpiry(slots: Slot[]): number {
  const times = slots.flatMap((slot) => [
    slot.gain?.until ?? 0,
    slot.turnsAt,
    slot.liftedUntil,
    slot.newUntil,
    slot.goneAt ?? 0,
  ]);
  return Math.min(Infinity, ...times.filter((time) => time > 0));
}

/** Whether places on the screen differ from those of `rows`. */
export function isUnsettled(slots: Slot[], rows: Row[]): boolean {
  const shown = here(slots);
  if (shown.length !== rows.length) return true;
  return shown.some((s) => rows[s.place - 1]?.viewerId !== s.viewerId);
}

function here(slots: Slot[]): Slot[] {
  return slots.filter((slot) => slot.goneAt === null);
}

function slotOf(row: Row, place: number): Slot {
  return {
    viewerId: row.viewerId,
    row,
    place,
    says: row.rank,
    leads: place === 1,
    turnsAt: 0,
    move: null,
    gain: null,
    liftedUntil: 0,
    newUntil: 0,
    goneAt: null,
  };
}
