/**
 * How a connection stands, in the host's own words. Apart from the panel
 * because the start page says the same, and because it can be tested alone.
 *
 * @module
 */
import type { Connection } from "@/core/connection.ts";
import type { Texts } from "@/locales/mod.ts";

type Words = Texts["connection"];

/** Silence shorter than this is not counted out, in ms. */
const WORTH_COUNTING_MS = 1_000;

/**
 * One or two plain sentences: what is, and when it will be tried again.
 *
 * @param now Unix ms, by the clock that set the connection's times.
 */
export function connectionWords(
  texts: Words,
  connection: Connection,
  now: number,
): string {
  const { retryAt, reason, state } = connection;
  const what = sentence(texts, connection, now);
  if (retryAt === null || reason === "rate_limited") return what;
  const seconds = Math.ceil((retryAt - now) / 1000);
  if (seconds <= 0) return join(what, texts.retryNow);
  const left = duration(texts, seconds);
  const again = state === "offline" ? texts.lookIn(left) : texts.retryIn(left);
  return join(what, again);
}

/** A length of time as words: seconds up to two minutes, then minutes. */
export function duration(texts: Words, seconds: number): string {
  return seconds < 120
    ? texts.seconds(Math.max(0, Math.round(seconds)))
    : texts.minutes(Math.round(seconds / 60));
}

function sentence(texts: Words, connection: Connection, now: number): string {
  const { reason, state, retryAt, lastMessageAt } = connection;
  const channel = connection.channel === null ? "" : `@${connection.channel}`;
  if (reason === null) return texts.sentences[state](channel);
  if (reason === "rate_limited") {
    return retryAt === null
      ? texts.limited
      : texts.limitedUntil(texts.clock(retryAt));
  }
  if (reason === "silent") {
    const quiet = lastMessageAt === null ? 0 : now - lastMessageAt;
    return quiet < WORTH_COUNTING_MS
      ? texts.silent
      : texts.silentFor(duration(texts, quiet / 1000));
  }
  const words = texts.reasons[reason](channel);
  return reason === "unknown" && connection.message
    ? join(words, texts.said(connection.message))
    : words;
}

/** Two sentences on one line; a dot between, which Thai has no full stop for. */
function join(first: string, second: string): string {
  return `${first} · ${second}`;
}
