/**
 * One session: what is true of a game.
 *
 * `advance` turns live events into entries, `evolve` applies one entry. A
 * session is changed in place by its one writer: copying what a hundred
 * thousand viewers hold for every tick would cost more than the game.
 *
 * @module
 */
import type { LiveEvent, Viewer } from "./shapes/events.ts";
import type { Boost } from "./boost.ts";
import { type Drawn, type DrawState, noDraws } from "./draws.ts";
import type { Phase } from "./frame.ts";
import type { Came, CameBefore } from "./goals.ts";
import type { Pot } from "./late.ts";
import { createMessageIds } from "./message_ids.ts";
import type { MessageIds } from "./message_ids.ts";
import { createRanking } from "./ranking.ts";
import type { Ranked, Ranking } from "./ranking.ts";
import type { CommentRow } from "./ports.ts";
import { DEFAULT_RATES, partsOf } from "./rates.ts";
import type { Lead, Round, RoundClock } from "./rounds.ts";
import type { Rates } from "./shapes/rates.ts";
import type { Goal, Hold, Team } from "./shapes/rounds.ts";
import type { ProgramStep } from "./entries.ts";
import type { Step } from "./steps.ts";
import type { Member, Members, TeamStanding } from "./teams.ts";
import type { Made, Totals } from "./views.ts";
import type { Zeroing } from "./zeroing.ts";

/** What the host's commands set, and the clock. */
export interface Controls {
  phase: Phase;
  /** Unix ms, while closing. */
  closesAt: number | null;
  countdownTo: number | null;
  /** Unix ms, while paused. */
  pausedAt: number | null;
  /** Who and what is on stage; names and texts are looked up when shown. */
  stage: StageRef | null;
  rates: Rates;
  /** The phase an ended session had before. */
  endedFrom: Phase | null;
  /** Index of the round that is played, or was last; 0 before the first. */
  round: number;
  clock: RoundClock | null;
  /** Points that end the round; null where none do (any more). */
  target: number | null;
  teams: Team[];
  hold: Hold;
  goals: Goal[];
  boost: Boost | null;
}

/** Points at what the stage shows. */
export interface StageRef {
  kind: "winner" | "comment" | "team" | "champion";
  viewerId: string;
  commentId: string | null;
  /** What a winner held; of a team, what the team had. */
  points: number | null;
  /** The team that has won. */
  teamId?: string;
}

/** What one viewer holds. */
export interface Tally extends Ranked {
  viewer: Viewer;
  made: Made;
  /** Likes that counted, and parts of a point gathered towards the next. */
  likes: number;
  carried: number;
  diamonds: number;
  gifts: Map<string, { name: string; diamonds: number; units: number }> | null;
  /** By distinct text, in order of the first message. */
  comments: Map<string, CommentRow> | null;
  satOut: boolean;
  blocked: boolean;
  /** Whether a follow, and a share, has earned points. */
  followed: boolean;
  shared: boolean;
  /** The team that was chosen, and before it. */
  member: Member | null;
}

/** A question from TikTok's own Q&A. */
export interface Question {
  id: string;
  viewerId: string;
  text: string;
  at: number;
}

/** A viewer who was picked. */
export interface Win {
  seq: number;
  at: number;
  viewerId: string;
  points: number;
  commentId: string | null;
  /** Whether it made the viewer sit out. */
  satOut: boolean;
  /** The viewer's `reached` before it. */
  reached: number;
  /** Taken back. */
  undone: boolean;
  /** Index of its round; 0 where there was none. */
  round: number;
  /** The team that it is a win of. */
  teamId?: string;
  /** What its comment was drawn from; left out where none was. */
  drawn?: Drawn;
  /** What was promised has been handed over. */
  isDelivered: boolean;
}

/** A time in which the session ran. */
export interface Run {
  /** Unix ms on TikTok's clock, null where that was not known. */
  from: number | null;
  to: number | null;
  /** Whether it has ended. */
  over: boolean;
}

