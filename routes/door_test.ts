import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { App } from "fresh";
import { COMMAND_RIGHTS, type Method, RIGHTS } from "@/access/rights.ts";
import { API } from "@/core/shapes/api.ts";
import type { State } from "@/routes/(_http)/define.ts";
import door from "./_middleware.ts";
import { WRONG_IN_ALL, WRONG_PER_ADDRESS } from "@/access/attempts.ts";
import { textsOf } from "@/locales/mod.ts";
import { type As, LAN, LOCAL, openPlace } from "@/testing/place.ts";

const METHODS: Method[] = ["GET", "POST", "PATCH", "DELETE"];
const CALLERS: As[] = [
  "host",
  "moderator",
  "display",
  "button",
  "stranger",
  "machine",
];

const HERE = new URL(".", import.meta.url);

/** Addresses of route files, as the file routes make them, and the files. */
async function routeFiles(folder = "", at = ""): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, HERE))
  ) {
    if (name.startsWith("(_")) continue;
    if (isDirectory) {
      found.push(...await routeFiles(`${folder}${name}/`, `${at}/${name}`));
    } else if (/\.tsx?$/.test(name) && !/^_|_test\.tsx?$/.test(name)) {
      const path = `${at}/${name.replace(/\.tsx?$/, "")}`;
      const pattern = path.replace(/\/index$/, "")
        .replaceAll(/\[(\w+)\]/g, ":$1");
      found.push([pattern || "/", folder + name]);
    }
  }
  return found;
}

Deno.test("every route file has a row in the table, and every row a file", async () => {
  const files = (await routeFiles()).map(([pattern]) => pattern);
  deepStrictEqual(files.sort(), Object.keys(API).sort());
});

Deno.test("every method of a route that programs use stands in its row, and no other", async () => {
  for (const [pattern, file] of await routeFiles()) {
    if (!file.endsWith(".ts")) continue;
    const { handler } = await import(new URL(file, HERE).href);
    const methods = Object.keys(handler).filter((name) => name !== "HEAD");
    deepStrictEqual(
      methods.sort(),
      Object.keys(API[pattern]!).sort(),
      pattern,
    );
  }
});

Deno.test("every address lets in whom the table names, and nobody else", async () => {
  const place = await openPlace();
  for (const [pattern, rights] of Object.entries(RIGHTS)) {
    const path = pattern.replaceAll(/:\w+/g, "nothing");
    for (const method of METHODS) {
      for (const as of CALLERS) {
        const response = await place.ask(path, as, { method });
        await response.body?.cancel();
        const right = rights[method];
        const name = `${as} ${method} ${pattern}: ${response.status}`;
        const role = as === "machine" ? "host" : as;
        const isOpen = Object.values(rights).every((r) => r === "anyone");
        if (role === "stranger" && right !== "anyone" && !isOpen) {
          strictEqual(response.status, 401, name);
        } else if (!right) strictEqual(response.status, 405, name);
        else if (right !== "anyone" && !right.some((r) => r === role)) {
          strictEqual(response.status, 403, name);
        } else if (right === "anyone" && method !== "GET") {
          strictEqual(response.status, 403, `${name} without our Origin`);
        } else if (right === "anyone" && pattern === "/pair") {
          strictEqual(response.status, 401, `${name} without a code`);
        } else {
          ok(![401, 403, 405].includes(response.status), name);
          ok(response.status < 500, name);
        }
      }
    }
  }
  await place.close();
});

Deno.test("every command is taken from the roles the table names, and no other", async () => {
  const place = await openPlace();
  for (const [type, roles] of Object.entries(COMMAND_RIGHTS)) {
    for (const as of ["host", "moderator", "button", "display"] as const) {
      const init = { method: "POST", json: minimal(type) };
      const { status } = await place.ask("/api/commands", as, init);
      const name = `${as} ${type}: ${status}`;
      if (roles.includes(as)) ok(status === 200 || status === 409, name);
      else strictEqual(status, 403, name);
    }
  }
  await place.close();
});

