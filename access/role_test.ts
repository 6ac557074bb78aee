import { deepStrictEqual, ok, strictEqual } from "node:assert";
import fc from "fast-check";
import type { Holder } from "./keys.ts";
import {
  type AccessRules,
  type Asking,
  isSameMachine,
  type Verdict,
  whoAsks,
} from "./role.ts";

const HERE: Asking = {
  method: "GET",
  path: "/api/state",
  protocol: "http:",
  peer: "127.0.0.1",
  host: "localhost:8000",
  isNamed: true,
  origin: null,
  site: null,
  mode: null,
  dest: null,
  forwarded: false,
  bearer: null,
  cookie: null,
  addressKeys: [],
};
const ELSEWHERE: Asking = { ...HERE, peer: "192.168.1.9", host: "pc:8000" };

const key = (role: Holder["role"]): Holder => ({
  role,
  keyId: role,
  signInId: null,
  mark: `hash of ${role}`,
  chosen: false,
});
const RULES: AccessRules = {
  localTrust: true,
  publicOrigin: "https://live.example",
  holderOfKey: (k) =>
    k === "host-key" ? key("host") : k === "show-key" ? key("display") : null,
  holderOfSignIn: (t) =>
    t === "token" ? { ...key("moderator"), signInId: "s" } : null,
};

const ask = (asking: Partial<Asking>, from = ELSEWHERE, rules = RULES) =>
  said(whoAsks({ ...from, ...asking }, rules));
const said = (verdict: Verdict) =>
  verdict.caller
    ? `${verdict.caller.role} by ${verdict.caller.via}`
    : verdict.status;

Deno.test("isSameMachine() trusts loopback at both ends, and nothing else", () => {
  const cases: [Partial<Asking>, boolean][] = [
    [{}, true],
    [{ host: "localhost" }, true],
    [{ host: "LOCALHOST:1" }, true],
    [{ host: "127.0.0.1:8000" }, true],
    [{ host: "127.9.8.7" }, true],
    [{ host: "[::1]:8000" }, true],
    [{ peer: "127.1.2.3" }, true],
    [{ peer: "::1" }, true],
    [{ peer: "::ffff:127.0.0.1" }, true],
    [{ peer: null }, false],
    [{ peer: "192.168.1.9" }, false],
    [{ peer: "::ffff:192.168.1.9" }, false],
    [{ peer: "127.0.0.1.evil.example" }, false],
    [{ peer: "localhost" }, false],
    [{ host: "evil.example:8000" }, false], // a name made to point here
    [{ host: "localhost.evil.example" }, false],
    [{ host: "127.0.0.1.nip.example" }, false],
    [{ host: "127.0.0.1, evil.example" }, false],
    [{ host: "127.0.0.256" }, false],
    [{ host: "127.1" }, false],
    [{ host: "0.0.0.0:8000" }, false],
    [{ host: "" }, false],
    [{ host: "::1" }, false],
    [{ host: "me@localhost" }, false],
    [{ isNamed: false }, false],
    [{ forwarded: true }, false],
    [{ origin: "http://localhost:8000" }, true],
    [{ origin: "http://localhost:8001" }, false],
    [{ origin: "http://127.0.0.1:8000" }, false],
    [{ origin: "https://localhost:8000" }, false],
    [{ origin: "null" }, false],
    [{ origin: "" }, false],
    [{ origin: "http://evil.example" }, false],
    [{ site: "same-origin" }, true],
    [{ site: "none", mode: "navigate", dest: "document" }, true],
    [{ site: "cross-site", mode: "navigate", dest: "document" }, true],
    [{ site: "cross-site", mode: "navigate", dest: "iframe" }, false],
    [{ site: "cross-site", mode: "no-cors", dest: "image" }, false],
    [{ site: "same-site", mode: "cors", dest: "empty" }, false],
    [{
      method: "POST",
      site: "cross-site",
      mode: "navigate",
      dest: "document",
    }, false],
  ];
  for (const [asking, trusted] of cases) {
    const name = JSON.stringify(asking);
    strictEqual(isSameMachine({ ...HERE, ...asking }), trusted, name);
  }
});

Deno.test("whoAsks() makes the machine itself the host, unless that is switched off", () => {
  strictEqual(ask({}, HERE), "host by machine");
  strictEqual(ask({}, HERE, { ...RULES, localTrust: false }), 401);
  strictEqual(ask({}), 401);
});

Deno.test("whoAsks() lets a key say who it is, on this machine too", () => {
  strictEqual(ask({ bearer: "host-key" }), "host by key");
  strictEqual(ask({ bearer: "show-key" }, HERE), "display by key");
  strictEqual(ask({ bearer: "wrong" }, HERE), 401);
  strictEqual(ask({ bearer: "" }, HERE), 401);
  strictEqual(ask({ bearer: "wrong", cookie: "token" }), 401);
});

