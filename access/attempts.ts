/**
 * How often somebody may be wrong: wrong keys are counted by address and in
 * all. Where there are too many, nothing that could be guessed opens any more
 * for a while. A key made here has 192 random bits and cannot be: it goes on
 * opening, so that a stranger's guesses never shut out the overlay.
 *
 * @module
 */
import { hashOf } from "./secrets.ts";

/** Different wrong secrets of one address, and of all, in WINDOW_MS. */
export const WRONG_PER_ADDRESS = 20;
export const WRONG_IN_ALL = 500;
/** Sign-ins somewhere else that may be begun in WINDOW_MS. */
export const BEGUN_PER_ADDRESS = 20;
export const BEGUN_IN_ALL = 300;
/** How long counts are kept, in ms. */
export const WINDOW_MS = 60_000;
/** Addresses that are told apart; more share one count. */
const MAX_ADDRESSES = 5_000;

/** Too many attempts; the message says so for people. */
export class TooManyError extends Error {
  override name = "TooManyError";

  /** @param seconds After which another attempt is looked at. */
  constructor(readonly seconds: number) {
    super(
      `There were too many wrong keys or sign-ins. Try again in ${seconds} seconds`,
    );
  }
}

/** Counts attempts; see the module. */
export interface Attempts {
  /**
   * Looks whose a secret is.
   *
   * @param address Who brings it; null if unknown.
   * @param look Whose it is; `chosen` if a person made it up.
   * @throws {TooManyError} If it is not looked at now.
   */
  guess<T extends { chosen: boolean }>(
    address: string | null,
    secret: string,
    look: () => T | null,
  ): T | null;
  /**
   * Counts a sign-in elsewhere that is begun.
   *
   * @throws {TooManyError} If there are too many.
   */
  begin(address: string | null): void;
  /** Wrong secrets, and of them those that were not even looked at. */
  counts(): { wrong: number; refused: number };
}

/** Starts to count. @param options.now Unix ms. */
export function createAttempts({ now }: { now(): number }): Attempts {
  const wrongSecrets = createWindow(WRONG_PER_ADDRESS, WRONG_IN_ALL, now);
  const begun = createWindow(BEGUN_PER_ADDRESS, BEGUN_IN_ALL, now);
  let wrong = 0;
  let refused = 0;
  let begins = 0;
  return {
    guess(address, secret, look) {
      const found = look();
      if (found && !found.chosen) return found;
      if (wrongSecrets.isFull(address)) {
        wrong++;
        refused++;
        throw new TooManyError(wrongSecrets.seconds());
      }
      if (!found) {
        wrong++;
        wrongSecrets.add(address, hashOf(secret.slice(0, 512)));
      }
      return found;
    },
    begin(address) {
      if (begun.isFull(address)) throw new TooManyError(begun.seconds());
      begun.add(address, String(++begins));
    },
    counts: () => ({ wrong, refused }),
  };
}

/** Different things by address, forgotten together when a window ends. */
function createWindow(perAddress: number, inAll: number, now: () => number) {
  let since = -Infinity;
  let total = 0;
  let byAddress = new Map<string, Set<string>>();
  const renew = () => {
    if (now() < since + WINDOW_MS) return;
    since = now();
    total = 0;
    byAddress = new Map();
  };
  const placeOf = (address: string | null) => {
    const network = networkOf(address);
    const isKnown = byAddress.has(network) || byAddress.size < MAX_ADDRESSES;
    return isKnown ? network : "";
  };
  return {
    isFull(address: string | null): boolean {
      renew();
      const known = byAddress.get(placeOf(address));
      return total >= inAll || (known?.size ?? 0) >= perAddress;
    },
    /** The same thing again is the same mistake, and counts once. */
    add(address: string | null, thing: string): void {
      renew();
      const network = placeOf(address);
      const known = byAddress.get(network) ?? new Set<string>();
      if (known.has(thing)) return;
      known.add(thing);
      total++;
      byAddress.set(network, known);
    },
    seconds: () => Math.max(1, Math.ceil((since + WINDOW_MS - now()) / 1000)),
  };
}

/**
 * What one subscriber has: an IPv4 address, or the first 64 bits of an IPv6
 * one (RFC 6177 gives every site at least those).
 */
function networkOf(address: string | null): string {
  if (address === null || !address.includes(":")) return address ?? "";
  if (address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - first.length - rest.length;
  return [...first, ...Array<string>(Math.max(0, gap)).fill("0"), ...rest]
    .slice(0, 4).join(":");
}
