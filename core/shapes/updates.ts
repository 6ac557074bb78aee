/**
 * What is asked and kept of newer versions.
 *
 * @module
 */
import { z } from "zod";

/** What `UPDATE_URL` answers. */
export const UpdateAnswer = z.object({
  /** As `1.2.3`. */
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  /** Where to get it. */
  url: z.url({ protocol: /^https?$/ }).max(500).nullable().default(null),
});
/** As the schema of that name gives it. */
export type UpdateAnswer = z.infer<typeof UpdateAnswer>;

/** What is kept of it: when it was asked last, Unix ms, and what was said. */
export const UpdateKept = z.object({
  askedAt: z.number(),
  answer: UpdateAnswer.nullable(),
});
/** As the schema of that name gives it. */
export type UpdateKept = z.infer<typeof UpdateKept>;
