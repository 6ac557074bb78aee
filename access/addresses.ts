/**
 * Whose address a request comes from, where a proxy may stand between.
 *
 * @module
 */
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { isForwarded } from "./asking.ts";

/** Tells askers apart by where they are. */
export interface Addresses {
  /**
   * The address of whoever asks; null where many may share the one that is
   * seen, so that it says nothing of one of them.
   *
   * @param peer The other end of the connection, or null if unknown.
   */
  of(peer: string | null, headers: Headers): string | null;
}

/** Where a proxy before a public place stands, and no visitor of it. */
const NEAR = listOf(
  "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,169.254.0.0/16,::1,fc00::/7,fe80::/10",
);

/**
 * @param options.proxies `TRUSTED_PROXIES`: addresses and networks, separated
 * by commas; only what comes from one of them may say who is behind it.
 * @param options.isPublic Whether others reach this place at a `PUBLIC_URL`,
 * and so perhaps through a proxy that nobody named.
 */
export function addressesOf(
  { proxies, isPublic }: { proxies?: string; isPublic: boolean },
): Addresses {
  if (proxies !== undefined) {
    const trusted = listOf(proxies);
    return {
      of(peer, headers) {
        if (peer === null || !isIn(trusted, peer)) return peer;
        return behind(trusted, headers.get("x-forwarded-for"));
      },
    };
  }
  return {
    of(peer, headers) {
      const isShared = isPublic &&
        (peer === null || isForwarded(headers) || isIn(NEAR, peer));
      return isShared ? null : peer;
    },
  };
}

/**
 * The last address of the header that no trusted proxy has; each proxy adds at
 * the end whom it heard, and what stands before was said by that one.
 */
function behind(trusted: BlockList, header: string | null): string | null {
  let known: string | null = null;
  for (const hop of (header ?? "").split(",").reverse()) {
    const address = plainAddress(hop);
    if (address === null) return known;
    known = address;
    if (!isIn(trusted, address)) return known;
  }
  return known;
}

/** An address without port, brackets or zone; null where there is none. */
function plainAddress(text: string): string | null {
  const written = text.trim();
  const inside = /^\[([^\]]*)\](?::\d+)?$/.exec(written)?.[1] ??
    written.replace(/^([\d.]+):\d+$/, "$1");
  const plain = inside.replace(/%.*$/, "").toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, "");
  return isIPv4(plain) || isIPv6(plain) ? plain : null;
}

function isIn(list: BlockList, text: string): boolean {
  const address = plainAddress(text);
  return address !== null && list.check(address, familyOf(address));
}

function listOf(text: string): BlockList {
  const list = new BlockList();
  for (const each of text.split(",").map((part) => part.trim())) {
    const [address = "", bits] = each.split("/");
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv4(address) ? "ipv4" : "ipv6";
}
