/**
 * Where this process is reached: known only once it listens.
 *
 * @module
 */
import { isLoopbackUrl } from "@/core/loopback.ts";
import type { Config } from "@/core/shapes/config.ts";

/** Where this process is reached. */
export interface Reach {
  /** It listens now. */
  listens(port: number): void;
  /** Where it listens; null before it does. */
  port(): number | null;
  /** As a browser on this machine names it, or `PUBLIC_URL`. */
  home(): string;
  /** Where other devices of the network reach it; none where it is its own. */
  origins(): string[];
}

/** The reach of a process with these settings. */
export function reachOf({ HOST, PUBLIC_URL }: Config): Reach {
  let at: number | null = null;
  return {
    listens: (port) => at = port,
    port: () => at,
    home: () => PUBLIC_URL ?? `http://${shownHost(HOST)}:${at}`,
    origins() {
      if (isLoopback(HOST) || at === null) return [];
      const isAny = HOST === "0.0.0.0" || HOST === "::";
      const hosts = isAny ? lanAddresses() : [shownHost(HOST)];
      return hosts.map((host) => `http://${host}:${at}`);
    },
  };
}

/** Whether an address of `HOST` is this machine's alone. */
export function isLoopback(host: string): boolean {
  return isLoopbackUrl(`http://${bracketed(host)}`);
}

/** IPv4 addresses of this machine, those of home networks (RFC 1918) first. */
function lanAddresses(): string[] {
  const isHome = (address: string) =>
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
  try {
    return Deno.networkInterfaces()
      .filter(({ family }) => family === "IPv4")
      .map(({ address }) => address)
      .filter((address) => !isLoopback(address))
      .sort((a, b) => Number(isHome(b)) - Number(isHome(a)));
  } catch (error) {
    // Without the permission the addresses are only not shown.
    if (error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}

/** How an address stands in a URL. */
function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** How a browser on this machine names the address. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return bracketed(host);
}
