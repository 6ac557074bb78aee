/**
 * What answers are made of.
 *
 * @module
 */
import { z } from "zod";

/** A whole number that JSON carries exactly. */
export const Whole = z.int();
/** A moment. */
export const Moment = Whole.describe("Unix ms");
/** A moment, or null for none. */
export const MaybeMoment = Moment.nullable();
/** A text of any length. */
export const Text = z.string();
/** A text, or null for none. */
export const MaybeText = Text.nullable();
