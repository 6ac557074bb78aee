/**
 * What the API answers, as schemas, for the API document alone: our own types
 * are trusted and never parsed. Each schema is checked against its type, so
 * that the document cannot say something else than the program does.
 *
 * @module
 */
import { z } from "zod";
import type { KeyInfo, SignInInfo } from "@/access/keys.ts";
import type { Connection, ConnectionCounts } from "@/core/connection.ts";
import { Entry, Idle } from "@/core/shapes/entries.ts";
import { HOST_STEPS } from "@/core/entries.ts";

import type { Frame, Row, Stage } from "@/core/frame.ts";
import { MOMENTS, type ObsSettings, type ObsState } from "@/core/obs.ts";
import { ObsRule, ObsRules } from "@/core/shapes/obs.ts";
import type { AskedQuestion, Timeline, Winner } from "@/core/history.ts";
import { Look } from "@/core/shapes/look.ts";
import type { CommentRow, SessionInfo } from "@/core/ports.ts";
import { Rates } from "@/core/shapes/rates.ts";
import { Settings } from "@/core/shapes/settings.ts";
import type {
  BoardPage,
  DisplayAnswer,
  FeedComment,
  Health,
  Made,
  Receipt,
  Role as RoleName,
  SessionSummary,
  StateAnswer,
  StepLabel,
  Totals,
  ViewerDetails,
} from "@/core/views.ts";
import type { ButtonsState } from "@/core/buttons.ts";
import type { QrCode } from "@/outputs/qr.ts";
import type { Issue } from "./problem.ts";

const Whole = z.int();
const Moment = Whole.describe("Unix ms");
const MaybeMoment = Moment.nullable();
const Text = z.string();
const MaybeText = Text.nullable();

export const Role = z.enum(
  ["host", "moderator", "display", "button"],
) satisfies z.ZodType<RoleName>;

export const Problem = z.object({
  type: Text,
  title: Text,
  status: Whole,
  detail: Text.describe("What to do about it"),
  issues: z.array(
    z.object({
      path: z.array(z.union([Text, z.number()])),
      message: Text,
    }) satisfies z.ZodType<Issue>,
  ).optional(),
}).describe("A problem (RFC 9457)");

export const Refused = Problem.extend({
  ok: z.literal(false),
  code: Text.describe("Which no it is, for programs"),
  reason: Text,
  after: z.object({
    seq: Whole,
    step: z.enum([...HOST_STEPS, "frozen"]),
    viewer: MaybeText,
  }).optional().describe("For `too_late`: what came after, if anything did"),
});

export const Recorded = z.object({
  ok: z.literal(true),
  seq: Whole.nullable(),
  entry: Entry.nullable(),
});

const rowShape = {
  rank: Whole.describe("From 1"),
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  points: Whole,
  follower: z.boolean(),
};
export const BoardRow = z.object(rowShape) satisfies z.ZodType<Row>;

const Phase = z.enum(["idle", "open", "closing", "frozen", "ended"]);
const OnStage = z.object({
  kind: z.enum(["winner", "comment"]),
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  points: Whole.nullable(),
  comment: MaybeText,
}) satisfies z.ZodType<Stage>;

export const FrameAnswer = z.object({
  seq: Whole.describe("Of the ledger; grows"),
  session: z.object({ id: Text, title: Text, channel: Text }).nullable(),
  phase: Phase,
  closesAt: MaybeMoment,
  countdownTo: MaybeMoment,
  now: Moment,
  viewers: Whole.describe("How many are on the board"),
  rows: z.array(BoardRow),
  overtakings: z.array(
    z.object({
      viewerId: Text,
      from: Whole,
      to: Whole,
      passed: z.array(Text),
    }),
  ),
  stage: OnStage.nullable(),
}) satisfies z.ZodType<Frame>;

const MadeOf = z.object({
  likes: Whole,
  gifts: Whole,
  comments: Whole,
  follows: Whole,
  shares: Whole,
  adjusted: Whole,
  won: Whole,
}) satisfies z.ZodType<Made>;

export const BoardAnswer = z.object({
  total: Whole,
  rows: z.array(z.object({ ...rowShape, made: MadeOf })),
}) satisfies z.ZodType<BoardPage>;

export const BoardAtAnswer = BoardAnswer.extend({ seq: Whole.optional() });

const commentShape = {
  id: Text,
  viewerId: Text,
  text: Text,
  times: Whole,
  firstAt: Moment,
  lastAt: Moment,
  used: z.boolean(),
  deleted: z.boolean(),
  hidden: z.boolean().optional().describe("Kept off the screen by hand"),
};
const Masked = z.boolean().optional()
  .describe("Kept off the screen by the blocked words");
