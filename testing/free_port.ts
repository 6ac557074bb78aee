/**
 * A place for a server that cannot choose one itself.
 *
 * @module
 */

/** A port of loopback that nobody listened at a moment ago. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
