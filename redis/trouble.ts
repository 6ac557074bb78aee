/**
 * What is wrong with Redis, in words for whoever runs the program.
 *
 * @module
 */
import type { LiveHealth } from "@/core/ports.ts";
import { whyOf } from "@/core/why.ts";

/** The beginnings of Redis' own error texts, and those of sockets. */
const TROUBLES: [RegExp, LiveHealth["state"], string][] = [
  [
    /^(WRONGPASS|NOAUTH)|AUTH .*(failed|without)|invalid username-password/i,
    "refused",
    "Redis refuses the user name or password in REDIS_URL",
  ],
  [
    /DB index/i,
    "refused",
    "Redis has no database of the number behind the port in REDIS_URL; it has 0 to 15, unless its setting `databases` says otherwise",
  ],
  [
    /^READONLY/,
    "read_only",
    "Redis is a read-only replica; point REDIS_URL to the primary",
  ],
  [
    /^OOM/,
    "full",
    "Redis has used all the memory it may (maxmemory); give it more",
  ],
  [
    /^MISCONF/,
    "failing",
    "Redis cannot write to its own disk and takes nothing more",
  ],
  [
    /^(LOADING|BUSY|MASTERDOWN)/,
    "loading",
    "Redis is starting and not ready yet",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|getaddrinfo|dns error|lookup address/i,
    "unreachable",
    "Redis cannot be found: nothing has the name in REDIS_URL",
  ],
  [
    /altnames/,
    "untrusted",
    "The certificate of Redis is for another name than the one in REDIS_URL",
  ],
  [
    /certificate/i,
    "untrusted",
    "The certificate of Redis cannot be verified: it has run out, or DENO_CERT does not name the file of its authority",
  ],
  [
    /ssl|tls/i,
    "unreachable",
    "Redis cannot be reached: no secure connection came about",
  ],
];

/** What an error means; sockets that close or time out are `unreachable`. */
export function troubleOf(error: unknown): LiveHealth {
  const text = whyOf(error);
  if (/^NOPERM/.test(text)) return lacksRight(text);
  for (const [pattern, state, detail] of TROUBLES) {
    if (pattern.test(text)) return { state, detail };
  }
  if (isReply(text)) {
    return { state: "failing", detail: `Redis says no: ${text}` };
  }
  return {
    state: "unreachable",
    detail: "Redis cannot be reached; it is tried again every half second",
  };
}

/** Redis' own words name the command, key or channel. */
function lacksRight(words: string): LiveHealth {
  const detail = `The Redis user in REDIS_URL lacks a right: ${words}`;
  return { state: "refused", detail };
}

/** Redis' own errors begin with a word in capitals. */
function isReply(text: string): boolean {
  return /^(ERR|[A-Z]{4,}) /.test(text);
}

/**
 * What would go wrong one day, from the answer to `INFO` (null where that may
 * not be asked); null if nothing.
 */
export function riskOf(info: string | null): LiveHealth | null {
  if (info === null) {
    return {
      state: "unchecked",
      detail:
        "The Redis user in REDIS_URL may not use INFO, so nobody looks whether Redis keeps what it holds; give it +info",
    };
  }
  if (/^role:slave/m.test(info)) return troubleOf("READONLY");
  if (/^aof_enabled:0/m.test(info)) {
    return {
      state: "not_safe",
      detail:
        "Redis runs with appendonly no: it forgets what it holds when it stops; set appendonly yes",
    };
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? "noeviction";
  const limited = !/^maxmemory:0\b/m.test(info);
  if (limited && policy.startsWith("allkeys")) {
    return {
      state: "not_safe",
      detail:
        `Redis may throw away what it holds (maxmemory-policy ${policy}); set it to noeviction`,
    };
  }
  if (limited && policy.startsWith("volatile")) {
    return {
      state: "not_safe",
      detail:
        `Redis may throw away sessions when it is full (maxmemory-policy ${policy}); set it to noeviction`,
    };
  }
  return null;
}

/** Seconds that the server has been up, from the answer to `INFO`; 0 unknown. */
export function uptimeOf(info: string | null): number {
  return Number(/^uptime_in_seconds:(\d+)/m.exec(info ?? "")?.[1] ?? 0);
}
