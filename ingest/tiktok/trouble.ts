/**
 * Why a connection failed, from an error and from what the signing service
 * answered. The connector's error classes cannot be trusted (a short or
 * non-JSON answer makes a `RangeError`, `SyntaxError` or `TypeError`), so the
 * status comes first and the error last.
 *
 * @module
 */
import type { ConnectionReason } from "@/core/connection.ts";
import { whyOf } from "@/core/why.ts";
import type { SignAnswer } from "./connector.ts";

/** A failure as the host should see it. */
export interface Trouble {
  reason: ConnectionReason;
  message: string;
  /** Ms for which another try is useless, or null. */
  pause: number | null;
}

/** The longest pause that a service may ask for: a day. */
const LONGEST_PAUSE_MS = 86_400_000;
/** A reset below this is a span in seconds, not a Unix time. */
const SMALLEST_UNIX_SECONDS = 1_000_000_000;

/**
 * Why signing or opening the socket failed.
 *
 * @param answer The signing service's answer; null when there was none.
 * @param now Unix ms.
 */
export function connectTrouble(
  error: unknown,
  answer: SignAnswer | null,
  now: number,
): Trouble {
  const message = messageOf(error);
  if (answer === null) return { reason: "unreachable", message, pause: null };
  const signed = signTrouble(answer, message, now);
  if (signed) return signed;
  // Signed, so the socket failed, or the answer made no sense.
  if (/connecting to WebSocket with message/.test(message)) {
    return { reason: "blocked", message, pause: null };
  }
  const reason = isNetwork(error) ? "unreachable" : "sign_failed";
  return { reason, message, pause: null };
}

/** Why a look found nothing, from the errors of each place asked. */
export function lookTrouble(
  errors: unknown[],
  answer: SignAnswer | null,
  now: number,
): Trouble {
  const message = errors.map(messageOf).join("; ");
  if (answer?.status === 429) {
    const limited = signTrouble(answer, message, now);
    if (limited) return limited;
  }
  if (errors.length > 0 && errors.every(isNetwork)) {
    return { reason: "unreachable", message, pause: null };
  }
  if (errors.some(isRefusal)) {
    return { reason: "blocked", message, pause: null };
  }
  return { reason: "unknown", message, pause: null };
}

function signTrouble(
  answer: SignAnswer,
  message: string,
  now: number,
): Trouble | null {
  switch (answer.status) {
    case 200:
      return null;
    case 429:
      return { reason: "rate_limited", message, pause: pauseOf(answer, now) };
    case 401:
    case 402:
      return { reason: "needs_key", message, pause: null };
    case 403:
      return { reason: "blocked", message, pause: null };
    default:
      return { reason: "sign_failed", message, pause: null };
  }
}

// Both may be sent, and either may be missing or nonsense; the longer one holds.
function pauseOf(answer: SignAnswer, now: number): number | null {
  const after = Number.parseFloat(answer.retryAfter ?? "") * 1_000;
  const reset = Number.parseFloat(answer.reset ?? "") * 1_000;
  const isSpan = reset < SMALLEST_UNIX_SECONDS * 1_000;
  const known = [after, isSpan ? reset : reset - now]
    .filter((ms) => Number.isFinite(ms) && ms > 0);
  if (known.length === 0) return null;
  return Math.min(Math.max(...known), LONGEST_PAUSE_MS);
}

/**
 * An error's words, without the decoration some libraries put round them, and
 * without the query of an address, which may hold a key.
 */
export function messageOf(error: unknown): string {
  const words = whyOf(error);
  return words.replaceAll(/\?[\w-]+=\S*/g, "").replaceAll(/[\s|+-]{2,}/g, " ")
    .trim().slice(0, 300);
}

const NETWORK =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ERR_NETWORK|ECONNABORTED|socket hang up|timed? ?out|Failed to connect|connection (closed|reset|refused)/i;

function isNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return NETWORK.test(`${code} ${error.message}`) || isNetwork(error.cause);
}

// A refusal, or a puzzle where the page should be.
function isRefusal(error: unknown): boolean {
  const words = messageOf(error);
  return /\b(401|403|429)\b/.test(words) || /sent another page/.test(words);
}
