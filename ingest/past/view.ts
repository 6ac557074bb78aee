/**
 * One session as pages and programs read it: the board, a viewer, receipts,
 * comments, exports. Reads a session and its ledger, changes nothing.
 *
 * @module
 */
import { type Blocker, NO_BLOCKER } from "@/core/blocked_words.ts";
import { marksOf, rowOf } from "@/core/board.ts";
import { missingToNext } from "@/core/next_place.ts";
import { searchedName, shownName } from "@/core/names.ts";
import { ownOf } from "@/core/own_account.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { receiptsFor } from "@/core/receipts.ts";
import type { Viewer } from "@/core/shapes/events.ts";
import type { AskedQuestion, Winner } from "@/core/shapes/history.ts";
import type { CommentRow, SessionInfo, SessionLog } from "@/core/ports.ts";
import { commentById } from "@/core/tallies.ts";
import type { Session, Tally } from "@/core/session.ts";
import { newestStep } from "@/core/steps.ts";
import type {
  BoardPage,
  FeedComment,
  NextPlace,
  Page,
  Receipt,
  SessionSummary,
  StepLabel,
  ViewerDetails,
} from "@/core/views.ts";
import type { BoardAsked, CommentsAsked, OpenView } from "@/core/desk.ts";
import { closingHashOf, ledgerLines, receiptsFrom } from "./ledger_lines.ts";
import { onBoardNamed, readyNames } from "./name_index.ts";
import { boardAt } from "./past_boards.ts";
import { giftsOf } from "./gifts_view.ts";
import { teamNameOf } from "./rounds_view.ts";
import { timelineOf } from "./timeline.ts";

/**
 * A view of a session; `info` is asked anew because titles change.
 *
 * @param options.least Entries its ledger has at least, where it stands still.
 */
export function viewOf(
  session: Session,
  info: () => SessionInfo,
  log: SessionLog,
  { blocker = NO_BLOCKER, least = 0 }: { blocker?: Blocker; least?: number } =
    {},
): OpenView {
  const { id } = info();
  // A line in the list may be older than what was just done.
  const line = () => ({
    ...info(),
    endedAt: session.endedAt ?? info().endedAt,
  });
  const about = () => ({ least, hasRounds: session.hasRounds });
  return {
    summary: () => summaryOf(session, info()),
    board: (asked) => boardPage(session, asked, blocker),
    viewer: (viewerId) => viewerDetails(session, viewerId, blocker),
    async receipts(viewerId, { cursor, limit, newest }) {
      if (!session.tallies.has(viewerId)) return null;
      if (newest) {
        const all = await receiptsOf(log.read(id), viewerId, Infinity, 0);
        return newestFirst(all.items, limit, cursor);
      }
      const after = Number(cursor) || 0;
      return await receiptsOf(log.read(id), viewerId, limit, after);
    },
    comments(options) {
      const { limit, cursor } = options;
      const items: FeedComment[] = [];
      const wanted = commentFilter(options, blocker);
      let i = cursor === undefined
        ? session.feed.length
        : Math.min(session.feed.length, Number.parseInt(cursor, 36) || 0);
      while (i > 0 && items.length < limit) {
        const row = session.feed[--i]!;
        const tally = session.tallies.get(row.viewerId)!;
        if (wanted(row, tally)) items.push(feedComment(row, tally, blocker));
      }
      return { items, cursor: i > 0 ? i.toString(36) : null };
    },
    boardAt: (at, asked) =>
      boardAt(
        {
          session,
          read: () => log.read(id),
          page: (past, asked) => boardPage(past, asked, blocker),
          by: blocker,
        },
        at,
        asked,
      ),
    winners: () => winnersOf(session, blocker),
    questions: () => questionsOf(session, blocker),
    gifts: () => giftsOf(session),
    timeline: () => timelineOf(session, log.read(id)),
    proof: async (viewerId) =>
      session.tallies.has(viewerId)
        ? await receiptsFrom(viewerId, line(), log.read(id), about())
        : null,
    closing: () => closingHashOf(line(), log.read(id), about()),
    exportJsonl: () => ledgerLines(line(), log.read(id), about()),
    exportCsv: () => csvLines(session),
  };
}

/** The step that undo would take back, or redo do again, at a time; or null. */
export function labelOf(
  session: Session,
  side: "undo" | "redo",
  at: number,
): StepLabel | null {
  const step = newestStep(session, side, at);
  if (!step) return null;
  const tally = step.viewerId && session.tallies.get(step.viewerId);
  const { nickname, handle } = tally
    ? tally.viewer
    : { nickname: "", handle: "" };
  return {
    seq: step.of,
    step: step.type,
    viewer: tally ? shownName(nickname, handle) : null,
  };
}

