/**
 * The parameters of addresses that read, one schema each. The API document is
 * made from the same.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS } from "../limits.ts";

/** A whole number of an address. */
export function wholeOf(min: number, max: number): z.ZodCoercedNumber {
  return z.coerce.number({ error: "Must be a whole number" })
    .int("Must be a whole number")
    .min(min, `Must be ${min} or more`)
    .max(max, `Must be ${max} or less`);
}

const Offset = wholeOf(0, 10_000_000).default(0)
  .describe("Rows to leave out before the first");
const Limit = wholeOf(1, 500).default(100).describe("Most of them to answer");
const Search = z.string().max(200, "Must be 200 characters or less").optional()
  .describe("Only what contains this text");
const Cursor = z.string().max(300).optional()
  .describe("`cursor` of the page before");

/** Latest moment a `Date` can hold, Unix ms. */
const LAST_MOMENT = 8.64e15;

/** Part of the running board. */
export const BoardQuery = z.object({
  offset: Offset,
  limit: Limit,
  q: Search,
});

/** Part of any board, also as it was. */
export const SessionBoardQuery = BoardQuery.extend({
  at: wholeOf(0, LAST_MOMENT).optional()
    .describe("Unix ms: the board as it was then"),
});

/** Part of a viewer's receipts. */
export const ReceiptsQuery = z.object({
  cursor: Cursor,
  limit: Limit,
  newest: z.literal("1").transform(() => true).optional()
    .describe("The newest first"),
});

/** Part of the comments. */
export const CommentsQuery = z.object({
  q: Search,
  cursor: Cursor,
  limit: Limit,
  filter: z.enum(["questions", "followers", "unused", "hidden"]).optional(),
  viewerId: z.string().min(1).max(64).optional(),
});

/** Some of the sessions. */
export const SessionsQuery = z.object({
  q: Search,
  cursor: wholeOf(0, 1_000_000).default(0)
    .describe("`cursor` of the page before"),
  limit: Limit,
});

/** A session's new title. */
export const SessionChange = z.strictObject({
  title: z.string().trim().max(LENGTHS.title),
});

/** A stream of frames. */
export const FramesQuery = z.object({
  rows: z.coerce.number().int().min(1).max(30).default(5)
    .describe("A bad value is answered with the nearest good one"),
  with: z.literal("state").optional().describe(
    "Sends `event: state` too, at most four a second: /api/state without its frame. For hosts and moderators",
  ),
  overlays: z.coerce.number().int().min(0).max(999).optional().describe(
    "How many overlays this stream feeds, for the report of how it all works",
  ),
  key: z.string().optional().describe(
    "A key, for overlays. With more than one, one is enough; `event: keys` says which of them, in their order, still let somebody in",
  ),
});
