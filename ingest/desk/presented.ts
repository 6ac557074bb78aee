/**
 * What people are shown of a session: the newest durable frame, and what is
 * told of the session as a whole.
 *
 * @module
 */
import { blockerOf } from "@/core/blocked_words.ts";
import { frameOf } from "@/core/board.ts";
import type { Frame } from "@/core/frame.ts";
import { lateOf } from "@/core/late_sum.ts";
import { ownOnTop } from "@/core/own_account.ts";
import type { SessionInfo } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import type { Settings } from "@/core/shapes/settings.ts";
import type {
  GameSetUp,
  LateSum,
  OwnAccount,
  RoundLine,
  SessionSummary,
  StepLabel,
} from "@/core/views.ts";
import { roundLinesOf, setUpOf } from "../past/rounds_view.ts";
import { labelOf, summaryOf } from "../past/view.ts";

/** Frames are made at most this often while more is waiting. */
const FRAME_MS = 8;

/** The session as a whole, as people may be told of it. */
export interface ToldState {
  summary: SessionSummary;
  undo: StepLabel | null;
  redo: StepLabel | null;
  late: LateSum;
  own: OwnAccount | null;
  rounds: RoundLine[];
  setUp: GameSetUp;
}

/** Of what it is made. */
interface Source {
  session: Session;
  settings(): Settings;
  info(): SessionInfo;
  /** The game's time, Unix ms. */
  now(): number;
  /** By the clock that only runs forward, ms. */
  elapsed(): number;
}

/** What people are shown. */
export interface Presented {
  /** The newest durable frame, and what is told with it. */
  frame(): Frame;
  told(): ToldState;
  /** The session as it now is, durable or not. */
  tell(): ToldState;
  /**
   * The frame after a batch; null where a later one is soon enough.
   *
   * @param isMore Whether more waits.
   */
  next(isMore: boolean): Frame | null;
  /** Says what is told from now on. */
  say(told: ToldState): void;
  /** Shows a frame; it is given back if it looks different from the last. */
  show(next: Frame | null): Frame | null;
  /** Looks anew, after what may be seen has changed. */
  redraw(): Frame;
}

/** Shows the session as it is now, which is durable. */
export function createPresented(
  { session, settings, info, now, elapsed }: Source,
): Presented {
  const look = () =>
    frameOf(session, now(), blockerOf(settings().blockedWords));
  const tell = (): ToldState => {
    const blocker = blockerOf(settings().blockedWords);
    return {
      summary: summaryOf(session, info()),
      undo: labelOf(session, "undo", now()),
      redo: labelOf(session, "redo", now()),
      late: lateOf(session, blocker),
      own: ownOnTop(session, blocker),
      rounds: roundLinesOf(session, blocker),
      setUp: setUpOf(session),
    };
  };
  let frame = look();
  let told = tell();
  let framedAt = -Infinity;
  return {
    frame: () => frame,
    told: () => told,
    tell,
    next(isMore) {
      const at = elapsed();
      if (isMore && at - framedAt < FRAME_MS) return null;
      framedAt = at;
      return look();
    },
    say(next) {
      told = next;
    },
    show(next) {
      const changed = next && !looksSame(frame, next) ? next : null;
      frame = next ?? frame;
      return changed;
    },
    redraw: () => frame = { ...look(), seq: frame.seq },
  };
}

/** Whether two frames look the same to the audience. */
function looksSame(a: Frame, b: Frame): boolean {
  return a.phase === b.phase && a.viewers === b.viewers &&
    a.closesAt === b.closesAt && a.countdownTo === b.countdownTo &&
    a.session?.id === b.session?.id &&
    TOLD.every((name) => isSame(a[name], b[name])) &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, i) => {
      const other = b.rows[i]!;
      return row.viewerId === other.viewerId && row.points === other.points &&
        row.nickname === other.nickname && row.follower === other.follower &&
        row.team === other.team && row.wins === other.wins &&
        row.avatarUrl === other.avatarUrl;
    });
}

/** What of a frame is a small document of its own. */
const TOLD = ["stage", "round", "series", "teams", "goals", "boost"] as const;

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
