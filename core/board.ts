/**
 * The board as people see it: rows, who passed whom, the frame, and the hash
 * that says two boards are the same.
 *
 * @module
 */
import { type Blocker, MASKED_NAME, NO_BLOCKER } from "./blocked_words.ts";
import { type Frame, MAX_ROWS, type Overtaking } from "./frame.ts";
import type { BoostShown, RoundShown, Row, Stage, TeamShown } from "./frame.ts";
import { shownGoal } from "./goals.ts";
import { shownComment, shownName } from "./names.ts";
import { championOf, clockOf, roundOf, starsOf } from "./rounds.ts";
import type { Session, Tally } from "./session.ts";
import type { Team } from "./shapes/rounds.ts";
import { commentById } from "./tallies.ts";
import { bestIn, membersOf, teamOf, teamStanding } from "./teams.ts";

/** What a row says of a viewer beside the points. */
type Marks = Pick<Row, "team" | "wins">;
/** Tells it of each viewer. */
export type MarksOf = (tally: Tally) => Marks;

const NO_MARKS: Marks = { team: null, wins: 0 };

/** Everything one redraw needs, as of the session's last entry. */
export function frameOf(
  session: Session,
  now: number,
  blocker: Blocker = NO_BLOCKER,
): Frame {
  const { phase, closesAt, countdownTo } = session.controls;
  const { id, title, channel, controls } = session;
  const marks = marksOf(session);
  const best = (tally: Tally) => {
    const rank = session.order.rankOf(tally)!;
    return rowOf(tally, rank, blocker, marks(tally));
  };
  return {
    seq: session.seq,
    session: { id, title, channel },
    phase,
    closesAt,
    countdownTo,
    now,
    viewers: session.order.size(),
    rows: rowsOf(session, 0, MAX_ROWS, blocker),
    overtakings: [],
    round: roundShown(session),
    series: seriesShown(session),
    teams: controls.teams.map((team) => teamShown(session, team, best)),
    goals: controls.goals.map((goal) => shownGoal(session, goal)),
    boost: boostShown(session, now),
    stage: stageOf(session, blocker),
  };
}

/** Tells the team and the stars of each viewer, as they are now. */
export function marksOf(session: Session): MarksOf {
  const stars = starsOf(session);
  return (tally) => ({
    team: teamOf(session, tally),
    wins: stars.get(tally.id) ?? 0,
  });
}

function roundShown(session: Session): RoundShown | null {
  const round = roundOf(session);
  if (!round) return null;
  const { phase, target } = session.controls;
  const clock = clockOf(session);
  return {
    number: round.number,
    by: round.by,
    endsAt: clock?.endsAt ?? null,
    left: phase === "paused" ? clock?.left ?? null : null,
    overtime: clock?.overtimes ?? 0,
    // Once it is reached it ends nothing any more, and is still what it was.
    target: phase === "frozen" ? round.target : target,
  };
}

function seriesShown(session: Session): Frame["series"] {
  const bestOf = roundOf(session)?.bestOf ?? null;
  return bestOf === null ? null : { bestOf, champion: championOf(session) };
}

function teamShown(
  session: Session,
  { id, name, colour, words }: Team,
  row: (tally: Tally) => Row,
): TeamShown {
  const best = bestIn(session, id);
  return {
    ...{ id, name, colour, join: words[0] ?? null },
    points: teamStanding(session, id).points,
    members: membersOf(session, id).size,
    wins: starsOf(session).get(id) ?? 0,
    best: best && row(best),
  };
}

function boostShown({ controls }: Session, now: number): BoostShown | null {
  const { boost, pausedAt } = controls;
  if (!boost) return null;
  const { times, of, until } = boost;
  return { times, of, until: until + (pausedAt === null ? 0 : now - pausedAt) };
}

/** Rows of the board from place `offset` (0 is the first). */
export function rowsOf(
  session: Session,
  offset: number,
  limit: number,
  blocker: Blocker = NO_BLOCKER,
): Row[] {
  const marks = marksOf(session);
  return session.order.slice(offset, limit).map((tally, i) =>
    rowOf(tally, offset + i + 1, blocker, marks(tally))
  );
}

/** One line of the board, its name fit for a screen, or masked. */
export function rowOf(
  tally: Pick<Tally, "viewer" | "points">,
  rank: number,
  blocker: Blocker = NO_BLOCKER,
  marks: Marks = NO_MARKS,
): Row {
  const { id, handle, nickname, avatarUrl, follower } = tally.viewer;
  const isMasked = blocker.blocksName(tally.viewer);
  return {
    rank,
    viewerId: id,
    handle: isMasked ? MASKED_NAME : handle,
    nickname: isMasked ? MASKED_NAME : shownName(nickname, handle),
    avatarUrl,
    points: tally.points,
    follower,
    ...marks,
  };
}

/** What the overlay shows of one viewer; what must not be seen is gone. */
function stageOf(session: Session, blocker: Blocker): Stage | null {
  const { stage } = session.controls;
  const tally = stage && session.tallies.get(stage.viewerId);
  if (!tally || tally.blocked) return null;
  const row = stage.commentId === null
    ? undefined
    : commentById(session, tally.id, stage.commentId);
  const isSeen = row && !row.deleted && !row.hidden &&
    !blocker.blocksComment(row);
  const comment = isSeen ? shownComment(row.text) : null;
  if (stage.kind === "comment" && comment === null) return null;
  const { viewerId, handle, nickname, avatarUrl } = rowOf(
    tally,
    0,
    blocker,
  );
  const { kind, points, teamId: team } = stage;
  return {
    ...{ kind, viewerId, handle, nickname, avatarUrl, points, comment },
    ...(team !== undefined && { team }),
  };
}

/**
 * Who passed whom between two frames.
 *
 * Give it the rows of whole frames and cut afterwards (`to` ≤ rows shown):
 * whoever is missing in the rows before came from below them, and whoever is
 * missing in the rows after has left the board and was passed by nobody.
 */
export function overtakingsBetween(before: Row[], after: Row[]): Overtaking[] {
  if (sameOrder(before, after)) return [];
  const now = new Map(after.map((row, i) => [row.viewerId, i]));
  const then = new Map(before.map((row, i) => [row.viewerId, i]));
  return after.flatMap(({ viewerId, rank }, i) => {
    const place = then.get(viewerId) ?? before.length;
    const passed = before.slice(0, place)
      .filter((row) => (now.get(row.viewerId) ?? -1) > i)
      .map((row) => row.viewerId);
    if (passed.length === 0) return [];
    return { viewerId, from: rank - i + place, to: rank, passed };
  });
}

function sameOrder(before: Row[], after: Row[]): boolean {
  return before.length === after.length &&
    before.every((row, i) => row.viewerId === after[i]!.viewerId);
}

/** How many standings are turned into text at a time. */
const HASH_PAGE = 10_000;

/**
 * SHA-256 (hex) of the board: a line `viewerId TAB points` for each viewer in
 * order, joined by line feeds. Equal for two boards that are the same to the
 * point and to the place.
 */
export function boardHash(session: Session): Promise<string> {
  const lines: string[] = [];
  for (let i = 0; i < session.order.size(); i += HASH_PAGE) {
    for (const tally of session.order.slice(i, HASH_PAGE)) {
      lines.push(boardLine(tally.id, tally.points));
    }
  }
  return hashOfLines(lines);
}

/** A viewer's line of the text that the board's hash is of. */
export function boardLine(viewerId: string, points: number): string {
  return `${viewerId}\t${points}`;
}

/** The board's hash from its lines in order. */
export async function hashOfLines(lines: string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join("\n"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(
    new Uint8Array(digest),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}
