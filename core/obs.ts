/**
 * OBS beside the game: how it stands, and which moments of a game its scenes
 * may follow. Everything here is data; the
 * connection itself is in `outputs/`.
 *
 * @module
 */
import type { Entry } from "./shapes/entries.ts";
import type { Phase } from "./frame.ts";
import type { ObsChange, ObsRule, ObsRules } from "./shapes/obs.ts";

/** Where OBS listens unless somebody has changed it. */
export const OBS_ADDRESS = "ws://127.0.0.1:4455";
/**
 * What a scene may follow: the game opens, the freeze has ended, a winner is
 * shown, the stage is empty again, the session has ended.
 */
export const MOMENTS = [
  "opened",
  "frozen",
  "winner",
  "cleared",
  "ended",
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What the host may read of it. */
export interface ObsSettings {
  address: string | null;
  /** Whether there is a password; nobody is told which. */
  passwordSet: boolean;
  /** What `OBS_URL` and `OBS_PASSWORD` say cannot be changed here. */
  fixed: { address: boolean; password: boolean };
  rules: ObsRules;
  allowed: string[] | null;
}

/**
 * Where the connection to OBS is:
 *
 * - `off`: not set up
 * - `connecting`: the first try
 * - `connected`
 * - `refused`: nothing at the address speaks as OBS does
 * - `wrong_password`: not tried again until something is changed
 * - `silent`: it takes calls and does not answer, as a frozen OBS
 * - `quit`: OBS was closed
 * - `lost`: the connection broke, as when OBS crashes
 */
export type ObsPhase =
  | "off"
  | "connecting"
  | "connected"
  | "refused"
  | "wrong_password"
  | "silent"
  | "quit"
  | "lost";

/** Why a scene was not switched. */
export type SwitchRefusal = "obs_off" | "no_scene" | "scene_not_allowed";

/** What came of a rule. */
export interface RuleRun {
  /** Unix ms; while it waits, when it is due. */
  at: number;
  scene: string;
  /** `dropped`: something newer came while it waited. */
  result: "waiting" | "done" | "dropped" | SwitchRefusal;
}

/** OBS as everybody in the panel sees it. */
export interface ObsState {
  state: ObsPhase;
  /** Unix ms of the last change of `state`. */
  since: number;
  /** Unix ms of the next try, where one is due. */
  retryAt: number | null;
  passwordSet: boolean;
  /** In the order OBS shows them; those of before while it is gone. */
  scenes: string[];
  /** The scene that is on, or null while that is unknown. */
  current: string | null;
  allowed: string[] | null;
  rules: (ObsRule & { when: Moment; last: RuleRun | null })[];
}

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
export interface Look {
  phase: Phase;
  stage: "winner" | "comment" | null;
}

/**
 * The moments between two looks at a session, the most telling one last. They
 * come from where the session stands, so that undo and redo have theirs too.
 */
export function momentsOf(
  before: Look,
  after: Look,
  entries: readonly Entry[],
): Moment[] {
  const moments: Moment[] = [];
  if (before.stage !== null && after.stage === null) moments.push("cleared");
  const isNew = before.phase !== after.phase;
  // Who calls a countdown off has never left the game.
  if (isNew && after.phase === "open" && before.phase !== "closing") {
    moments.push("opened");
  }
  if (isNew && after.phase === "frozen") moments.push("frozen");
  const isPicked = entries.some(({ type }) => type === "winnerSelected");
  if (after.stage === "winner" && (before.stage !== "winner" || isPicked)) {
    moments.push("winner");
  }
  if (isNew && after.phase === "ended") moments.push("ended");
  return moments;
}
