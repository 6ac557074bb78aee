/**
 * What the host sets about OBS.
 *
 * @module
 */
import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { MOMENTS, OBS_ADDRESS } from "../obs.ts";
import { within } from "./numbers.ts";

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
