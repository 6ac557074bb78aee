/**
 * Keys and sign-ins: who holds which role. A key opens the product for
 * programs and overlays; a sign-in is a device that has shown a key, a pairing
 * link or an account once. Only hashes are kept, so that a copied data folder
 * opens nothing.
 *
 * @module
 */
import type { KeyInfo, SignInInfo, Voucher } from "@/core/shapes/access.ts";
import type { Clock } from "@/core/clock.ts";
import { createEnds } from "@/core/ends.ts";
import type { Role } from "@/core/views.ts";
import {
  HOST_KEY_ID,
  isOver,
  type KeyBook,
  MAX_KEYS,
  PAIRING_MS,
  type PairingInfo,
  SIGN_IN_MS,
  type SignInRow,
} from "./key_book.ts";
import { type Attempts, createAttempts } from "./attempts.ts";
import { bySecret, hashOf, nameOfMark, newMark, newSecret } from "./secrets.ts";

export { SIGN_IN_MS } from "./key_book.ts";
export type { KeyInfo, SignInInfo } from "@/core/shapes/access.ts";

/** Last uses are written at most this often, in ms. */
export const USED_MS = 60_000;
/** Characters of what a browser says it is. */
const MAX_DEVICE = 200;

/** Who a secret belongs to. */
export interface Holder {
  role: Role;
  /** The key that was shown, or that answers for the device. */
  keyId: string | null;
  /** The device's sign-in, or null for a key itself. */
  signInId: string | null;
  /** Changes with the secret; a replaced key has another one. */
  mark: string;
  /** Whether the secret was chosen by a person. */
  chosen: boolean;
}

/** What a holder showed; the machine itself has shown nothing. */
type Shown = Pick<Holder, "keyId" | "signInId" | "mark">;

/** A device that has been let in. */
interface SignedIn {
  /** For its cookie. */
  token: string;
  holder: Holder;
}

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
  used(holder: Pick<Holder, "keyId" | "signInId">): void;
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
    by: Pick<Holder, "keyId" | "signInId">,
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