const Comment = z.object({
  ...commentShape,
  masked: Masked,
}) satisfies z.ZodType<
  CommentRow
>;

const Said = z.object({
  ...commentShape,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  follower: z.boolean(),
  masked: Masked,
}) satisfies z.ZodType<FeedComment>;

export const CommentsAnswer = z.object({
  items: z.array(Said),
  cursor: MaybeText,
});

export const QuestionsAnswer = z.object({
  items: z.array(
    z.object({
      id: Text,
      viewerId: Text,
      handle: Text,
      nickname: Text,
      avatarUrl: MaybeText,
      follower: z.boolean(),
      text: Text,
      at: Moment,
    }) satisfies z.ZodType<AskedQuestion>,
  ),
});

export const WinnersAnswer = z.object({
  items: z.array(
    z.object({
      seq: Whole,
      at: Moment,
      viewerId: Text,
      nickname: Text,
      avatarUrl: MaybeText,
      points: Whole,
      comment: MaybeText,
      undone: z.boolean(),
    }) satisfies z.ZodType<Winner>,
  ),
});

export const TimelineAnswer = z.object({
  from: Moment,
  to: Moment,
  stepMs: Whole,
  buckets: z.array(z.object({ points: Whole, events: Whole, late: Whole })),
  marks: z.array(z.object({
    at: Moment,
    what: z.enum(["opened", "frozen", "winner", "ended"]),
  })),
  gaps: z.array(z.object({ from: Moment, to: Moment })),
}) satisfies z.ZodType<Timeline>;

export const ViewerAnswer = z.object({
  viewerId: Text,
  handle: Text,
  nickname: Text,
  avatarUrl: MaybeText,
  follower: z.boolean(),
  rank: Whole.nullable(),
  points: Whole,
  made: MadeOf,
  satOut: z.boolean(),
  blocked: z.boolean(),
  likes: Whole,
  carried: z.object({ parts: Whole, of: Whole }),
  diamonds: Whole,
  gifts: z.array(z.object({
    giftId: Text,
    name: Text,
    diamonds: Whole,
    units: Whole,
  })),
  comments: z.array(Comment),
}) satisfies z.ZodType<ViewerDetails>;

export const ReceiptsAnswer = z.object({
  items: z.array(
    z.object({
      seq: Whole,
      at: Moment,
      type: Text,
      points: Whole,
      sum: Whole.describe("The viewer's points after it"),
      idle: Idle.nullable(),
      entry: z.record(Text, z.unknown()),
    }) satisfies z.ZodType<Receipt>,
  ),
  cursor: MaybeText,
});

const infoShape = {
  id: Text,
  title: Text,
  channel: Text,
  rehearsal: z.boolean(),
  startedAt: Moment,
  endedAt: MaybeMoment,
  deletedAt: MaybeMoment,
};
export const SessionAnswer = z.object(infoShape) satisfies z.ZodType<
  SessionInfo
>;
export const SessionsAnswer = z.object({
  items: z.array(SessionAnswer),
  cursor: MaybeText,
});

const AllTotals = z.object({
  viewers: Whole,
  points: Whole,
  likes: Whole,
  diamonds: Whole,
  comments: Whole,
  winners: Whole,
  late: Whole,
  gaps: z.array(z.object({ from: Moment, to: Moment })),
}) satisfies z.ZodType<Totals>;

export const SummaryAnswer = z.object({
  ...infoShape,
  phase: Phase,
  seq: Whole,
  rates: Rates,
  totals: AllTotals,
}) satisfies z.ZodType<SessionSummary>;

const Counts = z.object({
  events: Whole,
  reconnects: Whole,
  undecodable: Whole,
  empty: Whole,
  errors: Whole,
  signRequests: Whole,
  namedLikes: Whole,
  roomLikes: Whole,
}) satisfies z.ZodType<ConnectionCounts>;

const HealthNow = z.object({
  eventsPerSecond: z.number(),
  lastEventAt: MaybeMoment,
  counts: Counts.nullable(),
  roomViewers: Whole.nullable(),
  overlays: Whole,
  queued: Whole,
  refused: Whole,
  storage: MaybeText,
  away: MaybeText.optional().describe(
    "Null, or why the process that runs the game cannot be asked now",
  ),
  redis: z.object({
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
  }).nullable().optional(),
  leader: z.object({ here: z.boolean(), name: MaybeText }).nullable()
    .optional().describe("Who leads, where several processes could"),
  version: Text,
}) satisfies z.ZodType<Health>;

