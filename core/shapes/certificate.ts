/**
 * One viewer's receipts as a file to give away, with the proof that they belong
 * to an evening (`docs/certificate.md`).
 *
 * @module
 */
import { z } from "zod";

const Hash = z.string().length(64);
const Whole = z.number().int();

/** What the closing hash is of. */
export const Closing = z.object({
  type: z.literal("end"),
  seq: Whole,
  board: Hash,
  tree: Hash,
  apart: Hash.describe("Of what does not follow from the entries' points"),
  prev: Hash,
});
/** As the schema of that name gives it. */
export type Closing = z.infer<typeof Closing>;

/** A viewer's receipts, with the proof that they belong to an evening. */
export const ReceiptsFile = z.object({
  format: z.literal("tiktok-live-support/receipts/1"),
  viewerId: z.string(),
  salt: Hash,
  stars: Whole,
  points: Whole,
  receipts: z.array(z.tuple([Whole, Whole, z.string(), Whole]))
    .describe("In order: seq, time in Unix ms, type of entry, points"),
  proof: z.array(z.tuple([z.enum(["left", "right"]), Hash]))
    .describe("From the leaf to the root: the other hash, and its side"),
  end: Closing,
});
/** As the schema of that name gives it. */
export type ReceiptsFile = z.infer<typeof ReceiptsFile>;
