/**
 * The parameters of addresses that read, one schema each. The API document is
 * made from the same.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS } from "@/core/limits.ts";
import { whole } from "./input.ts";

const Offset = whole(0, 10_000_000).default(0)
  .describe("Rows to leave out before the first");
const Limit = whole(1, 500).default(100).describe("Most of them to answer");
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
  at: whole(0, LAST_MOMENT).optional()
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
  cursor: whole(0, 1_000_000).default(0)
    .describe("`cursor` of the page before"),
  limit: Limit,
});

/** A session's new title. */
export const SessionChange = z.strictObject({
  title: z.string().trim().max(LENGTHS.title),
});

/** A key to be made. */
export const NewKey = z.strictObject({
  role: z.enum(["host", "moderator", "display", "button"]),
  label: z.string().trim().min(1).max(LENGTHS.label),
});

/** A device to be let in. */
export const NewPairing = z.strictObject({
  role: z.enum(["host", "moderator", "display"]),
  /** Where the device reaches this place, one of `/api/pairings`' addresses. */
  origin: z.url({ protocol: /^https?$/ }).max(300)
    .transform((text) => new URL(text).origin).optional(),
});
