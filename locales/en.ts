/**
 * Everything the product says in English, and with it the shape that every
 * other language fills: `Texts` is inferred from here, so a text missing
 * elsewhere does not compile. Texts with values are functions.
 *
 * @module
 */
import { accessEn } from "./access_en.ts";
import { editorEn } from "./editor_en.ts";
import { roundsEn } from "./rounds_en.ts";
import type { ConnectionPhase, ConnectionReason } from "@/core/connection.ts";
import type { RefusalCode } from "@/core/refusals.ts";
import type { Fact, Idle } from "@/core/shapes/entries.ts";
import type { HostStep, ProgramStep } from "@/core/entries.ts";
import type { Phase } from "@/core/frame.ts";
import type { LiveHealth } from "@/core/ports.ts";
import type { Moment, ObsPhase, RuleRun } from "@/core/obs.ts";

import { panelEn } from "./panel_en.ts";
import { timesOf } from "./times.ts";

const whole = (n: number) => n.toLocaleString("en");
const plural = (n: number, one: string, many = `${one}s`) =>
  `${whole(n)} ${n === 1 ? one : many}`;
const times = timesOf("en");
const of = (what: string, viewer: string | null) =>
  viewer === null ? what : `${what} ${viewer}`;

const sentences: Record<ConnectionPhase, (channel: string) => string> = {
  off: () => "Not connected to a channel",
  looking: (channel) => `Looking up ${channel}`,
  offline: (channel) => `${channel} is not live right now`,
  connecting: (channel) => `Connecting to ${channel}`,
  live: (channel) => `Live with ${channel}`,
  waiting: (channel) => `Waiting to connect to ${channel}`,
  ended: (channel) => `The LIVE of ${channel} has ended`,
  failed: (channel) => `Could not connect to ${channel}`,
};

const reasons: Record<
  Exclude<ConnectionReason, "rate_limited" | "silent">,
  (channel: string) => string
> = {
  not_found: (channel) =>
    `TikTok has no channel ${channel}. Check the spelling`,
  age_restricted: (channel) =>
    `TikTok shows the LIVE of ${channel} only after a login. Connect with the room id`,
  needs_key: () =>
    "The signing service asks for an API key. Set TIKTOK_SIGN_API_KEY and start again",
  blocked: () => "TikTok refuses this computer. Try another network",
  sign_failed: () => "The signing service is down",
  unreachable: () => "No answer from TikTok. Check the internet connection",
  lost: () => "The connection was lost",
  ended: (channel) =>
    `The LIVE of ${channel} has ended. The game goes on with the next one`,
  suspended: (channel) => `TikTok stopped the LIVE of ${channel}`,
  bad_channel: () => "This is not a TikTok name. Use @name or a LIVE link",
  unknown: (channel) => `Something went wrong with ${channel}`,
};

const steps: Record<
  HostStep | ProgramStep,
  (viewer: string | null) => string
> = {
  closing: () => "freeze",
  freezeCancelled: () => "keep open",
  opened: () => "open again",
  winnerSelected: (viewer) => of("winner", viewer),
  winTakenBack: (viewer) => of("win taken back", viewer),
  commentShown: (viewer) => of("comment on screen", viewer),
  stageCleared: () => "clear screen",
  commentMarked: (viewer) => of("comment mark", viewer),
  commentHidden: (viewer) => of("hide", viewer),
  pointsAdjusted: (viewer) => of("points", viewer),
  satOut: (viewer) => of("sit out", viewer),
  cameBack: (viewer) => of("back in", viewer),
  viewerBlocked: (viewer) => of("block", viewer),
  viewerUnblocked: (viewer) => of("unblock", viewer),
  ratesSet: () => "new rates",
  ended: () => "end of the game",
  roundStarted: () => "start of the round",
  clockSet: () => "clock",
  teamsSet: () => "teams",
  teamAssigned: (viewer) => of("team", viewer),
  goalsSet: () => "goals",
  boosted: () => "boost",
  boostEnded: () => "end of the boost",
  lateCounted: (viewer) => of("late points", viewer),
  prizeMarked: () => "prize",
  frozen: () => "frozen",
  paused: () => "pause",
  resumed: () => "go on",
  roundClosing: () => "last seconds",
  overtimeDecided: () => "overtime",
  targetReached: () => "target reached",
  boostOver: () => "end of the boost",
};