/** The smallest command of a type that is well formed. */
function minimal(type: string): Record<string, unknown> {
  const viewer = { viewerId: "1" };
  const comment = { ...viewer, commentId: "1" };
  const fields: Record<string, object> = {
    connect: { channel: "somebody" },
    continueSession: { sessionId: "1" },
    showComment: comment,
    markComment: { ...comment, used: true },
    hideComment: { ...comment, hidden: true },
    queueComment: comment,
    unqueueComment: comment,
    adjustPoints: { ...viewer, points: 1, reason: "test" },
    sitOut: viewer,
    comeBack: viewer,
    blockViewer: viewer,
    unblockViewer: viewer,
    setRates: {
      rates: {
        likes: { follower: 1, other: 1 },
        gifts: [{ upTo: null, times: 1 }],
        comment: 0,
        follow: 0,
        share: 0,
      },
    },
    setClock: { add: 15 },
    setTeams: { teams: [] },
    assignTeam: { ...viewer, teamId: null },
    setGoals: { goals: [] },
    boost: { times: 2, seconds: 10, of: "all" },
    markPrize: { seq: 1, done: true },
    switchScene: { scene: "Host" },
    simulate: { kind: "like" },
  };
  return { type, ...fields[type] };
}

Deno.test("an address without a row is refused as if it were not there", async () => {
  const place = await openPlace();
  for (const path of ["/api", "/api/nothing", "/api/%73tate", "/api//state"]) {
    const response = await place.ask(path);
    strictEqual(response.status, 404, path);
    strictEqual((await response.json()).status, 404);
  }
  await place.close();

  const app = new App<State>()
    .use((ctx) => {
      Object.assign(ctx.state, place.parts);
      return ctx.next();
    })
    .use(...door)
    .get("/api/unlisted", () => new Response("open"));
  const request = new Request(`${LOCAL}/api/unlisted`);
  strictEqual((await app.handler()(request)).status, 404);
});

Deno.test("problems under /api are documents, whoever asks", async () => {
  const place = await openPlace();
  const cases: [string, As, RequestInit, number][] = [
    ["/api/state", "stranger", {}, 401],
    ["/api/settings", "display", {}, 403],
    ["/api/nothing", "host", {}, 404],
    ["/api/state", "host", { method: "PUT" }, 405],
    ["/api/board?limit=no", "host", {}, 400],
  ];
  for (const [path, as, init, status] of cases) {
    const response = await place.ask(path, as, init as { method?: string });
    const type = response.headers.get("content-type");
    strictEqual(type, "application/problem+json", path);
    const body = await response.json();
    strictEqual(body.status, status);
    strictEqual(body.type, "about:blank");
    ok(body.title && body.detail, JSON.stringify(body));
  }
  const stranger = await place.ask("/api/state", "stranger");
  strictEqual(stranger.headers.get("www-authenticate"), "Bearer");
  const put = await place.ask("/api/settings", "host", { method: "PUT" });
  strictEqual(put.headers.get("allow"), "GET, PATCH, HEAD");
  await place.close();
});

Deno.test("a surprise is logged with its path and tells nothing of the inside", async () => {
  const place = await openPlace();
  place.desk.state = () => {
    throw new Error("secret place /home/ann");
  };
  const response = await place.ask("/api/state?key=private");
  strictEqual(response.status, 500);
  const text = await response.text();
  ok(!text.includes("secret"), text);
  strictEqual(place.lines.length, 1);
  ok(place.lines[0]!.startsWith("Cannot answer GET /api/state: Error: secret"));
  ok(!place.lines[0]!.includes("private"));
  await place.close();
});

