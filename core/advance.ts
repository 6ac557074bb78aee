/**
 * What live events mean for a session, as the next entries of its ledger.
 *
 * @module
 */
import { countedByAny, endsCombo } from "./combos.ts";
import type { Entry, Idle } from "./shapes/entries.ts";
import type { LiveEvent, Viewer } from "./shapes/events.ts";
import { boostOf } from "./boost.ts";
import { nextDueAt, recordDue } from "./due.ts";
import { evolve, record } from "./evolve.ts";
import { isVisible } from "./names.ts";
import { addLikes, giftPoints, newUnits } from "./rates.ts";
import type { Room } from "./room.ts";
import { targetReachedBy } from "./rounds.ts";
import { joinedBy } from "./teams.ts";
import { FAVOUR_MS } from "./runs.ts";
import { isAccepting } from "./session.ts";
import type { Arrival, Session, Tally } from "./session.ts";
import { distinct, FULL } from "./tallies.ts";

/**
 * Takes live events in: drops messages it has seen, counts only a combo's
 * growth, gives points. Changes the session and returns what to write down.
 *
 * @param arrivals In the order they arrived.
 * @param room What the room has sent before, in whatever session; it takes note
 * of all that arrives.
 */
export function advance(
  session: Session,
  arrivals: Arrival[],
  room?: Room | null,
): Entry[] {
  const entries: Entry[] = [];
  for (const arrival of arrivals) {
    const { at, event, foreign } = arrival;
    if (isDue(session, at)) entries.push(...recordDue(session, at));
    if (room?.has(event.id)) continue;
    const entry = foreign ? null : entryOf(session, arrival, room);
    room?.see(event);
    if (!entry) continue;
    evolve(session, entry);
    entries.push(entry);
    if (session.controls.target !== null) endAtTarget(session, entry, entries);
  }
  return entries;
}

/** Whether the program may have to do something: asked before each event. */
function isDue(session: Session, at: number): boolean {
  const { phase, closesAt, clock, boost, goals } = session.controls;
  if (goals.length > 0) return true;
  if (phase === "closing" && closesAt !== null && at >= closesAt) return true;
  if (clock === null && boost === null) return false;
  const due = nextDueAt(session);
  return due !== null && at >= due;
}

/** Ends a round at once when an event has given somebody its target. */
function endAtTarget(session: Session, entry: Entry, entries: Entry[]): void {
  if (!("viewer" in entry || "id" in entry) || !("points" in entry)) return;
  if (!entry.points || !("viewerId" in entry)) return;
  const reached = targetReachedBy(
    session,
    session.tallies.get(entry.viewerId!)!,
  );
  if (!reached) return;
  entries.push(
    record(session, { type: "targetReached", ...reached }, entry.at),
  );
}

/**
 * What a live event means here, as the next entry; null if it was seen before
 * or adds nothing.
 *
 * An object that is spread anywhere but first costs ten times the rest of this
 * function, so every entry is its beginning, spread, and what its type adds.
 */
function entryOf(
  session: Session,
  { at, event, sentAt }: Arrival,
  room?: Room | null,
): Entry | null {
  if (session.ids.has(event.id)) return null;
  const { phase } = session.controls;
  if (phase === "idle" || phase === "ended") return null;
  const place = { seq: session.seq + 1, at: Math.max(session.at, at) };
  const message = { id: event.id, sentAt: event.at };
  if (event.type === "deletion") {
    const { messageIds, viewerIds } = event;
    return { ...place, type: "deleted", ...message, messageIds, viewerIds };
  }
  if (event.type === "gap") {
    const { from, to } = event;
    return { ...place, type: "missed", ...message, from, to };
  }
  const known = session.tallies.get(event.viewer.id);
  const viewer = newDetails(known?.viewer, event);
  const idle = idleReason(session, event, known);
  const joins = session.controls.teams.length === 0
    ? undefined
    : joinedBy(session, event, known);
  const inTime = idle === "late" && wasInTime(session, sentAt);
  const about = { event, viewer, idle, joins, inTime };
  const { rates, boost } = session.controls;
  const earn = (points: number) => idle ? 0 : points;
  switch (event.type) {
    case "like": {
      const follower = (viewer ?? known!.viewer).follower;
      const carried = known?.carried ?? 0;
      const { count } = event;
      const times = idle ? 1 : boostOf(boost, "likes", place.at);
      const { points } = addLikes(
        carried,
        count * times,
        follower ? rates.likes.follower : rates.likes.other,
        session.parts,
      );
      const like = {
        ...begin(place, "liked", about),
        points: earn(points),
        count,
      };
      return times > 1 ? { ...like, boost: times } : like;
    }
    case "gift": {
      const counted = event.combo ? countedByAny(session, event, room) : 0;
      const units = newUnits(counted, event.repeatCount);
      const ends = endsCombo(event) && counted < Infinity;
      if (units === 0 && !ends) return null;
      const times = idle ? 1 : boostOf(boost, "gifts", place.at);
      const gift = {
        ...begin(place, "gifted", about),
        points: earn(giftPoints(rates, units, event.diamonds) * times),
        giftId: event.giftId,
        giftName: event.giftName,
        diamonds: event.diamonds,
        units,
        total: event.repeatCount,
        combo: event.combo,
        groupId: event.groupId,
      };
      if (!ends && !event.to && times === 1) return gift;
      const { to } = event;
      return {
        ...gift,
        ...(ends && { end: true }),
        ...(to && { to }),
        ...(times > 1 && { boost: times }),
      };
    }
    case "comment": {
      const { text } = event;
      if (!isVisible(text)) return null;
      const said = known?.comments?.has(distinct(text));
      const points = said ? 0 : earn(rates.comment);
      return { ...begin(place, "commented", about), points, text };
    }
    case "follow": {
      const points = known?.followed ? 0 : earn(rates.follow);
      return { ...begin(place, "followed", about), points };
    }
    case "share": {
      const points = known?.shared ? 0 : earn(rates.share);
      return { ...begin(place, "shared", about), points };
    }
    case "question": {
      const { questionId, text } = event;
      return { ...begin(place, "asked", about), points: 0, questionId, text };
    }
  }
}

