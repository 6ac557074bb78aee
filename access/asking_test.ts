import { deepStrictEqual, strictEqual } from "node:assert";
import { askingOf } from "./asking.ts";

function asking(headers: Record<string, string>, address = "/api/state") {
  const url = new URL(address, "http://localhost:8000");
  return askingOf(new Request(url, { headers }), url, "127.0.0.1");
}

Deno.test("askingOf() notices whatever a proxy leaves behind", () => {
  for (
    const name of [
      "Forwarded",
      "X-Forwarded-For",
      "X-Forwarded-Host",
      "X-Forwarded-Proto",
      "X-Real-IP",
      "Via",
      "CF-Connecting-IP",
      "CF-Ray",
      "True-Client-IP",
      "Ngrok-Trace-Id",
      "Tailscale-User-Login",
      "X-Forwarded",
      "X-Original-Host",
      "X-Original-URL",
      "X-Rewrite-URL",
      "X-ProxyUser-Ip",
      "Proxy-Connection",
      "X-Envoy-External-Address",
      "X-Request-Id",
      "X-Amzn-Trace-Id",
      "X-Amz-Cf-Id",
      "X-ARR-LOG-ID",
      "X-Azure-ClientIP",
      "X-Appengine-User-IP",
      "X-Vercel-Id",
      "X-Cloud-Trace-Context",
      "X-Akamai-Edgescape",
      "Fastly-Client-IP",
      "Fly-Client-IP",
      "CDN-Loop",
    ]
  ) strictEqual(asking({ [name]: "1" }).forwarded, true, name);
  strictEqual(asking({ "User-Agent": "OBS", Cookie: "a=b" }).forwarded, false);
});

Deno.test("askingOf() reads the key after Bearer and leaves other schemes alone", () => {
  const bearer = (authorization: string) => asking({ authorization }).bearer;
  strictEqual(bearer("Bearer abc"), "abc");
  strictEqual(bearer("bearer   abc "), "abc");
  strictEqual(bearer("Bearer"), "");
  strictEqual(bearer("Basic abc"), null);
  strictEqual(bearer("Bearerabc"), null);
  strictEqual(asking({}).bearer, null);
});

Deno.test("askingOf() finds its cookie among others", () => {
  const cookie = "lang=th; sign_in=tok=en; xsign_in=no";
  strictEqual(asking({ cookie }).cookie, "tok=en");
  strictEqual(asking({ cookie: "xsign_in=no" }).cookie, null);
});

Deno.test("askingOf() takes the host from the header that was sent", () => {
  strictEqual(asking({ host: "evil.example" }).host, "evil.example");
  strictEqual(asking({}).host, "localhost:8000");
  deepStrictEqual(asking({}, "/overlay?key=k&key=l").addressKeys, ["k", "l"]);
});
