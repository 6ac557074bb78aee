/**
 * Answers to commands as rows of Deno KV. Separate, because the ledger keeps
 * them with its entries, and refusals are kept without one.
 *
 * @module
 */
import type { Answer } from "../core/ports.ts";
import { answerKey } from "./kv_keys.ts";
import { type KvRow, rowOf } from "./kv_pack.ts";

/** How long an answer is kept, in milliseconds: twice the promised day. */
const ANSWER_KEPT_MS = 48 * 60 * 60 * 1_000;

/** The row of an answer, beside the entry of that seq. */
export function answerRow(seq: number, answer: Answer): KvRow {
  return rowOf(seq, answerKey(answer.key), answer, ANSWER_KEPT_MS);
}