Deno.test("the machine itself needs no key, and a tunnel or a made-up name does", async () => {
  const place = await openPlace();
  const from = async (headers: Record<string, string>, peer = "127.0.0.1") => {
    // An address is made of the Host that was sent.
    const at = headers.host ? `http://${headers.host}` : LOCAL;
    const request = new Request(`${at}/api/state`, { headers });
    const response = await place.send(request, peer);
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await from({}), 200);
  strictEqual(await from({ host: "localhost:8000" }), 200);
  strictEqual(await from({ host: "evil.example:8000" }), 401);
  strictEqual(await from({ "x-forwarded-for": "1.2.3.4" }), 401);
  strictEqual(await from({ origin: "http://evil.example" }), 401);
  strictEqual(await from({}, "192.168.1.9"), 401);
  await place.close();

  const strict = await openPlace({ localTrust: false });
  strictEqual((await strict.ask("/api/state", "machine")).status, 401);
  await strict.close();
});

Deno.test("a key in the address opens the stream, and nothing that changes or tells more", async () => {
  const place = await openPlace();
  const key = place.secrets.host;
  const ask = async (path: string, init = {}) => {
    const response = await place.ask(path, "stranger", init);
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await ask(`/api/frames?key=${key}`), 200);
  strictEqual(await ask(`/api/frames?with=state&key=${key}`), 403);
  strictEqual(await ask(`/api/state?key=${key}`), 401);
  strictEqual(await ask(`/api/commands?key=${key}`, { method: "POST" }), 401);
  await place.close();
});

Deno.test("the link signs a browser in, and the cookie works from our pages alone", async () => {
  const place = await openPlace();
  const page = await place.ask(`/signin?key=${place.secrets.host}`, "stranger");
  strictEqual(page.status, 200);
  const html = await page.text();
  ok(html.includes('content="0;url=/admin"'), html);
  ok(!html.includes(place.secrets.host), "the key is gone");
  const [given = ""] = page.headers.getSetCookie();
  ok(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/.test(given), given);
  const cookie = given.split(";")[0]!;

  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { cookie, ...init.headers as Record<string, string> };
    const response = await place.send(
      new Request(`${LAN}${path}`, { ...init, headers }),
    );
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await ask("/api/state"), 200);
  const post = { method: "POST", headers: {} };
  const own = { method: "POST", headers: { origin: LAN } };
  const other = { method: "POST", headers: { origin: "http://evil.example" } };
  strictEqual(await ask("/api/commands", post), 403);
  strictEqual(await ask("/api/commands", other), 403);
  strictEqual(await ask("/api/commands", own), 415);
  strictEqual(await ask("/signout", own), 303);
  strictEqual(await ask("/api/state"), 401);
  await place.close();
});

Deno.test("a wrong link signs nobody in", async () => {
  const place = await openPlace();
  const page = await place.ask("/signin?key=wrong", "stranger");
  strictEqual(page.status, 401);
  strictEqual(page.headers.get("set-cookie"), null);
  await page.body?.cancel();
  const secure = await openPlace({ publicUrl: "https://live.example" });
  const signedIn = await secure.ask(
    `/signin?key=${secure.secrets.moderator}`,
    "stranger",
  );
  const given = signedIn.headers.getSetCookie();
  strictEqual(given.length, 2);
  for (const cookie of given) ok(cookie.endsWith("; Secure"), cookie);
  const always = "max-age=31536000";
  strictEqual(signedIn.headers.get("strict-transport-security"), always);
  strictEqual(page.headers.get("strict-transport-security"), null);
  await signedIn.body?.cancel();
  await place.close();
  await secure.close();
});

Deno.test("every answer carries the headers that keep browsers safe", async () => {
  const place = await openPlace();
  const paths = [
    "/api/state",
    "/api/nothing",
    "/signin",
    "/healthz",
  ];
  for (const path of paths) {
    const { headers, body } = await place.ask(path, "host");
    await body?.cancel();
    strictEqual(headers.get("x-content-type-options"), "nosniff", path);
    strictEqual(headers.get("referrer-policy"), "no-referrer", path);
  }
  const { headers, body } = await place.ask("/signin", "stranger");
  await body?.cancel();
  const policy = headers.get("content-security-policy")!;
  ok(/script-src 'self' 'nonce-\w+';/.test(policy), policy);
  ok(/style-src 'self' 'nonce-\w+';/.test(policy), policy);
  ok(policy.includes("frame-ancestors 'self'"), policy);
  strictEqual(headers.get("cache-control"), "no-store");
  const api = await place.ask("/api/state");
  await api.body?.cancel();
  const closed = api.headers.get("content-security-policy")!;
  for (const directive of closed.split("; ")) {
    ok(directive.endsWith(" 'none'"), directive);
  }
  const overlay = await place.ask("/overlay", "stranger");
  await overlay.body?.cancel();
  const open = overlay.headers.get("content-security-policy")!;
  ok(/style-src 'self' 'unsafe-inline';/i.test(open), open);
  await place.close();
});

