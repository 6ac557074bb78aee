/**
 * What is kept of keys and sign-ins: only hashes, so that a copied data folder
 * opens nothing. The process that keeps the data keeps the book; others have a
 * copy of it over the bus and send their changes, which carry hashes too.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Sessions } from "@/core/ports.ts";
import type { Role } from "@/core/views.ts";

/** Random bytes of a key: 192 bits, 32 characters in an address. */
const KEY_BYTES = 24;
/** Fewest characters of a host's key from the settings. */
export const MIN_HOST_KEY = 16;
/** How long a browser stays signed in, in ms. */
export const SIGN_IN_MS = 90 * 24 * 60 * 60 * 1000;
/** More keys or sign-ins than these would not fit one document. */
export const MAX_KEYS = 60;
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

/** All that is kept; `hash` is the SHA-256 (hex) of a secret. */
export interface Kept {
  keys: (KeyInfo & { hash: string })[];
  signIns: (SignInInfo & { hash: string })[];
}

/** One change. Made twice, it does what it does once. */
export type KeyChange =
  /** A new key, or a new secret for one; its browsers are signed out. */
  | { type: "setKey"; key: Kept["keys"][number] }
  | { type: "revoke"; id: string }
  /** `keyHash` is of the key that was shown. */
  | { type: "signIn"; signIn: Kept["signIns"][number]; keyHash: string }
  | { type: "signOut"; id: string };

/** Where keys are kept, or a copy of it. */
export interface KeyBook {
  /** The key made at this start, to be shown once; null if one was there. */
  readonly newHostKey: string | null;
  /** @throws {AwayError} If nothing is known yet. */
  kept(): Kept;
  /** Writes a change down; false where there is nothing to change. */
  change(change: KeyChange): Promise<boolean>;
  /** Calls `listener` after each change, wherever it was made. */
  watch(listener: (now: Kept, before: Kept) => void): () => void;
}

/** What a book needs from the outside. */
export interface KeyBookOptions {
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
export async function openKeyBook(options: KeyBookOptions): Promise<KeyBook> {
  const { documents, hostKey, now } = options;
  if (hostKey !== undefined && hostKey.length < MIN_HOST_KEY) {
    throw new RangeError(
      `Cannot use HOST_KEY: it has ${hostKey.length} characters and needs ${MIN_HOST_KEY} or more`,
    );
  }
  const empty: Kept = { keys: [], signIns: [] };
  let kept = (await documents.document(DOCUMENT) ?? empty) as Kept;
  let saved: Promise<void> = Promise.resolve();
  const watchers = new Set<(now: Kept, before: Kept) => void>();

  async function change(wanted: KeyChange): Promise<boolean> {
    const before = kept;
    const next = changed(before, wanted, now());
    if (next === null) return false;
    kept = next;
    const saving = saved.then(() => documents.putDocument(DOCUMENT, next));
    saved = saving.catch(() => undefined); // told to whoever waits for `saving`
    await saving;
    for (const listener of watchers) listener(next, before);
    return true;
  }

  const host = kept.keys.find((each) => each.id === HOST_KEY_ID);
  let newHostKey: string | null = null;
  if (hostKey !== undefined ? host?.hash !== hashOf(hostKey) : !host) {
    const secret = hostKey ?? (newHostKey = newSecret());
    const info = { id: HOST_KEY_ID, role: "host", label: "Host" } as const;
    const key = { ...info, madeAt: now(), hash: hashOf(secret) };
    await change({ type: "setKey", key });
  }

  return {
    newHostKey,
    kept: () => kept,
    change,
    watch(listener) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
}

/** The book after a change; null where it changes nothing. */
function changed(
  { keys, signIns }: Kept,
  change: KeyChange,
  now: number,
): Kept | null {
  switch (change.type) {
    case "setKey": {
      const { key } = change;
      const others = keys.filter((each) => each.id !== key.id);
      if (others.length >= MAX_KEYS) throw tooManyKeys();
      return {
        keys: [...others, key],
        signIns: signIns.filter((each) => each.keyId !== key.id),
      };
    }
    case "revoke": {
      const { id } = change;
      if (id === HOST_KEY_ID || !keys.some((each) => each.id === id)) {
        return null;
      }
      return {
        keys: keys.filter((each) => each.id !== id),
        signIns: signIns.filter((each) => each.keyId !== id),
      };
    }
    case "signIn": {
      const { signIn, keyHash } = change;
      const key = keys.find((each) => each.id === signIn.keyId);
      if (key?.hash !== keyHash) return null;
      const others = signIns.filter((each) =>
        each.id !== signIn.id && now < each.madeAt + SIGN_IN_MS
      );
      return { keys, signIns: [...others.slice(1 - MAX_SIGN_INS), signIn] };
    }
    case "signOut": {
      const others = signIns.filter((each) => each.id !== change.id);
      if (others.length === signIns.length) return null;
      return { keys, signIns: others };
    }
  }
}

/** There is no room for another key. */
export function tooManyKeys(): RangeError {
  return new RangeError(
    `Cannot make a key: there are ${MAX_KEYS} already, remove one first`,
  );
}

/** A secret nobody can guess, made of characters an address may hold. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Buffer.from(bytes).toString("base64url");
}

/** SHA-256 of a secret, in hex. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
