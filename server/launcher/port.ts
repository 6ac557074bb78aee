/**
 * A port that is free: the one that is wanted, or one of the next.
 *
 * @module
 */
import { CannotStart } from "./say.ts";

/** How many are tried. */
const TRIED = 50;
const LAST = 65_535;

/**
 * The first port from the wanted one on that nobody listens at. With 0, any.
 *
 * @throws {CannotStart} If all that were tried are taken.
 */
export function freePortFrom(hostname: string, wanted: number): number {
  if (wanted === 0) return portAt(hostname, 0)!;
  const last = Math.min(wanted + TRIED - 1, LAST);
  for (let port = wanted; port <= last; port++) {
    if (portAt(hostname, port) !== null) return port;
  }
  throw new CannotStart((texts) => texts.noneFree(wanted, last));
}

/** The port that could be listened at; null if it is taken or not allowed. */
function portAt(hostname: string, port: number): number | null {
  try {
    using listener = Deno.listen({ hostname, port });
    return listener.addr.port;
  } catch (error) {
    const isTaken = error instanceof Deno.errors.AddrInUse ||
      error instanceof Deno.errors.PermissionDenied;
    if (isTaken) return null;
    throw error;
  }
}