/** How every entry about a viewer begins. */
function begin<T extends Entry["type"]>(
  { seq, at }: { seq: number; at: number },
  type: T,
  { event, viewer, idle, joins, inTime }: {
    event: Exclude<LiveEvent, { type: "deletion" | "gap" }>;
    viewer?: Viewer;
    idle?: Idle;
    joins?: string;
    inTime: boolean;
  },
) {
  const { id, at: sentAt } = event;
  const entry = { seq, at, type, id, sentAt, viewerId: event.viewer.id };
  const told = viewer ? { ...entry, viewer } : entry;
  const more = joins === undefined ? told : { ...told, joins };
  if (!idle) return more;
  return inTime ? { ...more, idle, inTime: true as const } : { ...more, idle };
}

/** Whether what came late was sent before the close. */
function wasInTime(session: Session, sentAt: number | undefined): boolean {
  const close = session.pots.at(-1);
  return sentAt !== undefined && close !== undefined && !close.isPause &&
    sentAt <= close.at + FAVOUR_MS;
}

/**
 * A viewer's details where an event brings new ones, else undefined. Once a
 * follower, always one in this session; what a message does not carry stays.
 */
function newDetails(
  known: Viewer | undefined,
  event: Exclude<LiveEvent, { type: "deletion" | "gap" }>,
): Viewer | undefined {
  const seen = event.viewer;
  const follower = seen.follower || event.type === "follow";
  if (!known) return follower === seen.follower ? seen : { ...seen, follower };
  const handle = seen.handle || known.handle;
  const nickname = seen.nickname || known.nickname;
  const avatarUrl = samePicture(seen.avatarUrl, known.avatarUrl)
    ? known.avatarUrl
    : seen.avatarUrl;
  const follows = known.follower || follower;
  const moderator = seen.moderator ?? known.moderator;
  const subscriber = seen.subscriber ?? known.subscriber;
  const same = handle === known.handle && nickname === known.nickname &&
    avatarUrl === known.avatarUrl && follows === known.follower &&
    moderator === known.moderator && subscriber === known.subscriber;
  if (same) return undefined;
  const merged: Viewer = {
    ...known,
    handle,
    nickname,
    avatarUrl,
    follower: follows,
  };
  if (moderator !== undefined) merged.moderator = moderator;
  if (subscriber !== undefined) merged.subscriber = subscriber;
  return merged;
}

/** Whether two signed addresses show the same picture (or nothing newer). */
function samePicture(seen: string | null, known: string | null): boolean {
  if (seen === null || seen === known) return true;
  return known !== null && pathOf(seen) === pathOf(known);
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Why an event of this viewer earns nothing now; undefined if it earns. */
function idleReason(
  session: Session,
  event: LiveEvent,
  tally?: Tally,
): Idle | undefined {
  if (tally?.blocked) return "blocked";
  if (tally?.satOut) return "satOut";
  if (!isAccepting(session)) {
    return session.controls.phase === "paused" ? "paused" : "late";
  }
  const { giftsTo } = session.controls.rates;
  if (giftsTo === "host" && event.type === "gift" && event.to) return "toGuest";
  return isFull(session, tally) ? "full" : undefined;
}

function isFull({ totals }: Session, tally?: Tally): boolean {
  if (totals.points > FULL || totals.diamonds > FULL) return true;
  return tally !== undefined && tally.points - tally.made.won > FULL;
}
