/**
 * One session as pages and programs read it: the board, a viewer, receipts,
 * comments, exports. Reads a session and its ledger, changes nothing.
 *
 * @module
 */
import { rowOf } from "@/core/board.ts";
import { type Entry, receiptOf } from "@/core/entries.ts";
import { shownName } from "@/core/names.ts";
import type { CommentRow, SessionInfo, SessionLog } from "@/core/ports.ts";
import { emptySession, evolve } from "@/core/session.ts";
import type { Session, Tally } from "@/core/session.ts";
import type {
  BoardPage,
  FeedComment,
  Receipt,
  SessionSummary,
  ViewerDetails,
} from "@/core/views.ts";
import type { OpenView } from "@/core/desk.ts";
import { ledgerLines } from "./ledger_lines.ts";

/** A view of a session; `info` is asked anew because titles change. */
export function viewOf(
  session: Session,
  info: () => SessionInfo,
  log: SessionLog,
): OpenView {
  const { id } = info();
  return {
    summary: () => summaryOf(session, info()),
    board: ({ offset, limit, q }) => boardPage(session, offset, limit, q),
    viewer: (viewerId) => viewerDetails(session, viewerId),
    async receipts(viewerId, { cursor, limit }) {
      if (!session.tallies.has(viewerId)) return null;
      const { seq: after, sum } = readCursor(cursor);
      return await receiptsOf(log.read(id, after), viewerId, limit, sum);
    },
    comments(options) {
      const { limit, cursor } = options;
      const items: FeedComment[] = [];
      const wanted = commentFilter(options);
      let i = cursor === undefined
        ? session.feed.length
        : Math.min(session.feed.length, Number.parseInt(cursor, 36) || 0);
      while (i > 0 && items.length < limit) {
        const row = session.feed[--i]!;
        const tally = session.tallies.get(row.viewerId)!;
        if (wanted(row, tally)) items.push(feedComment(row, tally));
      }
      return { items, cursor: i > 0 ? i.toString(36) : null };
    },
    async boardAt(at, { offset, limit }) {
      const past = await sessionAt(log.read(id), at);
      return { ...boardPage(past, offset, limit), seq: past.seq };
    },
    exportJsonl: () => ledgerLines(info(), log.read(id)),
    exportCsv: () => csvLines(session),
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
  offset: number,
  limit: number,
  q?: string,
): BoardPage {
  const wanted = q?.trim().toLocaleLowerCase();
  if (!wanted) {
    const rows = session.order.slice(offset, limit)
      .map((tally, i) => fullRow(tally, offset + i + 1));
    return { total: session.order.size(), rows };
  }
  const rows: BoardPage["rows"] = [];
  let total = 0;
  session.order.slice(0, Infinity).forEach((tally, i) => {
    if (!matches(tally, wanted)) return;
    if (total >= offset && rows.length < limit) {
      rows.push(fullRow(tally, i + 1));
    }
    total++;
  });
  return { total, rows };
}

function fullRow(tally: Tally, rank: number): BoardPage["rows"][number] {
  return { ...rowOf(tally, rank), made: { ...tally.made } };
}

function matches(tally: Tally, wanted: string): boolean {
  const { handle, nickname } = tally.viewer;
  return nickname.toLocaleLowerCase().includes(wanted) ||
    handle.toLocaleLowerCase().includes(wanted.replace(/^@/, ""));
}

function viewerDetails(
  session: Session,
  viewerId: string,
): ViewerDetails | null {
  const tally = session.tallies.get(viewerId);
  if (!tally) return null;
  const { rank: _, ...row } = rowOf(tally, 0);
  const { made, satOut, blocked, likes, carried, diamonds } = tally;
  return {
    ...row,
    rank: session.order.rankOf(tally),
    made: { ...made },
    satOut,
    blocked,
    likes,
    carried: { parts: carried, of: session.parts },
    diamonds,
    gifts: Array.from(
      tally.gifts ?? [],
      ([giftId, gift]) => ({ giftId, ...gift }),
    ).sort((a, b) => b.units * b.diamonds - a.units * a.diamonds),
    comments: [...tally.comments?.values() ?? []]
      .filter((row) => !row.deleted)
      .map((row) => ({ ...row }))
      .sort((a, b) => b.lastAt - a.lastAt),
  };
}

/** Where a page of receipts ended: seq, and the points up to there. */
function readCursor(cursor?: string): { seq: number; sum: number } {
  const [seq = 0, sum = 0] = (cursor ?? "").split("_").map(Number);
  return Number.isSafeInteger(seq) && Number.isSafeInteger(sum)
    ? { seq, sum }
    : { seq: 0, sum: 0 };
}

async function receiptsOf(
  packs: AsyncIterable<Entry[]>,
  viewerId: string,
  limit: number,
  sum: number,
) {
  const items: Receipt[] = [];
  for await (const pack of packs) {
    for (const entry of pack) {
      const given = receiptOf(entry);
      if (given?.viewerId !== viewerId) continue;
      if (items.length === limit) {
        return { items, cursor: `${items.at(-1)!.seq}_${sum}` };
      }
      const { points } = given;
      sum += points;
      const { seq, at, type, ...rest } = entry;
      const idle = "idle" in entry ? entry.idle ?? null : null;
      items.push({ seq, at, type, points, sum, idle, entry: rest });
    }
  }
  return { items, cursor: null };
}

type CommentOptions = Parameters<OpenView["comments"]>[0];

function commentFilter(options: CommentOptions) {
  const { filter, viewerId } = options;
  const q = options.q?.trim().toLocaleLowerCase();
  return (row: CommentRow, tally: Tally): boolean => {
    if (row.deleted || tally.blocked) return false;
    if (viewerId !== undefined && row.viewerId !== viewerId) return false;
    if (filter === "unused" && row.used) return false;
    if (filter === "followers" && !tally.viewer.follower) return false;
    if (filter === "questions" && !isQuestion(row.text)) return false;
    return !q || row.text.toLocaleLowerCase().includes(q) || matches(tally, q);
  };
}

/** Thai asks without a question mark, by its words. */
const ASKING =
  /[?？]|ไหม|มั้ย|มั๊ย|หรือเปล่า|รึเปล่า|หรือยัง|ทำไม|อะไร|ยังไง|อย่างไร|เมื่อไ|ที่ไหน|ใคร|กี่/u;

function isQuestion(text: string): boolean {
  return ASKING.test(text);
}

function feedComment(row: CommentRow, tally: Tally): FeedComment {
  const { handle, nickname, avatarUrl, follower } = tally.viewer;
  return {
    ...row,
    handle,
    nickname: shownName(nickname, handle),
    avatarUrl,
    follower,
  };
}

async function sessionAt(
  packs: AsyncIterable<Entry[]>,
  at: number,
): Promise<Session> {
  const session = emptySession();
  for await (const pack of packs) {
    for (const entry of pack) {
      if (entry.at > at) return session;
      evolve(session, entry);
    }
  }
  return session;
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
  // A leading =, +, - or @ would be run as a formula; long ids lose digits.
  const text = /^[=+\-@\t\r\n|]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
