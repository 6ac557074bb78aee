/**
 * What came late as the host is told of it: how much, of whom, and whether it
 * matters enough to be offered at once.
 *
 * @module
 */
import type { Blocker } from "./blocked_words.ts";
import { rowOf } from "./board.ts";
import { type Lot, lotsToCount, type Worth, worthByViewer } from "./late.ts";
import { NO_ROUNDS } from "./no_rounds.ts";
import { byPlace } from "./ranking.ts";
import { roundOf } from "./rounds.ts";
import type { Session } from "./session.ts";
import { teamStanding } from "./teams.ts";
import type { LateSum } from "./views.ts";

/** How long before a close an outage matters, in ms. */
const NEAR_MS = 30_000;

/** What decides a place. */
type Standing = { id: string; points: number; reached: number };

/** What came late and could be counted now. */
export function lateOf(session: Session, blocker: Blocker): LateSum {
  const lots = session.pots.length === 0 ? [] : lotsToCount(session);
  if (lots.length === 0) return NO_ROUNDS.late;
  const worth = worthByViewer(session, lots);
  const { points } = allOf(worth);
  const [viewerId] = worth.size === 1 ? worth.keys() : [];
  return {
    ...{ viewers: worth.size, points },
    nickname: viewerId === undefined
      ? null
      : rowOf(session.tallies.get(viewerId)!, 0, blocker).nickname,
    matters: points > 0 &&
      (cameAfterAnOutage(session) || changesFirst(session, lots, worth)),
  };
}

/** Whether the connection was lost shortly before a close that lots came after. */
function cameAfterAnOutage({ pots, totals }: Session): boolean {
  const closes = pots.filter(({ isPause, lots }) =>
    !isPause && lots.some(({ by }) => by === 0)
  );
  return closes.some(({ at }) =>
    totals.gaps.some(({ from, to }) => from < at && to > at - NEAR_MS)
  );
}

/** Whether counting would put somebody else, or another team, first. */
function changesFirst(
  session: Session,
  lots: Lot[],
  worth: Map<string, Worth>,
): boolean {
  if (roundOf(session)?.by === "team") return changesFirstTeam(session, lots);
  const [first] = session.order.slice(0, 1);
  const after = [...worth].flatMap(([id, gained]) => {
    const tally = session.tallies.get(id)!;
    return tally.blocked || tally.satOut ? [] : [withGain(tally, gained)];
  });
  if (first && !worth.has(first.id)) after.push(first);
  return firstOf(after)?.id !== first?.id;
}

function changesFirstTeam(session: Session, lots: Lot[]): boolean {
  const before = session.controls.teams.map(({ id }) =>
    teamStanding(session, id)
  );
  const after = before.map((team) => {
    const ours = lots.filter((lot) => lot.team === team.id);
    return withGain(team, allOf(worthByViewer(session, ours)));
  });
  return firstOf(after)?.id !== firstOf(before)?.id;
}

function withGain(
  { id, points, reached }: Standing,
  gained: Worth,
): Standing {
  if (gained.points === 0) return { id, points, reached };
  return {
    id,
    points: points + gained.points,
    reached: Math.max(reached, gained.last),
  };
}

function allOf(worth: Map<string, Worth>): Worth {
  const all = { points: 0, last: 0 };
  for (const { points, last } of worth.values()) {
    all.points += points;
    all.last = Math.max(all.last, last);
  }
  return all;
}

function firstOf(standings: Standing[]): Standing | undefined {
  let first: Standing | undefined;
  for (const one of standings) {
    if (one.points > 0 && (!first || byPlace(one, first) < 0)) first = one;
  }
  return first;
}
