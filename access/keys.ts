/**
 * Keys and sign-ins: who holds which role. A key opens the product for
 * programs and overlays; a sign-in is a browser that has shown a key once.
 *
 * What is kept of them is in `key_book.ts`. Secrets are made and compared
 * here, in the process that serves the browser, and go nowhere else.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Role } from "@/core/views.ts";
import {
  hashOf,
  HOST_KEY_ID,
  type KeyBook,
  type KeyBookOptions,
  type KeyInfo,
  MAX_KEYS,
  newSecret,
  openKeyBook,
  SIGN_IN_MS,
  type SignInInfo,
  tooManyKeys,
} from "./key_book.ts";

export { HOST_KEY_ID, MIN_HOST_KEY, SIGN_IN_MS } from "./key_book.ts";
export type { KeyInfo, SignInInfo } from "./key_book.ts";

/** Longer secrets are not even looked up. */
const MAX_SECRET = 512;

/** Who a secret belongs to. */
export interface Holder {
  role: Role;
  keyId: string;
  /** The browser's sign-in, or null for a key itself. */
  signInId: string | null;
}

/** The keys and sign-ins of this place. */
export interface Keys {
  /** The key made at this start, to be shown once; null if one was there. */
  readonly newHostKey: string | null;
  list(): KeyInfo[];
  signIns(): SignInInfo[];
  /** Whose key this is, or null. */
  holderOfKey(key: string): Holder | null;
  /** Whose browser this is, or null. */
  holderOfSignIn(token: string): Holder | null;
  /** Makes a key; the plain key is given this once. */
  make(role: Role, label: string): Promise<KeyInfo & { key: string }>;
  /** Puts a new key in a key's place and signs its browsers out. */
  replace(id: string): Promise<(KeyInfo & { key: string }) | null>;
  /** Takes a key away with its sign-ins; the host's own can only be replaced. */
  revoke(id: string): Promise<boolean>;
  /** A token for a browser that showed a key, or null for a wrong key. */
  signIn(
    key: string,
    device: string,
  ): Promise<{ token: string; holder: Holder } | null>;
  signOut(signInId: string): Promise<boolean>;
  /**
   * Calls `listener` when some holders are none any more, here or in another
   * process; returns how to stop.
   */
  watchGone(
    listener: (isGone: (holder: GoneAsked) => boolean) => void,
  ): () => void;
}

/** Of whom it is asked whether they still hold anything. */
export interface GoneAsked {
  keyId: string | null;
  signInId: string | null;
}

/** What keys need from the outside. */
export type KeysOptions = KeyBookOptions;

/**
 * Reads the kept keys, and makes the host's where there is none.
 *
 * @throws {RangeError} If the host's key from the settings is too short.
 */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const book = await openKeyBook(options);
  return keysOf(book, options.now);
}

/** The keys in a book, wherever it is kept. */
export function keysOf(book: KeyBook, now: () => number): Keys {
  const live = () =>
    book.kept().signIns.filter((each) => now() < each.madeAt + SIGN_IN_MS);

  async function setKey(id: string, role: Role, label: string) {
    const key = newSecret();
    const info = { id, role, label, madeAt: now() };
    await book.change({ type: "setKey", key: { ...info, hash: hashOf(key) } });
    return { ...info, key };
  }

  const keys: Keys = {
    newHostKey: book.newHostKey,
    list: () => book.kept().keys.map(withoutHash),
    signIns: () => live().map(withoutHash),
    holderOfKey(key) {
      const found = bySecret(book.kept().keys, key);
      return found && { role: found.role, keyId: found.id, signInId: null };
    },
    holderOfSignIn(token) {
      const found = bySecret(live(), token);
      const key = book.kept().keys.find((each) => each.id === found?.keyId);
      if (!found || !key) return null;
      return { role: key.role, keyId: key.id, signInId: found.id };
    },
    async make(role, label) {
      if (book.kept().keys.length >= MAX_KEYS) {
        throw tooManyKeys();
      }
      return await setKey(crypto.randomUUID(), role, label);
    },
    async replace(id) {
      const old = book.kept().keys.find((each) => each.id === id);
      return old ? await setKey(id, old.role, old.label) : null;
    },
    async revoke(id) {
      const isThere = book.kept().keys.some((each) => each.id === id);
      if (id === HOST_KEY_ID || !isThere) return false;
      return await book.change({ type: "revoke", id });
    },
    async signIn(key, device) {
      const holder = keys.holderOfKey(key);
      if (!holder) return null;
      const token = newSecret();
      const id = crypto.randomUUID();
      const signIn = {
        id,
        keyId: holder.keyId,
        device: device.slice(0, 200),
        madeAt: now(),
        hash: hashOf(token),
      };
      const keyHash = hashOf(key);
      const isIn = await book.change({ type: "signIn", signIn, keyHash });
      if (!isIn) return null;
      return { token, holder: { ...holder, signInId: id } };
    },
    async signOut(id) {
      const isThere = book.kept().signIns.some((each) => each.id === id);
      return isThere && await book.change({ type: "signOut", id });
    },
    watchGone: (listener) =>
      book.watch((now, before) => {
        const keys = goneOf(before.keys, now.keys);
        const signIns = goneOf(before.signIns, now.signIns);
        if (keys.size + signIns.size === 0) return;
        listener(({ keyId, signInId }) =>
          (keyId !== null && keys.has(keyId)) ||
          (signInId !== null && signIns.has(signInId))
        );
      }),
  };
  return keys;
}

/** Ids whose secret of before opens nothing any more. */
function goneOf(
  before: { id: string; hash: string }[],
  now: { id: string; hash: string }[],
): Set<string> {
  const hashes = new Map(now.map(({ id, hash }) => [id, hash]));
  return new Set(
    before.filter(({ id, hash }) => hashes.get(id) !== hash)
      .map(({ id }) => id),
  );
}

/** Looks at every row, and at every byte of it, whichever one matches. */
function bySecret<T extends { hash: string }>(
  rows: T[],
  secret: string,
): T | null {
  if (secret === "" || secret.length > MAX_SECRET) return null;
  const hash = Buffer.from(hashOf(secret), "hex");
  let found: T | null = null;
  for (const row of rows) {
    if (timingSafeEqual(hash, Buffer.from(row.hash, "hex"))) found = row;
  }
  return found;
}

function withoutHash<T extends { hash: string }>(
  { hash: _, ...rest }: T,
): Omit<T, "hash"> {
  return rest;
}
