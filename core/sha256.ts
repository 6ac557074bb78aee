/**
 * SHA-256 (FIPS 180-4) in plain arithmetic: a browser has none of its own on
 * plain HTTP or in a saved page, and the game needs its answer at once.
 *
 * @module
 */

/** The first 32 bits of the fractions of the first primes' roots. */
const ROOTS = primes(64);
const K = Uint32Array.from(ROOTS, (prime) => fraction(Math.cbrt(prime)));
const START = ROOTS.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const BLOCK = 64;
const encoder = new TextEncoder();

/**
 * The hash of a text's UTF-8, as 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(sha256("abc").slice(0, 8), "ba7816bf");
 * ```
 */
export function sha256(text: string): string {
  const bytes = encoder.encode(text);
  const state = Uint32Array.from(START);
  const words = new Uint32Array(64);
  const whole = bytes.length - (bytes.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) mix(state, words, bytes, at);
  const rest = padded(bytes.subarray(whole), bytes.length);
  for (let at = 0; at < rest.length; at += BLOCK) mix(state, words, rest, at);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0"))
    .join("");
}

/** The last bytes with a one, zeros and the length in bits behind them. */
function padded(rest: Uint8Array, length: number): Uint8Array {
  const blocks = rest.length + 9 > BLOCK ? 2 : 1;
  const bytes = new Uint8Array(blocks * BLOCK);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  new DataView(bytes.buffer)
    .setBigUint64(bytes.length - 8, BigInt(length) * 8n);
  return bytes;
}

/** Takes one block into the state. */
function mix(
  state: Uint32Array,
  w: Uint32Array,
  bytes: Uint8Array,
  at: number,
): void {
  for (let i = 0; i < 16; i++, at += 4) {
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) |
      (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!, y = w[i - 2]!;
    const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!;
  let e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g, g = f, f = e, e = (d + one) | 0;
    d = c, c = b, b = a, a = (one + two) | 0;
  }
  state[0]! += a, state[1]! += b, state[2]! += c, state[3]! += d;
  state[4]! += e, state[5]! += f, state[6]! += g, state[7]! += h;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
}
