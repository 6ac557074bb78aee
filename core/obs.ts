/**
 * OBS beside the game: what the host sets about it, how it stands, and which
 * moments of a game its scenes may follow. Everything here is data; the
 * connection itself is in `outputs/`.
 *
 * @module
 */
import { z } from "zod";
import type { Entry } from "./entries.ts";
import type { Phase } from "./frame.ts";

/** Where OBS listens unless somebody has changed it. */
export const OBS_ADDRESS = "ws://127.0.0.1:4455";
/** Longest delay of a rule, in seconds. */
export const MAX_RULE_DELAY = 60;
/** Most characters of a scene's name. */
const MAX_SCENE = 300;

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

const Scene = z.string().min(1).max(MAX_SCENE);

/** Address of an obs-websocket server; `ws://` may be left out. */
const Address = z.string().trim().max(MAX_SCENE)
  .transform((text) => /^[a-z]+:\/\//i.test(text) ? text : `ws://${text}`)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^wss?:$/.test(url.protocol) &&
      url.username === "" && url.password === "";
  }, `Not an address of OBS; it looks like ${OBS_ADDRESS}`)
  .transform((text) => {
    const { protocol, host } = new URL(text);
    return `${protocol}//${host}`;
  });

/** A scene for a moment. */
export const ObsRule = z.strictObject({
  scene: Scene,
  /** Seconds after the moment. */
  delay: z.number().min(0).max(MAX_RULE_DELAY).default(0),
});
export type ObsRule = z.infer<typeof ObsRule>;

export const ObsRules = z.partialRecord(z.enum(MOMENTS), ObsRule);
export type ObsRules = z.infer<typeof ObsRules>;

/** Scenes that may be switched to; null for all of them. */
const Allowed = z.array(Scene).max(200).nullable();

/** A change of some of it; unknown names are refused. */
export const ObsChange = z.strictObject({
  /** Null switches OBS off. */
  address: Address.nullable().optional(),
  /** Written and never read again; null forgets it. */
  password: z.string().max(MAX_SCENE).nullable().optional(),
  /** Takes the place of all rules. */
  rules: ObsRules.optional(),
  allowed: Allowed.optional(),
});
export type ObsChange = z.infer<typeof ObsChange>;

/** What is kept of it, with the password: it never leaves the server. */
export const ObsKept = z.object({
  address: z.string().nullable().default(null),
  password: z.string().nullable().default(null),
  rules: ObsRules.default({}),
  allowed: Allowed.default(null),
});
export type ObsKept = z.infer<typeof ObsKept>;

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
