/**
 * Devices that were let in, and who answers for each: a key, or an account
 * elsewhere.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { createEnds } from "@/core/ends.ts";
import type { Voucher } from "@/core/shapes/access.ts";
import type { Role } from "@/core/views.ts";
import {
  HOST_KEY_ID,
  isOver,
  type KeyBook,
  PAIRING_MS,
  type PairingInfo,
  SIGN_IN_MS,
  type SignInRow,
} from "./key_book.ts";
import { bySecret, hashOf, newSecret } from "./secrets.ts";

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
export type Shown = Pick<Holder, "keyId" | "signInId" | "mark">;

/** A device that has been let in. */
export interface SignedIn {
  /** For its cookie. */
  token: string;
  holder: Holder;
}

/** The role of an account, by its names; null for none. */
export type RoleOfAccount = (account: readonly string[]) => Role | null;

/** Whom a device is let in by: as the one who answers for it, or this machine. */
export type By = Pick<Holder, "keyId" | "signInId">;

/** The devices of a book. */
export interface Devices {
  /** Those that are signed in, and not by somebody who is gone. */
  list(): SignInRow[];
  /** Whose device this is, or null. */
  holderOf(token: string): Holder | null;
  /** Whether this device is still signed in. */
  holds(signInId: string): boolean;
  /** @param token What its cookie will hold. */
  letIn(
    by: Voucher,
    device: string,
    token: string,
  ): Promise<SignedIn | null>;
  /** Makes a code that lets in one device. */
  pair(role: Role, by: By): Promise<{ code: string; endsAt: number }>;
  /** What a code would give, without using it; null for a wrong one. */
  pairing(code: string): PairingInfo | null;
  /** Lets in the one device that brings the code; null for a wrong one. */
  takePairing(code: string, device: string): Promise<SignedIn | null>;
}

/** The devices in a book, wherever it is kept. */
export function devicesOf(
  book: KeyBook,
  clock: Clock,
  roleOfAccount: RoleOfAccount,
): Devices {
  const ends = book.ends ?? createEnds(clock);
  const live = () => book.kept().signIns.filter((row) => !isOver(ends, row));

  /** The role a device has; null where nobody answers for it any more. */
  function roleOf(row: Voucher & { role: Role | null }): Role | null {
    if (row.account !== null) {
      const role = roleOfAccount(row.account);
      return row.role === null ? role : role === "host" ? row.role : null;
    }
    const key = book.kept().keys.find(({ id }) => id === row.keyId);
    return key ? row.role ?? key.role : null;
  }

  function holderIn(row: SignInRow): Holder | null {
    const role = roleOf(row);
    const { keyId, id, hash } = row;
    return role && { role, keyId, signInId: id, mark: hash, chosen: false };
  }

  function newDevice(device: string, token: string) {
    const [madeAt, hash] = [clock.wall(), hashOf(token)];
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
    const signIn: SignInRow = { ...row, usedAt: clock.wall() };
    const holder = holderIn(signIn);
    if (!holder) return null;
    await book.change({ type: "putSignIn", signIn });
    return { token, holder };
  }

  /** Who answers for what somebody lets in: as for them, or this machine. */
  function voucherOf({ keyId, signInId }: By): Voucher {
    const row = live().find(({ id }) => id === signInId);
    if (row) return { keyId: row.keyId, account: row.account };
    return { keyId: keyId ?? HOST_KEY_ID, account: null };
  }

  function pairing(code: string): PairingInfo | null {
    const found = bySecret(book.kept().pairings, code);
    if (!found || isOver(ends, found) || !roleOf(found)) return null;
    return withoutHash(found);
  }

  return {
    list: () => live().filter((row) => roleOf(row) !== null),
    holderOf(token) {
      const found = bySecret(live(), token);
      return found && holderIn(found);
    },
    holds(signInId) {
      const row = live().find(({ id }) => id === signInId);
      return row !== undefined && roleOf(row) !== null;
    },
    letIn,
    async pair(role, by) {
      const code = newSecret();
      const endsAt = clock.wall() + PAIRING_MS;
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
    pairing,
    async takePairing(code, device) {
      if (!pairing(code)) return null;
      const token = newSecret();
      const row = newDevice(device, token);
      const hash = hashOf(code);
      const change = { type: "takePairing", hash, device: row } as const;
      if (!await book.change(change)) return null;
      const signIn = book.kept().signIns.find(({ id }) => id === row.id);
      const holder = signIn && holderIn(signIn);
      return holder ? { token, holder } : null;
    },
  };
}

/** What may be told of a row. */
export function withoutHash<T extends { hash: string }>(
  { hash: _, ...rest }: T,
): Omit<T, "hash"> {
  return rest;
}