/** All that is true of one game. */
export interface Session {
  id: string;
  title: string;
  channel: string;
  rehearsal: boolean;
  startedAt: number;
  endedAt: number | null;
  /** From each start or continuing to the end; the last one may go on. */
  runs: Run[];
  /** Seq and time of the last entry; 0 before the first. */
  seq: number;
  at: number;
  controls: Controls;
  /** Parts in a point: a multiple of every like rate this session has had. */
  parts: number;
  tallies: Map<string, Tally>;
  order: Ranking<Tally>;
  ids: MessageIds;
  /** Units counted, by combo; see `countUnits`. */
  combos: Map<string, number>;
  /** Distinct comments in order of their first message. */
  feed: CommentRow[];
  /** The comment that a message belongs to, by message id. */
  commentOf: Map<string, CommentRow>;
  questions: Question[];
  /** Message ids taken away before (or after) they came. */
  deleted: Set<string>;
  wins: Win[];
  draw: DrawState;
  undo: Step[];
  redo: Step[];
  /** Seq of the entry that set a field last, by field. */
  setBy: Map<string, number>;
  /** What the program did by itself that set a field, by its seq. */
  byItself: Map<number, ProgramStep>;
  /** All rounds that were started, those taken back too. */
  rounds: Round[];
  lead: Lead;
  zeroings: Zeroing[];
  teamStandings: Map<string, TeamStanding>;
  /** Who plays for which team; null where that is to be worked out. */
  members: Members | null;
  pots: Pot[];
  came: Came;
  /** What had come when each round began, by its index. */
  cameBefore: Map<number, CameBefore>;
  /** How many steps of each goal were reached. */
  goalSteps: Map<string, number>;
  /** It has facts that programs without rounds do not know. */
  hasRounds: boolean;
  /** Whose points alone are counted; null for everybody's. */
  only: string | null;
  totals: Totals;
  /** Comments changed since they were last stored, with the seq that did it. */
  changed: Map<CommentRow, number>;
  /**
   * Viewers changed since they were last taken from here, and whether it is
   * new who they are. Null where no store asks for it.
   */
  touched: Map<Tally, boolean> | null;
  /** What is said of all of them has changed since: points, teams or stars. */
  isRedrawn: boolean;
}

/** A live event and when it arrived here, Unix ms. */
export interface Arrival {
  at: number;
  event: LiveEvent;
  /** It was sent while the session did not run, and is none of its. */
  foreign?: boolean;
  /** When it was sent, on the session's clock; left out where not known. */
  sentAt?: number;
}

/** A session before its first entry. */
export function emptySession(): Session {
  return {
    id: "",
    title: "",
    channel: "",
    rehearsal: false,
    startedAt: 0,
    endedAt: null,
    runs: [],
    seq: 0,
    at: 0,
    controls: {
      phase: "idle",
      closesAt: null,
      countdownTo: null,
      pausedAt: null,
      stage: null,
      rates: DEFAULT_RATES,
      endedFrom: null,
      round: 0,
      clock: null,
      target: null,
      teams: [],
      hold: "round",
      goals: [],
      boost: null,
    },
    parts: partsOf(DEFAULT_RATES),
    tallies: new Map(),
    order: createRanking<Tally>(isOnBoard),
    ids: createMessageIds(),
    combos: new Map(),
    feed: [],
    commentOf: new Map(),
    questions: [],
    deleted: new Set(),
    wins: [],
    draw: noDraws(),
    undo: [],
    redo: [],
    setBy: new Map(),
    byItself: new Map(),
    rounds: [],
    lead: { id: null, changedAt: null },
    zeroings: [],
    teamStandings: new Map(),
    members: null,
    pots: [],
    came: {
      ...{ diamonds: 0, points: 0, likes: 0, room: null },
      ...{ gifts: new Map(), follows: new Map() },
    },
    cameBefore: new Map(),
    goalSteps: new Map(),
    hasRounds: false,
    only: null,
    totals: {
      viewers: 0,
      points: 0,
      likes: 0,
      diamonds: 0,
      comments: 0,
      winners: 0,
      late: 0,
      gaps: [],
    },
    changed: new Map(),
    touched: null,
    isRedrawn: false,
  };
}

/** Whether a viewer stands on the board. */
export function isOnBoard(tally: Tally): boolean {
  return tally.points > 0 && !tally.blocked && !tally.satOut;
}

/** Whether events earn points now. */
export function isAccepting(session: Session): boolean {
  const { phase } = session.controls;
  return phase === "open" || phase === "closing";
}
