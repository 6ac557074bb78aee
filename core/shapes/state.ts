/**
 * How everything stands: what `/api/state` answers.
 *
 * @module
 */
import { z } from "zod";
import {
  Connection,
  ConnectionCounts,
  ConnectionInWords,
} from "./connection.ts";
import { Frame, Phase } from "./frame.ts";
import { Look } from "./look.ts";
import { ObsInWords, ObsPhase, ObsState } from "./obs.ts";
import { Rates } from "./rates.ts";
import { Settings } from "./settings.ts";
import {
  FeedComment,
  GameSetUp,
  LateSum,
  OwnAccount,
  RoundLine,
  SessionSummary,
  StepLabel,
} from "./views.ts";
import { MaybeMoment, MaybeText, Text, Whole } from "./words.ts";

/**
 * What a caller may do: everything, help with the viewers, look at the
 * overlay, or press the buttons of a game.
 */
export const Role = z.enum(["host", "moderator", "display", "button"]);
/** As the schema of that name gives it. */
export type Role = z.infer<typeof Role>;

/** How the live store does, in words for the panel. */
export const LiveHealth = z.object({
  /**
   * - `ok`
   * - `not_safe`: it works, but would lose or throw away what it holds
   * - `unchecked`: it works; whether it is safe cannot be found out
   * - `behind`: it was away and is being brought up to date
   * - `connecting`, `unreachable`, `untrusted` (its certificate), `refused`
   *   (password or rights), `read_only`, `full`, `loading`, `failing`: it
   *   cannot be written
   */
  state: z.enum([
    "ok",
    "not_safe",
    "unchecked",
    "behind",
    "connecting",
    "unreachable",
    "untrusted",
    "refused",
    "read_only",
    "full",
    "loading",
    "failing",
  ]),
  detail: Text.describe("One sentence; empty where all is well"),
});
/** As the schema of that name gives it. */
export type LiveHealth = z.infer<typeof LiveHealth>;

/** A version that is out, and where to get it. */
export const Newer = z.object({ version: Text, url: MaybeText });
/** As the schema of that name gives it. */
export type Newer = z.infer<typeof Newer>;

/** How well it all works. */
const Health = z.object({
  /** Live events a second, over the last ten seconds. */
  eventsPerSecond: z.number(),
  /** Of the last live event, or null. */
  lastEventAt: MaybeMoment,
  counts: ConnectionCounts.nullable(),
  /** People in the room now, or null where unknown. */
  roomViewers: Whole.nullable(),
  /** Open frame streams. */
  overlays: Whole,
  /** Events waiting to be written. */
  queued: Whole,
  /** Events refused because too many waited. */
  refused: Whole,
  /** Null, or why the ledger cannot be written now. */
  storage: MaybeText,
  away: MaybeText.optional().describe(
    "Null, or why the process that runs the game cannot be asked now",
  ),
  loads: z.boolean().optional().describe(
    "What ran before is still being opened: no command is taken yet",
  ),
  /** How Redis does, where it is used; `detail` is an English sentence. */
  redis: LiveHealth.nullable().optional(),
  leader: z.object({ here: z.boolean(), name: MaybeText }).nullable()
    .optional().describe("Who leads, where several processes could"),
  version: Text,
  newer: Newer.nullable().optional().describe(
    "A newer version that is out; left out where no address can be asked",
  ),
});
/** As the schema of that name gives it. */
export type Health = z.infer<typeof Health>;

/** What `GET /api/state` answers hosts and moderators. */
export const StateAnswer = z.object({
  role: Role,
  connection: ConnectionInWords,
  session: SessionSummary.nullable(),
  frame: Frame,
  undo: StepLabel.nullable(),
  redo: StepLabel.nullable(),
  late: LateSum,
  own: OwnAccount.nullable(),
  rounds: z.array(RoundLine).describe("Those that stand, the first one first"),
  setUp: GameSetUp,
  queue: z.array(FeedComment).describe("Lined up for the screen"),
  health: Health,
  settings: Settings,
  obs: ObsInWords,
  /** The room is a simulated or played one. */
  rehearsal: z.boolean(),
});
/** As the schema of that name gives it. */
export type StateAnswer = z.infer<typeof StateAnswer>;

/** The same before anybody asks: no role, no words. */
const DeskState = StateAnswer.omit({ role: true })
  .extend({ connection: Connection, obs: ObsState });
/** As the schema of that name gives it. */
export type DeskState = z.infer<typeof DeskState>;

/** What `GET /api/state` answers a display: what an overlay needs. */
export const DisplayAnswer = z.object({
  role: z.literal("display"),
  session: Frame.shape.session,
  frame: Frame,
  look: Look,
  rates: Rates.describe("In force now"),
});
/** As the schema of that name gives it. */
export type DisplayAnswer = z.infer<typeof DisplayAnswer>;

/** Either, by the role of who asks. */
export const StateOrDisplay = z.union([StateAnswer, DisplayAnswer]);

/** What a key of a Stream Deck shows; small, because it is asked for every second. */
export const ButtonsState = z.object({
  phase: Phase,
  text: Text.describe("Two short lines for a key"),
  /** Of the countdown or of the clock, or null. */
  secondsLeft: Whole.nullable(),
  viewers: Whole,
  /** Nickname of the winner on screen, or null. */
  winner: MaybeText,
  scene: MaybeText,
  obs: ObsPhase,
});
/** As the schema of that name gives it. */
export type ButtonsState = z.infer<typeof ButtonsState>;
