/**
 * OBS beside the game: how it stands, and which moments of a game its scenes
 * may follow. Everything here is data; the
 * connection itself is in `outputs/`.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { Phase, Stage } from "./frame.ts";
import type {
  ObsChange,
  ObsPhase,
  ObsSettings,
  ObsState,
  SwitchRefusal,
} from "./shapes/obs.ts";

/** Defined there, and part of what this file is about. */
export type {
  ObsPhase,
  ObsSettings,
  ObsState,
  RuleRun,
  SwitchRefusal,
} from "./shapes/obs.ts";

/** Where OBS listens unless somebody has changed it. */
export const OBS_ADDRESS = "ws://127.0.0.1:4455";
/**
 * What a scene may follow: the game opens, a round starts, its last seconds run,
 * its clock goes on, the game is paused, the freeze has ended, a winner is shown,
 * the stage is empty again, a goal is reached, the session has ended.
 */
export const MOMENTS = [
  "opened",
  "roundStarted",
  "lastSeconds",
  "overtime",
  "paused",
  "frozen",
  "winner",
  "cleared",
  "goal",
  "ended",
] as const;
/** One of them. */
export type Moment = (typeof MOMENTS)[number];

/** OBS where nobody has set it up. */
export const OBS_OFF: ObsState = {
  state: "off",
  since: 0,
  retryAt: null,
  passwordSet: false,
  scenes: [],
  current: null,
  allowed: null,
  rules: [],
};

/** What the desk needs of OBS; nothing of it ever throws. */
export interface Obs {
  state(): ObsState;
  settings(): ObsSettings;
  /** Keeps a change and, where it matters, connects anew. */
  change(change: ObsChange): Promise<ObsSettings>;
  /** Tries now; resolves with where that led. */
  reconnect(): Promise<ObsPhase>;
  /** Switches by hand; a rule that waits gives way. */
  switchTo(scene: string): Promise<"done" | SwitchRefusal>;
  /** Loads our overlays in OBS anew; how many there were. */
  refreshOverlays(): Promise<number | "obs_off">;
  /** Lets the rules follow what has just become durable; returns at once. */
  follow(moments: Moment[], onSwitched: (scene: string) => void): void;
  /** Calls `listener` after each change of `state()`; returns how to stop. */
  watch(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What of a session a scene can follow. */
export interface Shown {
  phase: Phase;
  stage: Stage["kind"] | null;
}

/**
 * The moments between two looks at a session, the most telling one last. They
 * come from where the session stands, so that undo and redo have theirs too.
 */
export function momentsOf(
  before: Shown,
  after: Shown,
  entries: readonly Entry[],
): Moment[] {
  const moments: Moment[] = [];
  const has = (type: Entry["type"]) => entries.some((one) => one.type === type);
  if (before.stage !== null && after.stage === null) moments.push("cleared");
  if (has("goalReached")) moments.push("goal");
  const isNew = before.phase !== after.phase;
  // Who calls a countdown off, or pauses, has never left the game.
  const wasOff = before.phase !== "closing" && before.phase !== "paused";
  if (isNew && after.phase === "open" && wasOff) moments.push("opened");
  if (has("roundStarted")) moments.push("roundStarted");
  if (entries.some(isOvertime)) moments.push("overtime");
  if (has("roundClosing") && after.phase === "closing") {
    moments.push("lastSeconds");
  }
  if (isNew && after.phase === "paused") moments.push("paused");
  if (isNew && after.phase === "frozen") moments.push("frozen");
  const isPicked = has("winnerSelected");
  if (isWin(after) && (!isWin(before) || isPicked)) {
    moments.push("winner");
  }
  if (isNew && after.phase === "ended") moments.push("ended");
  return moments;
}

/** Whether somebody who has won is on stage. */
function isWin({ stage }: Shown): boolean {
  return stage !== null && stage !== "comment";
}

/** Whether a clock goes on. */
function isOvertime(entry: Entry): boolean {
  return entry.type === "overtimeDecided" && entry.why !== "none";
}