/** A session's line in the list, with what came of it. */
export function summaryOf(
  session: Session,
  info: SessionInfo,
): SessionSummary {
  const { controls, seq, totals } = session;
  return {
    ...info,
    endedAt: session.endedAt,
    phase: controls.phase,
    seq,
    rates: controls.rates,
    totals: { ...totals, gaps: [...totals.gaps] },
  };
}

function boardPage(
  session: Session,
  { offset, limit, q }: BoardAsked,
  blocker: Blocker,
): BoardPage {
  const wanted = q?.trim().toLowerCase();
  const marks = marksOf(session);
  const row = (tally: Tally, rank: number) => ({
    ...rowOf(tally, rank, blocker, marks(tally)),
    made: { ...tally.made },
  });
  if (!wanted) {
    readyNames(session);
    const rows = session.order.slice(offset, limit)
      .map((tally, i) => row(tally, offset + i + 1));
    return { total: session.order.size(), rows };
  }
  const found = onBoardNamed(session, wanted);
  const rows = found.slice(offset, offset + limit)
    .map((tally) => row(tally, session.order.rankOf(tally)!));
  return { total: found.length, rows };
}

/** Names to search in, by the viewer's details: new ones are a new object. */
const lowered = new WeakMap<Viewer, string>();

/** Whether a name or handle contains a text in lower case. */
function matches({ viewer }: Tally, wanted: string): boolean {
  let names = lowered.get(viewer);
  if (names === undefined) {
    names = searchedName(viewer);
    lowered.set(viewer, names);
  }
  return names.includes(wanted);
}

function viewerDetails(
  session: Session,
  viewerId: string,
  blocker: Blocker,
): ViewerDetails | null {
  const tally = session.tallies.get(viewerId);
  if (!tally) return null;
  const marks = marksOf(session)(tally);
  const { rank: _, ...row } = rowOf(tally, 0, NO_BLOCKER, marks);
  const { made, satOut, blocked, likes, carried, diamonds } = tally;
  return {
    ...row,
    rank: session.order.rankOf(tally),
    next: nextPlace(session, tally, blocker),
    made: { ...made },
    satOut,
    own: ownOf(session, tally),
    blocked,
    likes,
    carried: { parts: Math.max(0, carried), of: session.parts },
    diamonds,
    gifts: Array.from(
      tally.gifts ?? [],
      ([giftId, gift]) => ({ giftId, ...gift }),
    ).sort((a, b) => b.units * b.diamonds - a.units * a.diamonds),
    comments: [...tally.comments?.values() ?? []]
      .filter((row) => !row.deleted)
      .map((row) => ({ ...row, ...maskOf(row, blocker) }))
      .toReversed() // of one moment, the one that came last is the latest
      .sort((a, b) => b.lastAt - a.lastAt),
  };
}

/** What the viewer lacks to the place above. */
function nextPlace(
  session: Session,
  tally: Tally,
  blocker: Blocker,
): NextPlace | null {
  const missing = missingToNext(session, tally, session.at);
  if (!missing) return null;
  const { above, points, likes, gifts } = missing;
  const rank = session.order.rankOf(above)!;
  const { viewerId, nickname } = rowOf(above, rank, blocker);
  return { viewerId, nickname, rank, points, likes, gifts };
}

async function receiptsOf(
  packs: AsyncIterable<Entry[]>,
  viewerId: string,
  limit: number,
  after: number,
) {
  const items: Receipt[] = [];
  const take = receiptsFor(viewerId);
  for await (const pack of packs) {
    for (const entry of pack) {
      const line = take(entry);
      if (!line || entry.seq <= after) continue;
      if (items.length === limit) {
        return { items, cursor: String(items.at(-1)!.seq) };
      }
      const { points, sum, per } = line;
      const rule = per === undefined ? {} : { per };
      const { seq, at, type, ...rest } = entry;
      const idle = "idle" in entry ? entry.idle ?? null : null;
      items.push({ seq, at, type, points, sum, idle, entry: rest, ...rule });
    }
  }
  return { items, cursor: null };
}

/** A page from the end; its cursor is the seq that the next one stays below. */
function newestFirst(
  all: Receipt[],
  limit: number,
  cursor?: string,
): Page<Receipt> {
  const below = cursor === undefined ? Infinity : Number(cursor) || 0;
  const rest = all.filter((receipt) => receipt.seq < below);
  const items = rest.slice(-limit).reverse();
  const hasMore = rest.length > items.length;
  return { items, cursor: hasMore ? String(items.at(-1)!.seq) : null };
}

