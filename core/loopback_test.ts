import { strictEqual } from "node:assert";
import {
  isLoopbackAddress,
  isLoopbackHost,
  isLoopbackUrl,
} from "./loopback.ts";

Deno.test("isLoopbackAddress() knows this machine's own addresses", () => {
  for (const address of ["127.0.0.1", "127.9.8.7", "::1", "[::1]"]) {
    strictEqual(isLoopbackAddress(address), true, address);
  }
  strictEqual(isLoopbackAddress("::ffff:127.0.0.1"), true);
  for (const address of ["localhost", "192.168.1.9", "127.0.0.256", "::"]) {
    strictEqual(isLoopbackAddress(address), false, address);
  }
});

Deno.test("isLoopbackHost() knows names and addresses, with any port", () => {
  for (const host of ["localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]:8"]) {
    strictEqual(isLoopbackHost(host), true, host);
  }
  for (const host of ["::1", "127.1", "0.0.0.0", "localhost.evil.example"]) {
    strictEqual(isLoopbackHost(host), false, host);
  }
});

Deno.test("isLoopbackUrl() goes by the host alone", () => {
  for (const host of ["localhost", "127.1", "127.0.0.1:80", "[::1]:80"]) {
    strictEqual(isLoopbackUrl(`http://${host}/token`), true, host);
  }
  for (
    const host of [
      ...["localhost:x@evil.example", "127.evil.example", "0.0.0.0", "[::]"],
      ...["[fe80::1%eth0]", "127.0.0.256"],
    ]
  ) {
    strictEqual(isLoopbackUrl(`http://${host}/token`), false, host);
  }
});
