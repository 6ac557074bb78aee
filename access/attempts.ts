/**
 * How often somebody may be wrong: wrong keys are counted by address and in
 * all. Where there are too many, nothing that could be guessed opens any more
 * for a while. A key made here has 192 random bits and cannot be: it goes on
 * opening, so that a stranger's guesses never shut out the overlay. A device
 * that was signed in here before has a count of its own, so that they never
 * shut out the host either.
 *
 * @module
 */
import { hashOf } from "./secrets.ts";

/** Different wrong secrets of one address, and of all, in WINDOW_MS. */
export const WRONG_PER_ADDRESS = 20;
export const WRONG_IN_ALL = 500;
/** Sign-ins somewhere else that may be begun in WINDOW_MS. */
export const BEGUN_PER_ADDRESS = 20;
/** How long counts are kept, in ms. */
export const WINDOW_MS = 60_000;
/** Addresses that are told apart; more count in all alone. */
const MAX_ADDRESSES = 5_000;
/** Stands for all addresses that are not told apart. */
const NOBODYS = "?";

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

/** Who tries to come in. */
export interface Asker {
  /** Where they are; null where many share an address, and none is theirs. */
  address: string | null;
  /** A device that was signed in here before; null for any other. */
  device: string | null;
}

/** Counts attempts; see the module. */
export interface Attempts {
  /**
   * Looks whose a secret is.
   *
   * @param look Whose it is; `chosen` if a person made it up.
   * @throws {TooManyError} If it is not looked at now.
   */
  guess<T extends { chosen: boolean }>(
    asker: Asker,
    secret: string,
    look: () => T | null,
  ): T | null;
  /**
   * Counts a sign-in elsewhere that is begun. What is kept of one is bounded
   * where it is kept, so none is refused whose address says nothing.
   *
   * @throws {TooManyError} If there are too many.
   */
  begin(asker: Asker): void;
  /** Wrong secrets, and of them those that were not even looked at. */
  counts(): { wrong: number; refused: number };
}

/** Starts to count. @param options.now Ms on a clock that only runs forward. */
export function createAttempts({ now }: { now(): number }): Attempts {
  const ofStrangers = createWindow(WRONG_PER_ADDRESS, WRONG_IN_ALL, now);
  const ofDevices = createWindow(WRONG_PER_ADDRESS, Infinity, now);
  const begun = createWindow(BEGUN_PER_ADDRESS, Infinity, now);
  let wrong = 0;
  let refused = 0;
  let begins = 0;
  return {
    guess({ address, device }, secret, look) {
      const found = look();
      if (found && !found.chosen) return found;
      const window = device === null ? ofStrangers : ofDevices;
      const place = device ?? address;
      if (window.isFull(place)) {
        wrong++;
        refused++;
        throw new TooManyError(window.seconds());
      }
      if (!found) {
        wrong++;
        window.add(place, hashOf(secret.slice(0, 512)));
      }
      return found;
    },
    begin({ address, device }) {
      if (address === null || device !== null) return;
      if (begun.isFull(address)) throw new TooManyError(begun.seconds());
      begun.add(address, String(++begins));
    },
    counts: () => ({ wrong, refused }),
  };
}

/**
 * Different things by address, forgotten together when a window ends; those of
 * nobody's address (null) count in all alone.
 */
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
    if (address === null) return NOBODYS;
    const network = networkOf(address);
    const isKnown = byAddress.has(network) || byAddress.size < MAX_ADDRESSES;
    return isKnown ? network : NOBODYS;
  };
  return {
    isFull(address: string | null): boolean {
      renew();
      if (total >= inAll) return true;
      const network = placeOf(address);
      return network !== NOBODYS &&
        (byAddress.get(network)?.size ?? 0) >= perAddress;
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
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - first.length - rest.length;
  return [...first, ...Array<string>(Math.max(0, gap)).fill("0"), ...rest]
    .slice(0, 4).join(":");
}
