/**
 * Whether an address leads to the machine it is used on.
 *
 * @module
 */

/**
 * Whether an IP address is `127.0.0.0/8` or `::1`, also written as IPv4 in
 * IPv6. A name is none.
 */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^\[|\]$/g, "")
    .replace(/^::ffff:(?=\d+\.)/, "");
  return plain === "::1" || isLoopbackIpv4(plain);
}

/** Whether a host of an address (`localhost:80`, `[::1]`) is loopback. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
  return name === "localhost" || name === "[::1]" || isLoopbackIpv4(name);
}

/** Whether a URL leads to this machine; no for what is none. */
export function isLoopbackUrl(url: string | URL): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

function isLoopbackIpv4(name: string): boolean {
  const parts = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(name);
  return parts !== null && parts.slice(1).every((part) => Number(part) <= 255);
}
