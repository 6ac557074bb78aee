/**
 * Where a request comes from.
 *
 * @module
 */

/** The address at the other end of the connection; null if unknown. */
export function peerOf(
  { remoteAddr }: { remoteAddr: Deno.Addr },
): string | null {
  return "hostname" in remoteAddr ? remoteAddr.hostname : null;
}
