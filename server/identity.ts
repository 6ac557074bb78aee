/**
 * What the program says of itself.
 *
 * @module
 */

/** The version that pages and the health report show. */
export const VERSION = "0.1.0";
/** Where this place offers its source, as the licence asks. */
export const SOURCE = "/source.tar.gz";

/** What people know this process by, over machines and containers. */
export function processName(): string {
  const machine = machineName() ?? "nameless machine";
  return `${machine} (process ${Deno.pid}-${crypto.randomUUID().slice(0, 4)})`;
}

/**
 * The machine's or the container's name; null where it may not be asked for
 * without a question to whoever starts the program.
 */
function machineName(): string | null {
  const named = Deno.env.get("HOSTNAME") ?? Deno.env.get("COMPUTERNAME");
  if (named) return named;
  const asked = { name: "sys", kind: "hostname" } as const;
  const { state } = Deno.permissions.querySync(asked);
  return state === "granted" ? Deno.hostname() : null;
}
