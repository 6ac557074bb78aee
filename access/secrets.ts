/**
 * Secrets: how they are made, and how one is found again by its hash alone.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Random bytes of a secret: 192 bits, 32 characters in an address. */
const BYTES = 24;
/** Longer ones are not even looked up. */
const MAX_SECRET = 512;

/** A secret nobody can guess, made of characters an address may hold. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Buffer.from(bytes).toString("base64url");
}

/** What is kept of a secret: SHA-256 in hex. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Looks at every row, and at every byte of it, whichever one matches. */
export function bySecret<T extends { hash: string }>(
  rows: readonly T[],
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

/** A new name that only whoever has the key could have given. */
export function newMark(key: string): string {
  const name = newSecret();
  return `${name}.${signatureOf(name, key)}`;
}

/** The name in such a mark, or null if it was made up. */
export function nameOfMark(mark: string, key: string): string | null {
  const [name = "", signature = ""] = mark.split(".");
  const right = Buffer.from(signatureOf(name, key));
  const given = Buffer.from(signature);
  const isOurs = given.length === right.length && timingSafeEqual(given, right);
  return isOurs ? name : null;
}

function signatureOf(name: string, key: string): string {
  return createHmac("sha256", key).update(`device ${name}`).digest("base64url");
}
