/**
 * Keys, signed-in devices and links that sign one in.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS } from "../limits.ts";
import { Role } from "./state.ts";
import { MaybeMoment, MaybeText, Moment, Text, Whole } from "./words.ts";

/** One key, without the key. */
export const KeyInfo = z.object({
  id: Text,
  role: Role,
  label: Text,
  madeAt: Moment,
  /** When it was used last; null if never. */
  usedAt: MaybeMoment.describe("To the minute"),
  /** And so perhaps guessed by one (`HOST_KEY`). */
  chosen: z.boolean().describe("By a person, in the settings"),
});
/** As the schema of that name gives it. */
export type KeyInfo = z.infer<typeof KeyInfo>;

/** A key as it is told to whoever made it. */
export const MadeKey = KeyInfo.extend({
  key: Text.describe("The key itself, told this once"),
});

/** One signed-in device. */
export const SignInInfo = z.object({
  id: Text,
  keyId: MaybeText.describe("The key that answers for it"),
  /** Its names as lists of hosts may write them, the one to show first. */
  account: z.array(Text).nullable().describe("Or the account that does"),
  role: Role.nullable().describe("Null for the role of what answers for it"),
  /** What the browser said it is. */
  device: Text,
  madeAt: Moment,
  endsAt: Moment,
  usedAt: MaybeMoment,
});
/** As the schema of that name gives it. */
export type SignInInfo = z.infer<typeof SignInInfo>;

/** Who answers for a device: a key, or the names of an account elsewhere. */
export type Voucher = Pick<SignInInfo, "keyId" | "account">;

/** All that lets somebody in. */
export const KeysAnswer = z.object({
  keys: z.array(KeyInfo),
  signIns: z.array(SignInInfo),
  self: MaybeText.describe("The sign-in of whoever asks"),
});

/** A key to be made. */
export const NewKey = z.strictObject({
  role: Role,
  label: z.string().trim().min(1).max(LENGTHS.label),
});

/** A device to be let in. */
export const NewPairing = z.strictObject({
  role: z.enum(["host", "moderator", "display"]),
  /** Where the device reaches this place, one of `/api/pairings`' addresses. */
  origin: z.url({ protocol: /^https?$/ }).max(300)
    .transform((text) => new URL(text).origin).optional(),
});

/** Where other devices reach this place. */
export const Pairings = z.object({ origins: z.array(Text) });

/** A code to draw: a square of modules, and its dark ones as an SVG path. */
const QrCode = z.object({
  /** The margin included. */
  size: Whole.describe("Modules of a side"),
  path: Text.describe("The dark ones as an SVG path"),
});
/** As the schema of that name gives it. */
export type QrCode = z.infer<typeof QrCode>;

/** A link that signs one device in. */
export const Pairing = z.object({
  link: Text.describe("Opens on the other device; works once"),
  qr: QrCode,
  endsAt: Moment,
});
