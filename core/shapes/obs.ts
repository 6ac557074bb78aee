/**
 * What the host sets about OBS.
 *
 * @module
 */
import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { MOMENTS, OBS_ADDRESS } from "../obs.ts";
import { within } from "./numbers.ts";
import { MaybeMoment, MaybeText, Moment, Text } from "./words.ts";

/** Most characters of a scene's name. */
const MAX_SCENE = 300;

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
  delay: within(LIMITS.ruleDelay).default(0),
});
/** As the schema of that name gives it. */
export type ObsRule = z.infer<typeof ObsRule>;

/** Scenes by moment; a moment without one changes nothing. */
export const ObsRules = z.partialRecord(z.enum(MOMENTS), ObsRule);
/** As the schema of that name gives it. */
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
/** As the schema of that name gives it. */
export type ObsChange = z.infer<typeof ObsChange>;

/** What is kept of it, with the password: it never leaves the server. */
export const ObsKept = z.object({
  address: z.string().nullable().default(null),
  password: z.string().nullable().default(null),
  rules: ObsRules.default({}),
  allowed: Allowed.default(null),
});
/** As the schema of that name gives it. */
export type ObsKept = z.infer<typeof ObsKept>;

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
export const ObsPhase = z.enum([
  "off",
  "connecting",
  "connected",
  "refused",
  "wrong_password",
  "silent",
  "quit",
  "lost",
]);
/** As the schema of that name gives it. */
export type ObsPhase = z.infer<typeof ObsPhase>;

const SWITCH_REFUSALS = ["obs_off", "no_scene", "scene_not_allowed"] as const;
/** Why a scene was not switched. */
export type SwitchRefusal = (typeof SWITCH_REFUSALS)[number];

/** What came of a rule. */
const RuleRun = z.object({
  /** While it waits, when it is due. */
  at: Moment,
  scene: Text,
  /** `dropped`: something newer came while it waited. */
  result: z.enum(["waiting", "done", "dropped", ...SWITCH_REFUSALS]),
});
/** As the schema of that name gives it. */
export type RuleRun = z.infer<typeof RuleRun>;

/** OBS as everybody in the panel sees it, in words, too. */
export const ObsInWords = z.object({
  state: ObsPhase,
  detail: Text.describe("How it stands, in the caller's language"),
  /** Unix ms of the last change of `state`. */
  since: Moment,
  /** Unix ms of the next try, where one is due. */
  retryAt: MaybeMoment,
  passwordSet: z.boolean(),
  scenes: z.array(Text).describe("In the order OBS shows them"),
  /** The scene that is on, or null while that is unknown. */
  current: MaybeText,
  allowed: z.array(Text).nullable().describe("Null for all scenes"),
  rules: z.array(
    ObsRule.extend({ when: z.enum(MOMENTS), last: RuleRun.nullable() }),
  ),
});
/** The same without the words. */
export const ObsState = ObsInWords.omit({ detail: true });
/** As the schema of that name gives it. */
export type ObsState = z.infer<typeof ObsState>;

/** What the host may read of the settings of OBS. */
export const ObsSettings = z.object({
  address: MaybeText,
  passwordSet: z.boolean().describe("The password itself is never told"),
  fixed: z.object({ address: z.boolean(), password: z.boolean() })
    .describe("Set by OBS_URL and OBS_PASSWORD"),
  rules: ObsRules,
  allowed: z.array(Text).nullable(),
});
/** As the schema of that name gives it. */
export type ObsSettings = z.infer<typeof ObsSettings>;
