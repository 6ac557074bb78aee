/**
 * The list of words and names that the host wants nowhere on screen.
 *
 * @module
 */
import { z } from "zod";
import { LENGTHS } from "../limits.ts";

/** One entry of the list. */
export const BlockedWord = z.strictObject({
  text: z.string().trim().min(1).max(LENGTHS.blockedWord),
  /** Blocks longer words too that contain it. */
  part: z.boolean(),
});
/** As the schema of that name gives it. */
export type BlockedWord = z.infer<typeof BlockedWord>;

/** The whole list. */
export const BlockedWords = z.array(BlockedWord).max(500);
