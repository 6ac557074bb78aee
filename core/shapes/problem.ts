/**
 * How the API says no, and done.
 *
 * @module
 */
import { z } from "zod";
import { HOST_STEPS, PROGRAM_STEPS } from "../entries.ts";
import { Entry } from "./entries.ts";
import { MaybeText, Text, Whole } from "./words.ts";

/** One thing that is wrong with what was sent. */
const Issue = z.object({
  path: z.array(z.union([Text, z.number()])),
  message: Text,
});
/** As the schema of that name gives it. */
export type Issue = z.infer<typeof Issue>;

/** A document of type `application/problem+json`. */
export const Problem = z.object({
  type: Text,
  title: Text,
  status: Whole,
  detail: Text.describe("What to do about it"),
  issues: z.array(Issue).optional(),
}).describe("A problem (RFC 9457)");

/** What the game refuses. */
export const Refused = Problem.extend({
  ok: z.literal(false),
  code: Text.describe("Which no it is, for programs"),
  reason: Text,
  after: z.object({
    seq: Whole,
    step: z.enum([...HOST_STEPS, ...PROGRAM_STEPS]),
    viewer: MaybeText,
  }).optional().describe("For `too_late`: what came after, if anything did"),
});

/** What is durable, and what it wrote. */
export const Recorded = z.object({
  ok: z.literal(true),
  seq: Whole.nullable(),
  entry: Entry.nullable(),
});

/** The answer of whoever only asks whether it is there. */
export const Alive = z.object({ ok: z.literal(true) });
