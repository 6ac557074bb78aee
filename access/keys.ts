/**
 * Keys and sign-ins: who holds which role. A key opens the product for
 * programs and overlays; a sign-in is a device that has shown a key, a pairing
 * link or an account once. Only hashes are kept, so that a copied data folder
 * opens nothing.
 *
 * @module
 */
import type { KeyInfo, SignInInfo } from "@/core/shapes/access.ts";
import type { Clock } from "@/core/clock.ts";
import type { Role } from "@/core/views.ts";
import { type Attempts, createAttempts } from "./attempts.ts";
import {
  type By,
  devicesOf,
  type Holder,
  type RoleOfAccount,
  type Shown,
  type SignedIn,
  withoutHash,
} from "./devices.ts";
import {
  HOST_KEY_ID,
  type KeyBook,
  MAX_KEYS,
  type PairingInfo,
} from "./key_book.ts";
import { bySecret, hashOf, nameOfMark, newMark, newSecret } from "./secrets.ts";
import { createUses } from "./uses.ts";

export { SIGN_IN_MS } from "./key_book.ts";
export { USED_MS } from "./uses.ts";
export type { Holder, RoleOfAccount } from "./devices.ts";
export type { KeyInfo, SignInInfo } from "@/core/shapes/access.ts";

/** The keys and sign-ins of this place. */
export interface Keys {
  /** The key that this process made, to be shown once; null if one was there. */
  readonly newHostKey: string | null;
  /** How often somebody may be wrong here. */
  readonly attempts: Attempts;
  list(): KeyInfo[];
  signIns(): SignInInfo[];
  /** Whose key this is, or null. */
  holderOfKey(key: string): Holder | null;
  /** Whose device this is, or null. */
  holderOfSignIn(token: string): Holder | null;
  /** Whether somebody who was let in would be let in again. */
  stillHolds(holder: Shown): boolean;
  /** Remembers that a key or a device was used now. */
  used(holder: By): void;
  /** Makes a key; the plain key is given this once. */
  make(role: Role, label: string): Promise<KeyInfo & { key: string }>;
  /** Puts a new key in a key's place and signs its devices out. */
  replace(id: string): Promise<(KeyInfo & { key: string }) | null>;
  /** Takes a key away with its sign-ins; the host's own can only be replaced. */
  revoke(id: string): Promise<boolean>;
  /** Lets in a device that shows a key; null for a wrong key. */
  signIn(key: string, device: string): Promise<SignedIn | null>;
  /**
   * Lets in a device by an account elsewhere.
   *
   * @param account Its names, the one to show first.
   * @param token What its cookie will hold.
   */
  signInAs(
    account: string[],
    device: string,
    token: string,
  ): Promise<SignedIn | null>;
  /**
   * Marks a device that is let in, to know it again when it was signed out. A
   * mark opens nothing, and is void once the host's key is replaced.
   */
  markDevice(): string;
  /** The device of a mark; null for none, and for one that was made up. */
  deviceOf(mark: string | null): string | null;
  /** Makes a code that lets in one device; whoever makes it answers for it. */
  pair(
    role: Role,
    by: By,
  ): Promise<{ code: string; endsAt: number }>;
  /** What a code would give, without using it; null for a wrong one. */
  pairing(code: string): PairingInfo | null;
  /** Lets in the one device that brings the code; null for a wrong one. */
  takePairing(code: string, device: string): Promise<SignedIn | null>;
  signOut(signInId: string): Promise<boolean>;
  /** Signs every device out, but for one. */
  signOutAll(except: string | null): Promise<void>;
  /**
   * Ends what is open for those who hold nothing any more, whenever somebody
   * may have lost something; returns how to stop.
   *
   * @param end Ends what belongs to these, as a hub's `closeStreams()` does.
   */
  watchGone(
    end: (whose: (owner: Shown) => boolean) => number,
  ): () => void;
}

/**
 * The keys in a book, wherever it is kept.
 *
 * @param roleOfAccount No account has a role unless given.
 */
export function keysOf(
  book: KeyBook,
  clock: Clock,
  roleOfAccount: RoleOfAccount = () => null,
): Keys {
  const uses = createUses(book, clock);
  const devices = devicesOf(book, clock, roleOfAccount);
  /** Stands in for the host's key where none was ever made. */
  const beforeAll = newSecret();

  async function put(row: Omit<KeyInfo, "madeAt" | "usedAt">, key: string) {
    const info: KeyInfo = { ...row, madeAt: clock.wall(), usedAt: null };
    const hash = hashOf(key);
    if (await book.change({ type: "putKey", key: { ...info, hash } })) {
      return { ...info, key };
    }
    throw new RangeError(
      `Cannot make a key: there are ${MAX_KEYS} already, remove one first`,
    );
  }

  /** Known to every process of this place, once somebody leads there. */
  function markKey(): string {
    const host = book.kept().keys.find(({ id }) => id === HOST_KEY_ID);
    return host?.hash ?? beforeAll;
  }

  function holderOfKey(key: string): Holder | null {
    const found = bySecret(book.kept().keys, key);
    if (!found) return null;
    const { role, id, hash, chosen } = found;
    return { role, keyId: id, signInId: null, mark: hash, chosen };
  }

  function stillHolds({ keyId, signInId, mark }: Shown): boolean {
    if (keyId === null && signInId === null) return true;
    if (signInId !== null) return devices.holds(signInId);
    return book.kept().keys.some((row) =>
      row.id === keyId && row.hash === mark
    );
  }

  return {
    get newHostKey() {
      return book.newHostKey;
    },
    attempts: createAttempts({ now: clock.elapsed }),
    list: () => book.kept().keys.map(uses.in).map(withoutHash),
    signIns: () => devices.list().map(uses.in).map(withoutHash),
    holderOfKey,
    holderOfSignIn: devices.holderOf,
    stillHolds,
    used({ keyId, signInId }) {
      const id = signInId ?? keyId;
      if (id !== null) uses.note(id);
    },
    make: (role, label) =>
      put(
        { id: crypto.randomUUID(), role, label, chosen: false },
        newSecret(),
      ),
    async replace(id) {
      const old = book.kept().keys.find((each) => each.id === id);
      if (!old) return null;
      const { role, label } = old;
      return await put({ id, role, label, chosen: false }, newSecret());
    },
    async revoke(id) {
      if (id === HOST_KEY_ID) return false;
      return await book.change({ type: "removeKey", id });
    },
    async signIn(key, device) {
      const holder = holderOfKey(key);
      if (!holder) return null;
      const by = { keyId: holder.keyId, account: null };
      return await devices.letIn(by, device, newSecret());
    },
    signInAs: (account, device, token) =>
      devices.letIn({ keyId: null, account }, device, token),
    markDevice: () => newMark(markKey()),
    deviceOf: (mark) => mark === null ? null : nameOfMark(mark, markKey()),
    pair: devices.pair,
    pairing: devices.pairing,
    takePairing: devices.takePairing,
    signOut: (id) => book.change({ type: "removeSignIn", id }),
    async signOutAll(except) {
      await book.change({ type: "removeSignIns", except });
    },
    watchGone: (end) =>
      book.watch(() => void end((owner) => !stillHolds(owner))),
  };
}