Deno.test("a page that lets somebody not in leads where they may go, and never in a circle", async () => {
  const place = await openPlace();
  const pages = Object.keys(RIGHTS)
    .filter((pattern) => !/^\/(api|oauth)|z$/.test(pattern))
    .map((pattern) => pattern.replaceAll(/:\w+/g, "nothing"));
  const led = new Set<string>();
  for (const as of ["stranger", "display", "button"] as const) {
    for (const path of pages) {
      const response = await place.ask(path, as);
      const html = await response.text();
      if (![401, 403].includes(response.status) || path === "/pair") continue;
      if (!response.headers.get("content-type")?.includes("html")) continue;
      for (const [, href = ""] of html.matchAll(/<a[^>]* href="(\/[^"]*)"/g)) {
        led.add(`${as} ${href}`);
        const row = RIGHTS[href]!.GET!;
        const may = row === "anyone" || row.some((role) => role === as);
        ok(may, `${as} at ${path} is led to ${href}`);
      }
    }
  }
  for (const way of ["stranger /signin", "display /overlay"]) {
    ok(led.has(way), [...led].join());
  }
  const page = await place.ask("/signin", "stranger");
  strictEqual(page.status, 200);
  ok(!/href="\/(admin|sessions)?"/.test(await page.text()));
  await place.close();
});

Deno.test("too many wrong keys are told when to try again, on pages and to programs", async () => {
  const place = await openPlace();
  const wrong = (path: string, language: string) => {
    const authorization = `Bearer wrong-${Math.random()}`;
    const headers = { authorization, "accept-language": language };
    return place.ask(path, "stranger", { headers });
  };
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) {
    await (await wrong("/api/state", "en")).body?.cancel();
  }
  for (const language of ["en", "th"] as const) {
    for (const path of ["/api/state", "/admin"]) {
      const response = await wrong(path, language);
      strictEqual(response.status, 429, path);
      const seconds = Number(response.headers.get("retry-after"));
      ok(seconds >= 1 && seconds <= 60, `${path} ${seconds}`);
      const words = textsOf(language).errors.tooManyTries(seconds);
      const text = await response.text();
      ok(text.includes(words), text);
    }
  }
  await place.close();
});

Deno.test("a device that was signed in here is let in again, whatever strangers do", async () => {
  const hostKey = "a key that somebody chose";
  const place = await openPlace({ publicUrl: LAN }, { hostKey });
  const first = await place.ask(
    `/signin?key=${encodeURIComponent(hostKey)}`,
    "stranger",
  );
  await first.body?.cancel();
  const cookies = first.headers.getSetCookie();
  const device = cookies.find((line) => line.startsWith("device="))!;
  ok(/; HttpOnly; SameSite=Lax; Max-Age=\d+$/.test(device), device);
  for (let i = 0; i < WRONG_IN_ALL; i++) {
    const wrong = await place.ask(`/signin?key=wrong-${i}`, "stranger");
    await wrong.body?.cancel();
  }
  const enter = async (cookie: string) => {
    const path = `/signin?key=${encodeURIComponent(hostKey)}`;
    const response = await place.ask(path, "stranger", { headers: { cookie } });
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await enter(""), 429);
  strictEqual(await enter("device=made.up"), 429);
  strictEqual(await enter(device.split(";")[0]!), 200);
  await place.close();
});