function winnersOf(session: Session, blocker: Blocker): Winner[] {
  return session.wins.map((win) => {
    const { seq, at, viewerId, points, commentId, undone } = win;
    const round = session.rounds[win.round - 1]?.number ?? null;
    const team = teamNameOf(session, win);
    const delivered = win.isDelivered;
    const tally = session.tallies.get(viewerId)!;
    const row = commentId === null
      ? undefined
      : commentById(session, viewerId, commentId);
    const { handle, nickname, avatarUrl } = rowOf(tally, 0, blocker);
    const comment = row && !row.deleted && !isHidden(row, blocker)
      ? row.text
      : null;
    const who = { viewerId, handle, nickname, avatarUrl };
    const what = { round, team, delivered };
    return { seq, at, ...who, ...what, points, comment, undone };
  });
}

function questionsOf(session: Session, blocker: Blocker): AskedQuestion[] {
  return session.questions.flatMap((question) => {
    const { id, viewerId, text, at } = question;
    const tally = session.tallies.get(viewerId);
    const isGone = !tally || tally.blocked ||
      blocker.blocksComment(question);
    if (isGone) return [];
    const { handle, nickname, avatarUrl, follower } = rowOf(tally, 0, blocker);
    return { id, viewerId, handle, nickname, avatarUrl, follower, text, at };
  }).reverse();
}

function isHidden(row: CommentRow, blocker: Blocker): boolean {
  return row.hidden === true || blocker.blocksComment(row);
}

function maskOf(row: CommentRow, blocker: Blocker): { masked?: boolean } {
  return blocker.blocksComment(row) ? { masked: true } : {};
}

function commentFilter(options: CommentsAsked, blocker: Blocker) {
  const { filter, viewerId } = options;
  const q = options.q?.trim().toLowerCase();
  return (row: CommentRow, tally: Tally): boolean => {
    if (row.deleted || tally.blocked) return false;
    if (viewerId !== undefined && row.viewerId !== viewerId) return false;
    if (filter === "unused" && row.used) return false;
    if (filter === "followers" && !tally.viewer.follower) return false;
    if (filter === "questions" && !isQuestion(row.text)) return false;
    const isFound = !q || row.text.toLowerCase().includes(q) ||
      matches(tally, q);
    return isFound && isHidden(row, blocker) === (filter === "hidden");
  };
}

/** Thai asks without a question mark, by its words. */
const ASKING =
  /[?？]|ไหม|มั้ย|มั๊ย|หรือเปล่า|รึเปล่า|หรือยัง|ทำไม|อะไร|ยังไง|อย่างไร|เมื่อไ|ที่ไหน|ใคร|กี่/u;

function isQuestion(text: string): boolean {
  return ASKING.test(text);
}

/** A comment with who said it. */
export function feedComment(
  row: CommentRow,
  tally: Tally,
  blocker: Blocker,
): FeedComment {
  const { handle, nickname, avatarUrl, follower } = rowOf(tally, 0, blocker);
  const who = { handle, nickname, avatarUrl, follower };
  return { ...row, ...who, ...maskOf(row, blocker) };
}

/** How many lines of a table are made at a time. */
const CSV_PAGE = 1_000;

/** The board for people: a spreadsheet opens it, and no cell is a formula. */
async function* csvLines(session: Session): AsyncIterable<string> {
  const head = [
    "rank",
    "id",
    "handle",
    "nickname",
    "follower",
    "points",
    ...["likes", "gifts", "comments", "follows", "shares", "adjusted", "won"]
      .map((from) => `points_${from}`),
    "likes",
    "diamonds",
    "comments",
  ];
  // The mark tells spreadsheets that this is UTF-8.
  yield "\uFEFF" + csvLine(head);
  for (let i = 0; i < session.order.size(); i += CSV_PAGE) {
    let text = "";
    session.order.slice(i, CSV_PAGE).forEach((tally, k) => {
      const { id, handle, nickname, follower } = tally.viewer;
      const { likes, gifts, comments, follows, shares, adjusted, won } =
        tally.made;
      text += csvLine([
        i + k + 1,
        id,
        handle,
        nickname,
        follower ? "yes" : "no",
        tally.points,
        ...[likes, gifts, comments, follows, shares, adjusted, won],
        tally.likes,
        tally.diamonds,
        tally.comments?.size ?? 0,
      ]);
    });
    yield text;
  }
}

function csvLine(cells: (string | number)[]): string {
  return cells.map(csvCell).join(",") + "\r\n";
}

function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(cell);
  const text = isFormula(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * What a spreadsheet could run. It may take the wide form of a sign for the
 * sign itself, and leave out what cannot be seen before it.
 */
function isFormula(cell: string): boolean {
  const seen = cell.normalize("NFKC")
    .replace(/^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}]+/u, "");
  return /^[\t\r\n]/.test(cell) || /^[=+\-@|]/.test(seen);
}
