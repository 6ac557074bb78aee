/**
 * Where a request comes from.
 *
 * @module
 */
import { DEVICE_COOKIE } from "@/access/asking.ts";
import { cookieOf } from "@/access/cookies.ts";
import type { Asker } from "@/access/attempts.ts";
import type { State } from "./define.ts";

/** The address at the other end of the connection; null if unknown. */
export function peerOf(
  { remoteAddr }: { remoteAddr: Deno.Addr },
): string | null {
  return "hostname" in remoteAddr ? remoteAddr.hostname : null;
}

/** Who tries to come in with a request. */
export function askerOf(
  { req, info, state }: {
    req: Request;
    info: { remoteAddr: Deno.Addr };
    state: State;
  },
): Asker {
  const { keys, site } = state;
  return {
    address: site.addresses.of(peerOf(info), req.headers),
    device: keys.deviceOf(cookieOf(req.headers, DEVICE_COOKIE)),
  };
}
