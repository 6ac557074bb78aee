/**
 * Keys and sign-ins: who holds which role. A key opens the product for
 * programs and overlays; a sign-in is a browser that has shown a key once.
 * Only hashes are kept, so that a copied data folder opens nothing.
 *
 * @module
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Sessions } from "@/core/ports.ts";
import type { Role } from "@/core/views.ts";

/** Random bytes of a key: 192 bits, 32 characters in an address. */
const KEY_BYTES = 24;
/** Fewest characters of a host's key from the settings. */
export const MIN_HOST_KEY = 16;
/** Longer secrets are not even looked up. */
const MAX_SECRET = 512;
/** How long a browser stays signed in, in ms. */
export const SIGN_IN_MS = 90 * 24 * 60 * 60 * 1000;
/** More keys or sign-ins than these would not fit one document. */
const MAX_KEYS = 60;
const MAX_SIGN_INS = 100;
/** The host's own key; there is always one. */
export const HOST_KEY_ID = "host";
const DOCUMENT = "access";

/** One key, without the key. */
export interface KeyInfo {
  id: string;
  role: Role;
  label: string;
  /** Unix ms. */
  madeAt: number;
}

/** One signed-in browser. */
export interface SignInInfo {
  id: string;
  keyId: string;
  /** What the browser said it is. */
  device: string;
  /** Unix ms. */
  madeAt: number;
}

/** Who a secret belongs to. */
export interface Holder {
  role: Role;
  keyId: string;
  /** The browser's sign-in, or null for a key itself. */
  signInId: string | null;
}

interface Kept {
  keys: (KeyInfo & { hash: string })[];
  signIns: (SignInInfo & { hash: string })[];
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
}

/** What keys need from the outside. */
export interface KeysOptions {
  documents: Pick<Sessions, "document" | "putDocument">;
  /** `HOST_KEY`, where it is set. */
  hostKey?: string;
  /** Unix ms. */
  now(): number;
}

/**
 * Reads the kept keys, and makes the host's where there is none.
 *
 * @throws {RangeError} If the host's key from the settings is too short.
 */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { documents, hostKey, now } = options;
  if (hostKey !== undefined && hostKey.length < MIN_HOST_KEY) {
    throw new RangeError(
      `Cannot use HOST_KEY: it has ${hostKey.length} characters and needs ${MIN_HOST_KEY} or more`,
    );
  }
  const kept = (await documents.document(DOCUMENT) ?? {
    keys: [],
    signIns: [],
  }) as Kept;

  let saved = Promise.resolve();
  const save = () => {
    const copy = structuredClone(kept);
    const next = saved.then(() => documents.putDocument(DOCUMENT, copy));
    saved = next.catch(() => undefined); // told to whoever waits for `next`
    return next;
  };

  const setKey = (id: string, role: Role, label: string, key: string) => {
    const info = { id, role, label, madeAt: now() };
    kept.keys = kept.keys.filter((each) => each.id !== id);
    kept.keys.push({ ...info, hash: hashOf(key) });
    kept.signIns = kept.signIns.filter((each) => each.keyId !== id);
    return { ...info, key };
  };
  const live = () =>
    kept.signIns.filter((each) => now() < each.madeAt + SIGN_IN_MS);

  const host = kept.keys.find((each) => each.id === HOST_KEY_ID);
  let newHostKey: string | null = null;
  if (hostKey !== undefined && host?.hash !== hashOf(hostKey)) {
    setKey(HOST_KEY_ID, "host", "Host", hostKey);
    await save();
  } else if (!host) {
    newHostKey = setKey(HOST_KEY_ID, "host", "Host", newSecret()).key;
    await save();
  }

  const keys: Keys = {
    newHostKey,
    list: () => kept.keys.map(withoutHash),
    signIns: () => live().map(withoutHash),
    holderOfKey(key) {
      const found = bySecret(kept.keys, key);
      return found && { role: found.role, keyId: found.id, signInId: null };
    },
    holderOfSignIn(token) {
      const found = bySecret(live(), token);
      const key = kept.keys.find((each) => each.id === found?.keyId);
      if (!found || !key) return null;
      return { role: key.role, keyId: key.id, signInId: found.id };
    },
    async make(role, label) {
      if (kept.keys.length >= MAX_KEYS) {
        throw new RangeError(
          `Cannot make a key: there are ${MAX_KEYS} already, remove one first`,
        );
      }
      const made = setKey(crypto.randomUUID(), role, label, newSecret());
      await save();
      return made;
    },
    async replace(id) {
      const old = kept.keys.find((each) => each.id === id);
      if (!old) return null;
      const made = setKey(id, old.role, old.label, newSecret());
      await save();
      return made;
    },
    async revoke(id) {
      const before = kept.keys.length;
      if (id === HOST_KEY_ID) return false;
      kept.keys = kept.keys.filter((each) => each.id !== id);
      kept.signIns = kept.signIns.filter((each) => each.keyId !== id);
      if (kept.keys.length === before) return false;
      await save();
      return true;
    },
    async signIn(key, device) {
      const holder = keys.holderOfKey(key);
      if (!holder) return null;
      const token = newSecret();
      const id = crypto.randomUUID();
      kept.signIns = [...live().slice(1 - MAX_SIGN_INS), {
        id,
        keyId: holder.keyId,
        device: device.slice(0, 200),
        madeAt: now(),
        hash: hashOf(token),
      }];
      await save();
      return { token, holder: { ...holder, signInId: id } };
    },
    async signOut(signInId) {
      const before = kept.signIns.length;
      kept.signIns = kept.signIns.filter((each) => each.id !== signInId);
      if (kept.signIns.length === before) return false;
      await save();
      return true;
    },
  };
  return keys;
}

/** A secret nobody can guess, made of characters an address may hold. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Buffer.from(bytes).toString("base64url");
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
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
