/**
 * What answers are made of.
 *
 * @module
 */
import { z } from "zod";

export const Whole = z.int();
/** A moment. */
export const Moment = Whole.describe("Unix ms");
export const MaybeMoment = Moment.nullable();
export const Text = z.string();
export const MaybeText = Text.nullable();