/** The language's own texts; see the module. */
export const en = {
  ...panelEn,

  app: {
    name: "TikTok Live Support",
    tagline: "Turns a LIVE into a game you can trust",
    panel: "Host panel",
    licence: "Free software under AGPL-3.0",
    source: "Source code",
    language: "Language",
    home: "Start page",
    skip: "Skip to the controls",
    loading: "One moment…",
    cancel: "Cancel",
    close: "Close",
    back: "Back",
    copy: "Copy",
    copied: "Copied",
    copyByHand: "Press and hold the link to copy it",
    more: "Show more",
    rehearsal: "Rehearsal: none of this is real",
    rehearsed: "Rehearsal",
  },

  home: {
    lead:
      "Viewers earn points with likes, gifts and comments. The board races over your stream. You freeze the game, pick the winner and put their question on screen.",
    openPanel: "Open the panel",
    overlayLink: "Overlay link for OBS",
    panelLink: "Panel link",
    stepsTitle: "Three steps to your first game",
    steps: [
      "Open the panel, type your channel and press Connect.",
      "Add the overlay link to OBS as a Browser source, 1080 × 1920.",
      "Press Start. Freeze when you are ready and select the winner.",
    ],
    connectionTitle: "Right now",
    sessions: "Past games",
  },

  connection: {
    title: "Channel",
    field: "Your TikTok channel",
    placeholder: "@name or a LIVE link",
    empty: "Type the name of a channel first",
    connect: "Connect",
    disconnect: "Disconnect",
    change: "Change channel",
    roomId: "Room id (digits)",
    /** One word for the chip. */
    states: {
      off: "No channel",
      looking: "Looking",
      offline: "Not live",
      connecting: "Connecting",
      live: "Live",
      waiting: "Waiting",
      ended: "Ended",
      failed: "Stopped",
    } satisfies Record<ConnectionPhase, string>,
    /** A sentence for a state without a reason; `channel` comes with its @. */
    sentences,
    /** A sentence for a reason; all but `rate_limited` and `silent`. */
    reasons,
    limited: "The signing service wants a pause",
    limitedUntil: (clock: string) =>
      `The signing service wants a pause until ${clock}`,
    silent: "Connected, but nothing comes in",
    silentFor: (duration: string) => `Connected, but silent for ${duration}`,
    retryIn: (duration: string) => `Trying again in ${duration}`,
    lookIn: (duration: string) => `Looking again in ${duration}`,
    retryNow: "Trying again now",
    seconds: (n: number) => `${whole(n)} s`,
    minutes: (n: number) => `${whole(n)} min`,
    clock: (at: number) => times.short(at),
    watching: (n: number) => `${whole(n)} watching`,
    said: (message: string) => `It said: ${message}`,
  },

  game: {
    /** The state, as one word. */
    phases: {
      idle: "No game",
      open: "Open",
      closing: "Closing",
      paused: "Paused",
      frozen: "Frozen",
      ended: "Ended",
    } satisfies Record<Phase, string>,
    /** What the state means for the points. */
    meaning: {
      idle: "Start a game when you are ready",
      open: "Everything counts",
      closing: "Still counting until 0",
      paused: "The clock stands, nothing counts",
      frozen: "Nothing counts now",
      ended: "This game is over",
    } satisfies Record<Phase, string>,
    controls: "Controls",
    start: "Start",
    newGame: "New game",
    titleField: "Title (optional)",
    titlePlaceholder: "Friday night",
    continueGame: "Continue a game",
    continueThis: "Continue",
    end: "End the game",
    endConfirm: "Tap again to end",
    newConfirm: "Tap again: ends this game",
    freeze: (seconds: number) =>
      seconds === 0 ? "Freeze now" : `Freeze ${seconds} s`,
    cancelFreeze: "Keep it open",
    open: "Open again",
    undo: (step: string) => `Undo: ${step}`,
    redo: (step: string) => `Redo: ${step}`,
    nothingToUndo: "Nothing to undo",
    nothingToRedo: "Nothing to redo",
    elapsed: "Time since the start",
    countdown: (seconds: number) => `${seconds}`,
    closesIn: (seconds: number) => `Closes in ${plural(seconds, "second")}`,
    streamDelay: (seconds: number) => `Delay: ${seconds} s`,
    notStarted: "Not started",
    loading: "Loading",
    untitled: "Game without a title",
    noGames: "No earlier game yet",
  },

  /** A round, and how to begin one. */
  round: {
    title: "Round",
    number: (n: number) => `Round ${n}`,
    of: (n: number) => `of ${n}`,
    overtime: "overtime",
    firstTo: (points: string) => `first to ${points}`,
    members: (n: number) => plural(n, "member"),
    s: "s",
    addTime: (seconds: number) =>
      seconds > 0 ? `${seconds} seconds more` : `${-seconds} seconds less`,
    pause: "Pause",
    pauseHelp:
      "In a pause the clock stands and nothing earns points, gifts neither. They can be counted later",
    isPaused: "Paused",
    resume: "Go on",
    goesOn: "The round goes on",
    boost: "Boost ×2 for a minute",
    boosts: {
      all: (times: number) => `Everything counts ×${times}`,
      likes: (times: number) => `Likes count ×${times}`,
      gifts: (times: number) => `Gifts count ×${times}`,
    },
    boosted: {
      all: (times: number, seconds: number) => `×${times} · ${seconds} s`,
      likes: (times: number, seconds: number) =>
        `Likes ×${times} · ${seconds} s`,
      gifts: (times: number, seconds: number) =>
        `Gifts ×${times} · ${seconds} s`,
    },
    endBoost: "Tap again to end the boost",
    boostEnded: "The boost has ended",
    next: "Next round",
    start: "Start a round",
    startHelp: "Everybody starts from zero. Undo brings the points back",
    started: "The round has begun",
    teamsSet: "Two teams: type 1 or 2 to join",
    presets: {
      minutes: "3 minutes",
      target: "First to 500",
      series: "Best of three",
      teams: "Red against blue",
    },
    sides: { red: "Red", blue: "Blue" },
  },

  winner: {
    select: "Select winner",
    who: "Winner",
    firstInstead: "First now:",
    comment: "Their comment",
    latest: "Latest",
    random: "Random",
    none: "None",
    freezesFirst: "Freezes the game right away",
    sitsOut: "Winners sit out after this",
    startsOver: "The winner starts from 0 again",
    announced: (nickname: string) => `${nickname} wins`,
    emptyBoard: "Nobody is on the board yet",
    noComments: "No comments from this viewer. It works without one",
    unnamed: (likes: number, points: number) =>
      `It is close: TikTok has not said whose ${
        plural(likes, "like")
      } were since you connected. They could be ${plural(points, "point")}`,
  },

  /** Words for the host when the game says no. */
  refusals: {
    no_session: "No game is running. Start one first",
    ended: "This game has ended. Start a new one or continue it",
    not_open: "The game is not open",
    not_closing: "There is no countdown to stop",
    already_open: "The game is open already",
    empty_board: "Nobody is on the board yet",
    no_viewer: "This viewer is not in the game",
    no_comment: "This comment is gone",
    comment_hidden: "This comment is kept off the screen",
    not_enough_points: "That is more than the viewer has",
    too_many_points: "So many points could not be counted exactly",
    already: "That is done already",
    nothing_to_undo: "There is nothing to undo",
    nothing_to_redo: "There is nothing to redo",
    not_a_win: "This can no longer be taken back",
    too_late: "Too late to take this back: the countdown is over",
    round_runs: "A round is running. Freeze it first",
    no_round: "There is no round yet. Start one first",
    not_paused: "The game is not paused",
    no_team: "There is no such team",
    boost_runs: "A boost is running already",
    no_boost: "No boost is running",
    nothing_late: "Nothing that could be counted came late",
    rates_too_fine:
      "These two like rates cannot be counted exactly. Choose rounder numbers",
    session_runs: "This game is running. End it first",
    bad_channel: "This is not a TikTok name. Use @name or a LIVE link",
    not_connected: "There is no channel connected",
    session_not_found: "This game is not here any more",
    obs_off: "OBS is not connected",
    no_scene: "OBS has no such scene",
    scene_not_allowed: "This scene is not among those that may be shown",
    no_overlay: "No browser source in OBS shows this overlay",
    not_a_rehearsal: "Test events work only in a rehearsal",
    was_rehearsed:
      "This was a rehearsal. You can look at it, but not go on with it as a real game",
    was_real:
      "This is a real game. In a rehearsal you can look at it, but not go on with it",
    busy: "Too much at once. Try again in a moment",
  } satisfies Record<RefusalCode, string>,

  /** Why a step cannot be taken back: what came after it. */
  tooLate: (cameAfter: string) =>
    `Too late to take this back: “${cameAfter}” came after it`,

  /** The host's steps, for the labels of undo and redo and for toasts. */
  steps,

  /** What toasts say after a host's step. */
  done: {
    undone: (step: string) => `Undone: ${step}`,
    redone: (step: string) => `Done again: ${step}`,
    closing: "Countdown started",
    frozen: "Frozen",
    freezeCancelled: "The game stays open",
    opened: "Open again",
    winner: (nickname: string) => `Winner: ${nickname}`,
    shown: "On screen",
    cleared: "Screen cleared",
    marked: "Marked as used",
    unmarked: "Marked as not used",
    adjusted: (points: number) => `${points > 0 ? "+" : ""}${whole(points)}`,
    satOut: "Sits out",
    cameBack: "Back in the game",
    blocked: "Blocked",
    unblocked: "Not blocked any more",
    rates: "New rates count from now on",
    started: "The game is open",
    continued: "The game goes on",
    ended: "The game has ended",
    saved: "Saved",
  },

  board: {
    title: "Board",
    empty: "No points yet. Likes and gifts will show up here",
    emptyIdle: "The board fills as soon as a game is open",
    noMatch: (q: string) => `Nobody matches “${q}”`,
    search: "Search names",
    points: "points",
    viewers: (n: number) => plural(n, "viewer"),
    rank: (n: number) => `Rank ${n}`,
    follower: "Follower",
    range: (from: number, to: number, total: number) =>
      `${whole(from)}–${whole(to)} of ${whole(total)}`,
    previous: "Previous",
    next: "Next",
  },

  viewer: {
    title: "Viewer",
    none: "Tap a viewer to see where the points come from",
    details: (nickname: string) => `Details of ${nickname}`,
    notOnBoard: "Not on the board",
    madeOf: "Made of",
    made: {
      likes: "Likes",
      gifts: "Gifts",
      comments: "Comments",
      follows: "Follows",
      shares: "Shares",
      adjusted: "By you",
      won: "Win",
    },
    likes: (n: number) => plural(n, "like"),
    carried: (parts: number, all: number) =>
      `${Math.floor((100 * parts) / all)} % of the next point`,
    diamonds: (n: number) => plural(n, "diamond"),
    gifts: "Gifts",
    noGifts: "No gifts yet",
    giftLine: (units: number, name: string, diamonds: number) =>
      `${whole(units)} × ${name} (${plural(diamonds, "diamond")} each)`,
    receipts: "Receipts",
    proof: "File for the viewer",
    missing: (rank: number, points: number) =>
      `${plural(points, "point")} to place ${rank}, past`,
    giftWay: (units: number, name: string | null, diamonds: number) =>
      `${whole(units)} × ${name ?? `a gift of ${plural(diamonds, "diamond")}`}`,
    or: " or ",
    noReceipts: "Nothing has earned points yet",
    comments: "Comments",
    noComments: "No comments yet",
    adjust: "Adjust points",
    adjustField: "Points, like 50 or -20",
    adjustReason: "Reason",
    adjustPlaceholder: "Right answer",
    adjustSend: "Adjust",
    adjustBad: "Type a whole number other than 0, and a reason",
    sitOut: "Sit out",
    own: { host: "Your own account", moderator: "Moderator on TikTok" },
    ownPlays: {
      host: (nickname: string) =>
        `${nickname} is your own account, and high on the board`,
      moderator: (nickname: string) =>
        `${nickname} is your moderator, and high on the board`,
    },
    leaveIn: "Leave in",
    comeBack: "Back in",
    block: "Block",
    blockConfirm: "Tap again to block",
    unblock: "Unblock",
    isOut: "Sits out",
    isBlocked: "Blocked",
    chooseWinner: "Make winner",
    gone: "This viewer is not in the game",
  },

  /** After a gift: the guest whom it was for. */
  receiptTo: (name: string) => `for ${name}`,
  /** Entries as receipts, by the entry's type. */
  receiptSays: {
    perPoint: (likes: number) => `${likes} make a point`,
    giftRule: (diamonds: number, times: number) =>
      `${plural(diamonds, "diamond")} each, ×${times}`,
    and: ", ",
    boost: (times: number) => `×${times} in the boost`,
    gave: "Given by you",
    took: "Taken by you",
    won: (rank: number) => `Won from place ${rank}`,
    wonRule: "the points go with the win",
    round: (number: number) => `Round ${number}`,
    fromZero: "everybody from zero",
  },
  receipts: {
    started: "Start",
    liked: "Likes",
    gifted: "Gift",
    commented: "Comment",
    followed: "Follow",
    shared: "Share",
    asked: "Question",
    deleted: "Deleted on TikTok",
    missed: "Connection gap",
    closing: "Freeze",
    frozen: "Frozen",
    freezeCancelled: "Kept open",
    opened: "Opened",
    winnerSelected: "Winner",
    winTakenBack: "Win taken back",
    commentShown: "Comment on screen",
    stageCleared: "Screen cleared",
    commentMarked: "Comment marked",
    commentHidden: "Comment hidden",
    pointsAdjusted: "By you",
    satOut: "Sits out",
    cameBack: "Back in",
    viewerBlocked: "Blocked",
    viewerUnblocked: "Unblocked",
    ratesSet: "New rates",
    ended: "End",
    roundStarted: "Round",
    clockSet: "Clock",
    paused: "Paused",
    resumed: "Went on",
    teamsSet: "Teams",
    teamAssigned: "Team",
    goalsSet: "Goals",
    boosted: "Boost",
    boostEnded: "Boost ended",
    lateCounted: "Late, counted",
    prizeMarked: "Prize",
    roundClosing: "Last seconds",
    overtimeDecided: "Overtime",
    targetReached: "Target reached",
    boostOver: "Boost over",
    goalReached: "Goal reached",
    roomLiked: "Likes of the room",
    drawCommitted: "Next draw promised",
    continued: "Continued",
    undone: "Undone",
    redone: "Done again",
    sceneSwitched: "Scene",
  } satisfies Record<Fact["type"], string>,

  /** Why an event earned nothing. */
  idle: {
    late: "late",
    paused: "in the pause",
    satOut: "sits out",
    blocked: "blocked",
    toGuest: "only gifts for you count",
    full: "more than can be counted",
  } satisfies Record<Idle, string>,

  comments: {
    title: "Comments",
    search: "Search comments",
    all: "All",
    questions: "Questions",
    followers: "Followers",
    unused: "Not used",
    filter: "Show",
    empty: "Comments of the game show up here",
    noMatch: "No comment matches",
    show: "Put on screen",
    shown: "On screen",
    markUsed: "Mark used",
    markUnused: "Mark not used",
    used: "Used",
    times: (n: number) => `×${whole(n)}`,
    fresh: (n: number) => `${plural(n, "new comment")}`,
  },

  stage: {
    title: "On screen",
    empty: "Nothing is on screen. Select a winner or show a comment",
    /** For a moderator, who does neither. */
    emptyHelper: "Nothing is on screen. Line comments up for the host",
    winner: "Winner",
    comment: "Comment",
    noComment: "Without a comment",
    clear: "Clear the screen",
    overlayLink: "Overlay link for OBS",
    overlayHelp:
      "In OBS: Sources, +, Browser; paste the link, width 1080, height 1920",
    openOverlay: "Open the overlay",
  },

  sessions: {
    clock: (at: number) => times.clock(at),
    moment: (at: number) => times.moment(at),
    title: "Past games",
    search: "Search title or channel",
    searchButton: "Search",
    empty: "No game yet. Start one in the panel",
    noMatch: (q: string) => `No game matches “${q}”`,
    running: "Running",
    started: "Started",
    ended: "Ended",
    duration: "Length",
    channel: "Channel",
    viewers: "Viewers",
    points: "Points",
    likes: "Likes",
    diamonds: "Diamonds",
    comments: "Comments",
    winners: "Winners",
    noWinners: "No winner was selected",
    late: "Arrived late",
    totals: "Totals",
    board: "Board",
    gaps: "Connection gaps",
    noGaps: "The connection never broke",
    gapLine: (from: string, to: string) => `${from} to ${to}`,
    exports: "Export",
    csv: "Table (CSV)",
    jsonl: "Ledger (JSONL)",
    verify: "Check a ledger",
    closing: "Closing hash:",
    closingHelp:
      "Say it before the LIVE is over: it makes the recording the witness of the ledger. Another title makes another one.",
    open: "Details",
    notFound: "This game is not here. It may have been removed",
    name: "Name",
    when: "When",
    comment: "Comment",
  },

  settings: {
    title: "Settings",
    freezeSeconds: "Countdown before a freeze",
    seconds: "seconds",
    between: (min: number, max: number) =>
      `A whole number from ${whole(min)} to ${whole(max)}`,
    overlayHelp: "Rows, theme, sounds and everything else about the overlay",
    streamDelay: "Stream delay",
    streamDelayHelp:
      "The game closes this much later, so that viewers with a delay are treated fairly",
    winnersSitOut: "Winners sit out",
    winnersSitOutHelp: "They earn nothing more in this game",
    checkUpdates: "Tell me when a newer version is out",
    checkUpdatesHelp:
      "Asks once a day, and sends nothing but the version that runs here",
    rates: "Points",
    ratesHelp: "New rates count from now on and never change what was earned",
    likesFollower: "Likes for 1 point, followers",
    likesOther: "Likes for 1 point, everyone else",
    gifts: "Points for one diamond, by the price of the gift",
    upTo: "Price up to",
    above: "Above that",
    diamonds: "diamonds",
    times: "Points per diamond",
    addTier: "Add a step",
    giftsToGuests: "Gifts for guests count",
    giftsToGuestsHelp: "Off: only gifts for you earn points",
    removeTier: "Remove this step",
    comment: "For a comment",
    follow: "For a follow",
    share: "For a share",
    applyRates: "Use these rates",
    resetRates: "Back to the current rates",
    keepRates: "Use for new games too",
    preview: "Preview",
    previewGift: (units: number, name: string, points: number) =>
      `${name} ×${whole(units)} = ${whole(points)}`,
    previewLikes: (likes: number, follower: boolean, points: number) =>
      `${whole(likes)} likes from a ${
        follower ? "follower" : "non-follower"
      } = ${whole(points)}`,
    ratesBad:
      "Prices must rise from step to step, and every number must be whole",
    forNext: "No game is running: these rates are for the next one",
    language: "Language",
  },

  health: {
    title: "Health",
    events: (n: number) =>
      `${n.toLocaleString("en", { maximumFractionDigits: 1 })}/s`,
    eventsLabel: "Events a second",
    lastEvent: "Last event",
    ago: (duration: string) => `${duration} ago`,
    justNow: "just now",
    never: "none yet",
    named: "Likes with a name",
    namedOf: (named: number, room: number) =>
      `${whole(named)} of ${whole(room)}`,
    namedHelp:
      "TikTok names only part of the likes in a busy room. Only named likes can earn points",
    reconnects: "Reconnects",
    overlays: "Overlays open",
    queued: "Waiting to be written",
    refused: "Refused: too many at once",
    storage: "Storage",
    storageOk: "Everything is written",
    storageBad: (why: string) => `Cannot write: ${why}`,
    redis: "Redis",
    redisStates: {
      ok: "Up to date",
      not_safe: "It works, but would forget the game when it stops",
      unchecked:
        "It works, but its user may not ask whether it keeps the game (INFO)",
      behind: "It was away and is being brought up to date",
      connecting: "Connecting",
      unreachable: "It cannot be reached, and is tried again and again",
      untrusted: "Its security certificate cannot be trusted",
      refused:
        "It refuses the user name or password, or its user lacks a right",
      read_only: "It is a read-only replica",
      full: "Its memory is full",
      loading: "It is starting",
      failing: "It takes nothing more",
    } satisfies Record<LiveHealth["state"], string>,
    redisAway: "Points are kept on this machine until Redis is back",
    loads:
      "The last game is being loaded. It goes on by itself, and the buttons work then",
    newer: (version: string) =>
      `Version ${version} is out. Your games go on with it`,
    newerLink: "Get it",
    standsBy: (leader: string | null) =>
      leader === null
        ? "Nobody runs the game yet. This process begins once it knows that no other one does"
        : `${leader} runs the game; this process stands by. Buttons work in the other one's panel`,
    undecodable: "Unreadable messages",
    version: "Version",
  },

  access: accessEn,

  editor: editorEn,
  rounds: roundsEn,

  obs: {
    title: "OBS",
    /** One or two words for the chip. */
    states: {
      off: "Not set up",
      connecting: "Connecting",
      connected: "Connected",
      refused: "Not reached",
      wrong_password: "Wrong password",
      silent: "No answer",
      quit: "Closed",
      lost: "Lost",
    } satisfies Record<ObsPhase, string>,
    sentences: {
      off: "OBS is not set up. Type its address and password once",
      connecting: "Connecting to OBS",
      connected: "OBS is connected",
      refused:
        "OBS does not answer at this address. Start OBS, and tick Enable WebSocket server in Tools, WebSocket Server Settings",
      wrong_password:
        "OBS refuses the password. Copy it from Tools, WebSocket Server Settings, Show Connect Info",
      silent: "OBS has stopped answering. Your game goes on without it",
      quit: "OBS was closed. It connects by itself once OBS is back",
      lost: "The connection to OBS broke. Your game goes on without it",
    } satisfies Record<ObsPhase, string>,
    needsPassword:
      "OBS asks for a password. Copy it from Tools, WebSocket Server Settings, Show Connect Info",
    scenes: "Scenes",
    onAir: "On air",
    noScenes: "The scenes of OBS show up here once it is connected",
    switched: (scene: string) => `Scene: ${scene}`,
    refresh: "Refresh overlays",
    refreshHelp: "Loads the overlay in OBS anew, if it stays blank",
    refreshed: "Overlays in OBS are loading anew",
    setUp: "Set up OBS",
    address: "Address of OBS",
    password: "Password",
    passwordSet: "Set. Type here to change it",
    passwordNone: "None yet",
    passwordHelp:
      "In OBS: Tools, WebSocket Server Settings, Show Connect Info. It stays on this computer and is never shown again",
    fixed: "Set by OBS_URL and OBS_PASSWORD at the start",
    save: "Save and connect",
    test: "Test the connection",
    tested: "OBS answers",
    switchOff: "Switch OBS off",
    switchOffConfirm: "Tap again to switch off",
    rules: "Scenes follow the game",
    moments: {
      opened: "Game opens",
      roundStarted: "Round starts",
      lastSeconds: "Last seconds",
      overtime: "Overtime",
      paused: "Game pauses",
      frozen: "Freeze ends",
      winner: "Winner shown",
      cleared: "Screen cleared",
      goal: "Goal reached",
      ended: "Game ends",
    } satisfies Record<Moment, string>,
    noRule: "Leave as it is",
    delay: "After seconds",
    delayOf: (moment: string) => `${moment}: after how many seconds`,
    gone: (scene: string) => `${scene} (not in OBS)`,
    never: "Has not run yet",
    results: {
      waiting: "waiting",
      done: "done",
      dropped: "dropped: something newer came",
      obs_off: "OBS was not connected",
      no_scene: "OBS has no such scene",
      scene_not_allowed: "this scene is not allowed",
    } satisfies Record<RuleRun["result"], string>,
    run: (clock: string, scene: string, result: string) =>
      `${clock} ${scene}: ${result}`,
    allowed: "Scenes that may be shown",
    allowedHelp: "Rules and buttons reach only these",
    all: "All scenes",
    keys: "Stream Deck and Companion",
    keysHelp:
      "A key with the right “Button” presses buttons and can do nothing else. Make it among the devices and keys below",
    toKeys: "To the keys",
    howTo: "How to set up the buttons",
    dock: "This panel inside OBS",
    dockHelp:
      "In OBS: Docks, Custom Browser Docks; paste the link, and the panel sits beside the picture",
  },

  /** Words of the overlay: no functions, so that they can be handed over as data. */
  overlay: {
    winner: "Winner",
    champion: "Champion",
    round: "Round {n}",
    bestOf: "of {n}",
    paused: "Paused",
    overtime: "Overtime",
    overtimeBy: "Overtime +{n}",
    closingIn: "Freezes in {n}",
    seconds: "{n} s",
    passes: "passes",
    leads: "takes the lead",
    lacks: "{n} to place {p}",
    joined: "+{n} joined",
    newcomer: "New",
    firstTo: "First to {n}",
    join: "type {n}",
    boosts: { all: "everything", likes: "likes", gifts: "gifts" },
    goals: {
      roomLikes: "Likes",
      likes: "Likes",
      diamonds: "Diamonds",
      points: "Points",
      followers: "New followers",
      gift: "Gifts",
    },
    rules: {
      likes: "{n} likes = {p} point",
      followers: "followers {n} likes = {p}",
      diamonds: "{n} diamond = {p}",
      comment: "comment = {p}",
      follow: "follow = {p}",
      share: "share = {p}",
    },
    points: "points",
    closing: "Last chance",
    frozen: "Frozen",
    question: "Question",
    setup: "Overlay is ready. It shows the board as soon as there is one",
    refused:
      "This link does not work any more: its key was replaced or taken away. Copy the link from the panel again",
    link: "Look at these in the link:",
  },

  keys: {
    title: "Keyboard shortcuts",
    hint: "Press ? for shortcuts",
    freeze: "Freeze, or keep it open",
    open: "Open again",
    winner: "Select winner",
    undo: "Undo",
    redo: "Redo",
    air: "Next in the queue on screen",
    clear: "Clear the screen",
    board: "Board",
    comments: "Comments",
    stage: "Screen and queue",
    more: "More",
    search: "Search the board",
    connection: "The channel",
    game: "New game, continue, end",
    lines: "From line to line",
    press: "Open the viewer",
    adjust: "Adjust the viewer's points",
    sitOut: "Viewer sits out, or comes back",
    block: "Block the viewer (press twice), or unblock",
    show: "Comment on screen",
    queue: "Comment into the queue, or out",
    mark: "Comment used, or not",
    hide: "Hide the comment, or show it",
    walk: "To every other button",
    help: "These shortcuts",
    escape: "Close what is open",
  },

  /** Headings of the sheet of keys. */
  keyGroups: {
    evening: "The game",
    parts: "Getting around",
    chosen: "With a viewer or a comment chosen",
  },

  panel: {
    tabs: "Parts of the panel",
    board: "Board",
    comments: "Comments",
    stage: "Screen",
    more: "More",
    lost: "No connection to the program. What you see is from before",
    lostSince: (duration: string) =>
      `No connection to the program for ${duration}. What you see is from before`,
    back: "Connected again",
    undo: "Undo",
  },

  errors: {
    title: "That did not work",
    notFoundTitle: "There is nothing here",
    notFound: "The page was moved, or the link is not complete",
    server: "The program stumbled. What was recorded is safe",
    notDone:
      "This was not done, and nothing has changed: the game cannot be reached now. Press again in a moment",
    unsure:
      "The program stumbled or did not answer in time. Look whether this was done before you press again",
    away:
      "The part of the program that runs the game does not answer now. Nothing is lost; try again in a moment",
    retry: "Try again",
    toStart: "To the start page",
    network:
      "No answer from the program, so this may not have been done. Is it still running?",
    notAllowed: "This device may not do that. Open the host's link on it",
    signIn:
      "This device is not signed in. Sign in, or open the host's link on it",
    malformed: "The program did not understand that",
    tooMany: "Too much at once. Try again in a moment",
    tooManyTries: (seconds: number) =>
      `There were too many wrong keys or sign-ins. Your game goes on; try again in ${seconds} ${
        seconds === 1 ? "second" : "seconds"
      }`,
    unknown: "It did not work, and the program gave no reason",
  },
};

/** What every language must say. */
export type Texts = typeof en;
