/**
 * Who asks: the role of one request, from what the request says of itself.
 * Pure, because everything else trusts it.
 *
 * A browser sends some things by itself (a cookie, its place on this machine),
 * so those count only where the page that asks is our own. What is written
 * into the request on purpose (a key) counts as it stands.
 *
 * @module
 */
import { isLoopbackAddress, isLoopbackHost } from "@/core/loopback.ts";
import type { Role } from "@/core/views.ts";
import type { Holder } from "./keys.ts";

/** What a request says of itself. */
export interface Asking {
  method: string;
  path: string;
  /** `http:` or `https:`. */
  protocol: string;
  /** The address at the other end of the connection, or null if unknown. */
  peer: string | null;
  /** The `Host` header, or else where the request arrived. */
  host: string;
  /** Whether there is such a header; HTTP/1.1 asks for it (RFC 9112, 3.2). */
  isNamed: boolean;
  origin: string | null;
  /** `Sec-Fetch-Site`, `-Mode` and `-Dest`. */
  site: string | null;
  mode: string | null;
  dest: string | null;
  /** Whether any proxy has left a header. */
  forwarded: boolean;
  /** The key after `Authorization: Bearer`. */
  bearer: string | null;
  /** The sign-in cookie. */
  cookie: string | null;
  /** Every `?key=`: pages of one browser may share a stream. */
  addressKeys: string[];
}

/** How a caller was known. */
type Via = "key" | "address" | "machine" | "cookie";

/** Someone with a role. */
export interface Caller {
  role: Role;
  via: Via;
  keyId: string | null;
  signInId: string | null;
  /** Of the secret that was shown; empty for the machine itself. */
  mark: string;
}

/** A caller, or how to answer without one. */
export type Verdict =
  | { caller: Caller }
  | { caller: null; status: 401 | 403; reason: string };

/** What decides besides the request. */
export interface AccessRules {
  /** `LOCAL_TRUST`: whether this machine needs no key. */
  localTrust: boolean;
  /** Origin of `PUBLIC_URL`: a proxy there may ask under another name. */
  publicOrigin: string | null;
  holderOfKey(key: string): Holder | null;
  holderOfSignIn(token: string): Holder | null;
}

const UNKNOWN_KEY = "The key is unknown or was replaced";
const NO_KEY =
  "Sign in, or send a key as `Authorization: Bearer KEY`. Only this computer itself needs none";
const FOREIGN_PAGE = "A page of another site may not ask for this";

/** Addresses that may carry a key: the overlay page, its stream, its pictures. */
const KEY_IN_ADDRESS = /^\/(overlay|api\/frames|api\/avatars(\/[^/]+)?)$/;
const READS = new Set(["GET", "HEAD"]);

/** Whose request it is. */
export function whoAsks(asking: Asking, rules: AccessRules): Verdict {
  if (asking.bearer !== null) {
    return held(rules.holderOfKey(asking.bearer), "key");
  }
  if (asking.addressKeys.length > 0 && keyCounts(asking)) {
    return held(firstHolder(asking.addressKeys, rules.holderOfKey), "address");
  }
  if (rules.localTrust && isSameMachine(asking)) {
    const caller = { role: "host", via: "machine", mark: "" } as const;
    return { caller: { ...caller, keyId: null, signInId: null } };
  }
  const holder = asking.cookie === null
    ? null
    : rules.holderOfSignIn(asking.cookie);
  if (!holder) return { caller: null, status: 401, reason: NO_KEY };
  if (!isOwnPage(asking, rules.publicOrigin)) {
    return { caller: null, status: 403, reason: FOREIGN_PAGE };
  }
  return held(holder, "cookie");
}

/**
 * Whether a request comes from the machine it arrives at: both ends of the
 * connection and the name that was asked for are loopback (a name of elsewhere
 * that was made to point here is not), no other site's page sent it, and
 * nothing has passed it on (a tunnel ends here, but starts anywhere).
 */
export function isSameMachine(asking: Asking): boolean {
  return asking.peer !== null && isLoopbackAddress(asking.peer) &&
    asking.isNamed && isLoopbackHost(asking.host) && !asking.forwarded &&
    (asking.origin === null || isSameOrigin(asking)) && !isForeign(asking);
}

/**
 * Whether a browser that sends something by itself shows our own page: `Origin`
 * says so for everything that changes something, `Sec-Fetch-Site` for all else.
 */
export function isOwnPage(
  asking: Asking,
  publicOrigin: string | null,
): boolean {
  const { origin, method, host } = asking;
  if (isForeign(asking)) return false;
  if (origin === null) return READS.has(method);
  return origin === publicOrigin || hostOf(origin) === host;
}

/** Sent by another site's page, other than by a visitor who follows a link. */
function isForeign({ site, mode, dest, method }: Asking): boolean {
  if (site === null || site === "none" || site === "same-origin") return false;
  const follows = mode === "navigate" && dest === "document";
  return !(follows && READS.has(method));
}

function isSameOrigin({ origin, protocol, host }: Asking): boolean {
  return origin === `${protocol}//${host}`;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function keyCounts({ method, path }: Asking): boolean {
  return READS.has(method) && KEY_IN_ADDRESS.test(path);
}

/** The first key that somebody holds decides; one is enough. */
function firstHolder(
  keys: string[],
  holderOfKey: AccessRules["holderOfKey"],
): Holder | null {
  let refusal: unknown = null;
  for (const key of keys) {
    try {
      const holder = holderOfKey(key);
      if (holder) return holder;
    } catch (error) {
      refusal ??= error; // another key may still be right
    }
  }
  if (refusal !== null) throw refusal;
  return null;
}

function held(holder: Holder | null, via: Via): Verdict {
  if (!holder) return { caller: null, status: 401, reason: UNKNOWN_KEY };
  return { caller: callerOf(holder, via) };
}

/**
 * Who shows what somebody holds. A key in an address is seen by many, so it
 * opens the overlay and no more.
 */
export function callerOf(holder: Holder, via: Via): Caller {
  const role = via === "address" ? "display" : holder.role;
  const { keyId, signInId, mark } = holder;
  return { role, via, keyId, signInId, mark };
}