Deno.test("whoAsks() takes a key in the address for the overlay alone, as a display", () => {
  for (const path of ["/overlay", "/api/frames", "/api/avatars/1"]) {
    strictEqual(ask({ path, addressKeys: ["show-key"] }), "display by address");
    strictEqual(ask({ path, addressKeys: ["host-key"] }), "display by address");
    strictEqual(ask({ path, addressKeys: ["wrong"] }), 401);
    strictEqual(ask({ path, addressKeys: ["host-key"], method: "POST" }), 401);
  }
  for (
    const path of [
      "/api/state",
      "/api/commands",
      "/admin",
      "/overlay/x",
      "/api/frames/x",
    ]
  ) {
    strictEqual(ask({ path, addressKeys: ["host-key"] }), 401);
  }
});

Deno.test("whoAsks() takes a cookie from our own pages only", () => {
  const own = "http://pc:8000";
  strictEqual(ask({ cookie: "token" }), "moderator by cookie");
  strictEqual(ask({ cookie: "token", origin: own }), "moderator by cookie");
  strictEqual(ask({ cookie: "old" }), 401);
  const post = { method: "POST", cookie: "token" };
  strictEqual(ask({ ...post, origin: own }), "moderator by cookie");
  strictEqual(
    ask({ ...post, origin: "https://pc:8000" }),
    "moderator by cookie",
  );
  const proxied = { ...post, origin: "https://live.example" };
  strictEqual(ask(proxied), "moderator by cookie");
  strictEqual(ask({ ...post, origin: "http://live.example" }), 403);
  strictEqual(
    ask(proxied, ELSEWHERE, { ...RULES, publicOrigin: null }),
    403,
  );
  strictEqual(ask(post), 403);
  strictEqual(ask({ ...post, origin: "null" }), 403);
  strictEqual(ask({ ...post, origin: "http://evil.example" }), 403);
  strictEqual(ask({ ...post, origin: own, site: "cross-site" }), 403);
  strictEqual(ask({ cookie: "token", origin: "http://evil.example" }), 403);
});

Deno.test("whoAsks() says which key and which sign-in it was", () => {
  const verdict = whoAsks({ ...ELSEWHERE, cookie: "token" }, RULES);
  deepStrictEqual(verdict.caller, {
    role: "moderator",
    via: "cookie",
    keyId: "moderator",
    signInId: "s",
    mark: "hash of moderator",
  });
});

Deno.test("isSameMachine() says yes to nothing that has one foreign mark", () => {
  const any = {
    peer: oneOf(null, "127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.2"),
    host: oneOf("localhost", "127.0.0.1:8000", "[::1]", "evil.example", ""),
    isNamed: fc.boolean(),
    forwarded: fc.boolean(),
    protocol: oneOf("http:", "https:"),
    method: oneOf("GET", "HEAD", "POST", "DELETE"),
    origin: oneOf(null, "null", "http://localhost", "https://evil.example"),
    site: oneOf(null, "none", "same-origin", "same-site", "cross-site"),
    mode: oneOf(null, "navigate", "cors", "no-cors"),
    dest: oneOf(null, "document", "iframe", "image", "empty"),
    cookie: oneOf(null, "token"),
  };
  let trusted = 0;
  fc.assert(
    fc.property(fc.record(any), (marks) => {
      const asking: Asking = { ...HERE, ...marks };
      if (!isSameMachine(asking)) return;
      trusted++;
      ok(asking.peer?.includes("127.0.0.1") || asking.peer === "::1");
      ok(/^(localhost|127\.0\.0\.1:8000|\[::1\])$/.test(asking.host));
      ok(asking.isNamed && !asking.forwarded);
      const { origin, site, method, mode, dest } = asking;
      ok(origin === null || origin === `${asking.protocol}//${asking.host}`);
      ok(
        site === null || site === "none" || site === "same-origin" ||
          (/GET|HEAD/.test(method) && mode === "navigate" &&
            dest === "document"),
      );
    }),
    { numRuns: 20_000 },
  );
  ok(trusted > 20, `only ${trusted} were trusted`);
});

Deno.test("isSameMachine() takes no host name but loopback's, however it is written", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.domain(), fc.ipV4(), fc.webAuthority()),
      (host) => {
        const isLoopback =
          /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
        if (isSameMachine({ ...HERE, host })) ok(isLoopback.test(host), host);
      },
    ),
    { numRuns: 5_000 },
  );
});

function oneOf<T>(...values: T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}