/** The role of an account, by its names; null for none. */
export type RoleOfAccount = (account: readonly string[]) => Role | null;

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
  const now = clock.wall;
  const ends = book.ends ?? createEnds(clock);
  /** Uses that are not written yet, and when some were written last. */
  let uses: Record<string, number> = {};
  let usesWrittenAt = -Infinity;
  /** Stands in for the host's key where none was ever made. */
  const beforeAll = newSecret();

  const live = () => book.kept().signIns.filter((row) => !isOver(ends, row));
  const usedSince = <T extends { id: string; usedAt: number | null }>(row: T) =>
    uses[row.id] === undefined ? row : { ...row, usedAt: uses[row.id]! };

  async function put(row: Omit<KeyInfo, "madeAt" | "usedAt">, key: string) {
    const info: KeyInfo = { ...row, madeAt: now(), usedAt: null };
    const hash = hashOf(key);
    if (await book.change({ type: "putKey", key: { ...info, hash } })) {
      return { ...info, key };
    }
    throw new RangeError(
      `Cannot make a key: there are ${MAX_KEYS} already, remove one first`,
    );
  }

  /** The role a device has; null where nobody answers for it any more. */
  function roleOf(row: Voucher & { role: Role | null }): Role | null {
    if (row.account !== null) {
      const role = roleOfAccount(row.account);
      return row.role === null ? role : role === "host" ? row.role : null;
    }
    const key = book.kept().keys.find(({ id }) => id === row.keyId);
    return key ? row.role ?? key.role : null;
  }

  function holderOf(row: SignInRow): Holder | null {
    const role = roleOf(row);
    const { keyId, id, hash } = row;
    return role && { role, keyId, signInId: id, mark: hash, chosen: false };
  }

  /** Known to every process of this place, once somebody leads there. */
  function markKey(): string {
    const host = book.kept().keys.find(({ id }) => id === HOST_KEY_ID);
    return host?.hash ?? beforeAll;
  }

  function newDevice(device: string, token: string) {
    const [madeAt, hash] = [now(), hashOf(token)];
    const endsAt = madeAt + SIGN_IN_MS;
    ends.begin(hash, endsAt, SIGN_IN_MS);
    return {
      id: crypto.randomUUID(),
      device: device.slice(0, MAX_DEVICE),
      madeAt,
      endsAt,
      hash,
    };
  }

  async function letIn(
    by: Voucher,
    device: string,
    token: string,
  ): Promise<SignedIn | null> {
    const row = { ...newDevice(device, token), ...by, role: null };
    const signIn: SignInRow = { ...row, usedAt: now() };
    const holder = holderOf(signIn);
    if (!holder) return null;
    await book.change({ type: "putSignIn", signIn });
    return { token, holder };
  }

  const keys: Keys = {
    get newHostKey() {
      return book.newHostKey;
    },
    attempts: createAttempts({ now: clock.elapsed }),
    list: () => book.kept().keys.map(usedSince).map(withoutHash),
    signIns: () =>
      live().filter((row) => roleOf(row) !== null).map(usedSince)
        .map(withoutHash),
    holderOfKey(key) {
      const found = bySecret(book.kept().keys, key);
      if (!found) return null;
      const { role, id, hash, chosen } = found;
      return { role, keyId: id, signInId: null, mark: hash, chosen };
    },
    holderOfSignIn(token) {
      const found = bySecret(live(), token);
      return found && holderOf(found);
    },
    stillHolds({ keyId, signInId, mark }) {
      if (keyId === null && signInId === null) return true;
      if (signInId === null) {
        return book.kept().keys.some((row) =>
          row.id === keyId && row.hash === mark
        );
      }
      const row = live().find(({ id }) => id === signInId);
      return row !== undefined && roleOf(row) !== null;
    },
    used({ keyId, signInId }) {
      const id = signInId ?? keyId;
      if (id === null) return;
      uses[id] = now();
      if (clock.elapsed() < usesWrittenAt + USED_MS) return;
      const at = uses;
      usesWrittenAt = clock.elapsed();
      uses = {};
      // A use that could not be written is only a minute lost.
      book.change({ type: "used", at }).catch(() => uses = { ...at, ...uses });
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
      const holder = keys.holderOfKey(key);
      if (!holder) return null;
      const by = { keyId: holder.keyId, account: null };
      return await letIn(by, device, newSecret());
    },
    signInAs: (account, device, token) =>
      letIn({ keyId: null, account }, device, token),
    markDevice: () => newMark(markKey()),
    deviceOf: (mark) => mark === null ? null : nameOfMark(mark, markKey()),
    async pair(role, by) {
      const code = newSecret();
      const endsAt = now() + PAIRING_MS;
      const pairing = {
        role,
        endsAt,
        hash: hashOf(code),
        ...voucherOf(by),
      };
      ends.begin(pairing.hash, endsAt, PAIRING_MS);
      await book.change({ type: "putPairing", pairing });
      return { code, endsAt };
    },
    pairing(code) {
      const found = bySecret(book.kept().pairings, code);
      if (!found || isOver(ends, found) || !roleOf(found)) return null;
      return withoutHash(found);
    },
    async takePairing(code, device) {
      if (!keys.pairing(code)) return null;
      const token = newSecret();
      const row = newDevice(device, token);
      const hash = hashOf(code);
      const change = { type: "takePairing", hash, device: row } as const;
      if (!await book.change(change)) return null;
      const signIn = book.kept().signIns.find(({ id }) => id === row.id);
      const holder = signIn && holderOf(signIn);
      return holder ? { token, holder } : null;
    },
    signOut: (id) => book.change({ type: "removeSignIn", id }),
    async signOutAll(except) {
      await book.change({ type: "removeSignIns", except });
    },
    watchGone: (end) =>
      book.watch(() => void end((owner) => !keys.stillHolds(owner))),
  };

  /** Who answers for what somebody lets in: as for them, or this machine. */
  function voucherOf(
    { keyId, signInId }: Pick<Holder, "keyId" | "signInId">,
  ): Voucher {
    const row = live().find(({ id }) => id === signInId);
    if (row) return { keyId: row.keyId, account: row.account };
    return { keyId: keyId ?? HOST_KEY_ID, account: null };
  }

  return keys;
}

function withoutHash<T extends { hash: string }>(
  { hash: _, ...rest }: T,
): Omit<T, "hash"> {
  return rest;
}
