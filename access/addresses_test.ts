import { strictEqual } from "node:assert";
import { addressesOf } from "./addresses.ts";

const through = (...hops: string[]) =>
  new Headers({ "x-forwarded-for": hops.join(", ") });
const NONE = new Headers();

Deno.test("of() reads who is behind a proxy only from one that is trusted", () => {
  const addresses = addressesOf({
    proxies: "127.0.0.1, 10.0.0.0/8,fd00::/8",
    isPublic: true,
  });
  const cases: [string | null, Headers, string | null][] = [
    ["127.0.0.1", through("203.0.113.9"), "203.0.113.9"],
    ["::ffff:127.0.0.1", through("203.0.113.9"), "203.0.113.9"],
    ["fd00::2", through("2001:DB8::1"), "2001:db8::1"],
    // What stands before was written by whoever asked.
    ["127.0.0.1", through("198.51.100.1", "203.0.113.9"), "203.0.113.9"],
    ["10.1.2.3", through("203.0.113.9", "10.9.9.9"), "203.0.113.9"],
    ["10.1.2.3", through("10.0.0.8", "10.9.9.9"), "10.0.0.8"],
    ["10.1.2.3", through("203.0.113.9:4711"), "203.0.113.9"],
    ["10.1.2.3", through("[2001:db8::1]:443"), "2001:db8::1"],
    ["10.1.2.3", through("::ffff:203.0.113.9"), "203.0.113.9"],
    ["10.1.2.3", through("203.0.113.9", "unknown", "10.0.0.8"), "10.0.0.8"],
    // Anybody else may write what they like.
    ["203.0.113.9", through("198.51.100.1"), "203.0.113.9"],
    ["127.0.0.2", through("198.51.100.1"), "127.0.0.2"],
    [null, through("198.51.100.1"), null],
    // A proxy that says nothing speaks for many.
    ["127.0.0.1", NONE, null],
    ["127.0.0.1", through("unknown"), null],
  ];
  for (const [peer, headers, address] of cases) {
    const name = `${peer} ${headers.get("x-forwarded-for")}`;
    strictEqual(addresses.of(peer, headers), address, name);
  }
});

Deno.test("of() takes no address for one person's where nobody named the proxy", () => {
  const isPublic = true;
  const addresses = addressesOf({ isPublic });
  strictEqual(addresses.of("127.0.0.1", NONE), null);
  strictEqual(addresses.of("172.18.0.5", NONE), null);
  strictEqual(addresses.of("203.0.113.80", through("198.51.100.1")), null);
  strictEqual(addresses.of("203.0.113.80", NONE), "203.0.113.80");
  const home = addressesOf({ isPublic: false });
  strictEqual(home.of("192.168.1.9", through("1.2.3.4")), "192.168.1.9");
});
