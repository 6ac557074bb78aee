/**
 * The link that signs another device in.
 *
 * @module
 */

/** The link of a code, at an origin of this place. */
export function pairingLink(origin: string, code: string): string {
  return `${origin}/pair?code=${code}`;
}