const ConnectionNow = z.object({
  state: z.enum([
    "off",
    "looking",
    "offline",
    "connecting",
    "live",
    "waiting",
    "ended",
    "failed",
  ]),
  detail: Text.describe("How it stands, in the caller's language"),
  reason: z.enum([
    "not_found",
    "age_restricted",
    "rate_limited",
    "needs_key",
    "blocked",
    "sign_failed",
    "unreachable",
    "silent",
    "lost",
    "ended",
    "suspended",
    "bad_channel",
    "unknown",
  ]).nullable(),
  message: MaybeText,
  channel: MaybeText,
  roomId: MaybeText,
  since: Moment,
  retryAt: MaybeMoment,
  lastMessageAt: MaybeMoment,
}) satisfies z.ZodType<Connection & { detail: string }>;

const Step = z.object({
  seq: Whole.describe("Of its entry; undo takes it"),
  step: z.enum(HOST_STEPS),
  viewer: MaybeText,
}) satisfies z.ZodType<StepLabel>;

const ObsNow = z.object({
  state: z.enum([
    "off",
    "connecting",
    "connected",
    "refused",
    "wrong_password",
    "silent",
    "quit",
    "lost",
  ]),
  detail: Text.describe("How it stands, in the caller's language"),
  since: Moment,
  retryAt: MaybeMoment,
  passwordSet: z.boolean(),
  scenes: z.array(Text).describe("In the order OBS shows them"),
  current: MaybeText,
  allowed: z.array(Text).nullable().describe("Null for all scenes"),
  rules: z.array(ObsRule.extend({
    when: z.enum(MOMENTS),
    last: z.object({
      at: Moment,
      scene: Text,
      result: z.enum([
        "waiting",
        "done",
        "dropped",
        "obs_off",
        "no_scene",
        "scene_not_allowed",
      ]),
    }).nullable(),
  })),
}) satisfies z.ZodType<ObsState & { detail: string }>;

export const ObsAnswer = z.object({
  address: MaybeText,
  passwordSet: z.boolean().describe("The password itself is never told"),
  fixed: z.object({ address: z.boolean(), password: z.boolean() })
    .describe("Set by OBS_URL and OBS_PASSWORD"),
  rules: ObsRules,
  allowed: z.array(Text).nullable(),
}) satisfies z.ZodType<ObsSettings>;

export const ButtonsNow = z.object({
  phase: Phase,
  text: Text.describe("Two short lines for a key"),
  secondsLeft: Whole.nullable(),
  viewers: Whole,
  winner: MaybeText,
  scene: MaybeText,
  obs: ObsNow.shape.state,
}) satisfies z.ZodType<ButtonsState>;

export const StateNow = z.object({
  role: Role,
  connection: ConnectionNow,
  session: SummaryAnswer.nullable(),
  frame: FrameAnswer,
  undo: Step.nullable(),
  redo: Step.nullable(),
  queue: z.array(Said).describe("Lined up for the screen"),
  health: HealthNow,
  settings: Settings,
  obs: ObsNow,
  rehearsal: z.boolean(),
}) satisfies z.ZodType<StateAnswer>;

export const DisplayNow = z.object({
  role: z.literal("display"),
  session: FrameAnswer.shape.session,
  frame: FrameAnswer,
  look: Look,
  rates: Rates.describe("In force now"),
}) satisfies z.ZodType<DisplayAnswer>;

export const StateOrDisplay = z.union([StateNow, DisplayNow]);

const Key = z.object({
  id: Text,
  role: Role,
  label: Text,
  madeAt: Moment,
  usedAt: MaybeMoment.describe("To the minute"),
  chosen: z.boolean().describe("By a person, in the settings"),
}) satisfies z.ZodType<KeyInfo>;

export const KeysAnswer = z.object({
  keys: z.array(Key),
  signIns: z.array(
    z.object({
      id: Text,
      keyId: MaybeText.describe("The key that answers for it"),
      account: z.array(Text).nullable().describe("Or the account that does"),
      role: Role.nullable().describe(
        "Null for the role of what answers for it",
      ),
      device: Text,
      madeAt: Moment,
      endsAt: Moment,
      usedAt: MaybeMoment,
    }) satisfies z.ZodType<SignInInfo>,
  ),
  self: MaybeText.describe("The sign-in of whoever asks"),
});

export const Forgotten = z.object({
  sessions: Whole.describe("In how many the viewer was forgotten"),
  pending: z.boolean().describe("The running session follows when it is over"),
});

export const Pairings = z.object({ origins: z.array(Text) });

export const Pairing = z.object({
  link: Text.describe("Opens on the other device; works once"),
  qr: z.object({
    size: Whole.describe("Modules of a side"),
    path: Text.describe("The dark ones as an SVG path"),
  }) satisfies z.ZodType<QrCode>,
  endsAt: Moment,
});

export const MadeKey = Key.extend({
  key: Text.describe("The key itself, told this once"),
});

export const Alive = z.object({ ok: z.literal(true) });
