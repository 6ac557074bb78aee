/**
 * What comes over a real socket from pages, programs and people that have no
 * business here: each is refused, and the game does not notice.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { WRONG_IN_ALL, WRONG_PER_ADDRESS } from "@/access/attempts.ts";
import { LAN, openPlace, type Place } from "@/testing/place.ts";
import { rawHttp, type RawRequest } from "@/testing/raw_http.ts";

/** A place that listens on loopback, as at home. */
async function home(
  work: (place: Place, port: number) => Promise<void>,
  localTrust = true,
) {
  const place = await openPlace({ localTrust });
  const { port, stop } = place.listen();
  try {
    await work(place, port);
  } finally {
    await place.close();
    await stop();
  }
}

const STATE: RawRequest = { target: "/api/state" };

Deno.test("over a socket, this machine is let in, and a name that was made to point here is not", () =>
  home(async (_, port) => {
    const cases: [Record<string, string>, number][] = [
      [{ host: `localhost:${port}` }, 200],
      [{ host: `127.0.0.1:${port}` }, 200],
      [{ host: `[::1]:${port}` }, 200],
      // DNS rebinding: the page's own name, resolved to 127.0.0.1.
      [{ host: `evil.example:${port}` }, 401],
      [{ host: `localhost.evil.example:${port}` }, 401],
      [{ host: "127.0.0.1.nip.example" }, 401],
      [{ host: `pc:${port}`, origin: `http://pc:${port}` }, 401],
      [{ host: "" }, 401],
      // Pages of other sites, as browsers send them.
      [{ host: `localhost:${port}`, origin: "http://evil.example" }, 401],
      [{ host: `localhost:${port}`, origin: "null" }, 401],
      [{
        host: `localhost:${port}`,
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "no-cors",
        "sec-fetch-dest": "image",
      }, 401],
      [{
        host: `localhost:${port}`,
        "sec-fetch-site": "same-site",
        "sec-fetch-mode": "cors",
        "sec-fetch-dest": "empty",
      }, 401],
      // Tunnels and proxies, which end here and start anywhere.
      [{ host: `localhost:${port}`, "x-forwarded-for": "203.0.113.9" }, 401],
      [{ host: `localhost:${port}`, "X-FORWARDED-HOST": "live.example" }, 401],
      [{ host: `localhost:${port}`, forwarded: "for=203.0.113.9" }, 401],
      [{ host: `localhost:${port}`, via: "1.1 proxy" }, 401],
      [{ host: `localhost:${port}`, "cf-connecting-ip": "203.0.113.9" }, 401],
      [{ host: `localhost:${port}`, "x-real-ip": "127.0.0.1" }, 401],
      // Claiming to be here does not help.
      [{ host: "evil.example", "x-forwarded-for": "127.0.0.1" }, 401],
    ];
    for (const [headers, status] of cases) {
      const answer = await rawHttp(port, { ...STATE, headers });
      strictEqual(answer.status, status, JSON.stringify(headers));
    }
  }));

Deno.test("over a socket, two Host headers and a target elsewhere open nothing", () =>
  home(async (_, port) => {
    const twice = await rawHttp(port, {
      ...STATE,
      headers: { host: "localhost", Host: "evil.example" },
    });
    ok(twice.status === 400 || twice.status === 401, String(twice.status));
    const elsewhere = await rawHttp(port, {
      target: "http://evil.example/api/state",
      headers: { host: "evil.example" },
    });
    strictEqual(elsewhere.status, 401);
    // The target alone would not be let in, the header alone would.
    const here = `localhost:${port}`;
    for (
      const [target, host, status] of [
        ["http://evil.example/api/state", here, 400],
        [`http://evil.example:${port}/api/state`, here, 400],
        [`http://${here}/api/state`, "evil.example", 400],
        [`http://${here}/api/state`, here.toUpperCase(), 200],
        [`http://${here}/icon.svg`, "evil.example", 400],
      ] as const
    ) {
      const answer = await rawHttp(port, { target, headers: { host } });
      strictEqual(answer.status, status, `${target} ${host}`);
      if (status !== 400) continue;
      strictEqual(answer.headers.get("x-content-type-options"), "nosniff");
    }
    const none = await rawHttp(port, STATE);
    ok([400, 401].includes(none.status), String(none.status));
  }));

Deno.test("over a socket, a Host that cannot be one is refused, and nothing of it is logged", () =>
  home(async (place, port) => {
    const written: unknown[] = [];
    const { error } = console;
    console.error = (...parts: unknown[]) => written.push(...parts);
    try {
      for (const host of ["localhost:99999999", "localhost evil", "[::1"]) {
        const target = "/overlay?key=a-secret-of-somebody";
        const answer = await rawHttp(port, { target, headers: { host } });
        strictEqual(answer.status, 400, host);
        ok(!answer.text.includes("secret"), answer.text);
      }
    } finally {
      console.error = error;
    }
    deepStrictEqual([...written, ...place.lines], []);
  }));

Deno.test("a page of another site posts in vain, with and without a sign-in", () =>
  home(async (place, port) => {
    const { token } = (await place.keys.signIn(place.secrets.host, "pc"))!;
    const body = JSON.stringify({ type: "newSession" });
    const post = (headers: Record<string, string>) =>
      rawHttp(port, {
        method: "POST",
        target: "/api/commands",
        headers: {
          host: `localhost:${port}`,
          "content-length": String(body.length),
          "content-type": "application/json",
          ...headers,
        },
        body: [body],
      });
    const foreign = { origin: "http://evil.example" };
    const cookie = `sign_in=${token}`;
    strictEqual((await post(foreign)).status, 401);
    strictEqual((await post({ ...foreign, cookie })).status, 403);
    strictEqual((await post({ origin: "null", cookie })).status, 403);
    // What a form can send without asking first.
    const form = { ...foreign, "content-type": "text/plain" };
    strictEqual((await post(form)).status, 401);
    strictEqual(place.desk.state().session, null);
    const own = { origin: `http://localhost:${port}` };
    strictEqual((await post(own)).status, 200);

    // A preflight is answered without any leave to go on.
    const asked = await rawHttp(port, {
      method: "OPTIONS",
      target: "/api/commands",
      headers: {
        host: `localhost:${port}`,
        ...foreign,
        "access-control-request-method": "POST",
      },
    });
    ok(asked.status >= 400);
    const leave = [...asked.headers.keys()]
      .filter((name) => name.startsWith("access-control"));
    deepStrictEqual(leave, []);
  }));

Deno.test("a path with dots leads nowhere, however it is written", () =>
  home(async (place, port) => {
    const targets = [
      "/../main.ts",
      "/../../etc/passwd",
      "/%2e%2e/main.ts",
      "/..%2fmain.ts",
      "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      "/static/../main.ts",
      "/..\\main.ts",
      "/%5c..%5cmain.ts",
      "/themes/..%2f..%2fmain.ts",
      "/themes/%252e%252e/main.ts",
      "//etc/passwd",
      "/%00",
      "/themes/%",
      "/_fresh/..%2f..%2fdeno.json",
    ];
    for (const target of targets) {
      const headers = { host: `localhost:${port}` };
      const { status, text } = await rawHttp(port, { target, headers });
      ok([400, 404].includes(status), `${target}: ${status}`);
      ok(!/root:|import |"tasks"/.test(text), target);
    }
    deepStrictEqual(place.lines, [], "and none is a surprise");
  }));

Deno.test("a body that is too large is refused by its first bytes", () =>
  home(async (_, port) => {
    const headers = {
      host: `localhost:${port}`,
      "content-type": "application/json",
    };
    const told = await rawHttp(port, {
      method: "POST",
      target: "/api/commands",
      headers: { ...headers, "content-length": "10000000" },
      body: ["{"],
    });
    strictEqual(told.status, 413);
    const chunk = "x".repeat(32 * 1024);
    const untold = await rawHttp(port, {
      method: "POST",
      target: "/api/commands",
      headers: { ...headers, "transfer-encoding": "chunked" },
      body: Array(4).fill(`8000\r\n${chunk}\r\n`),
    });
    strictEqual(untold.status, 413);
  }));

Deno.test("a body that stops half-way is given up after a pause", () =>
  home(async (_, port) => {
    const begun = performance.now();
    const { status, text } = await rawHttp(port, {
      method: "POST",
      target: "/api/commands",
      headers: {
        host: `localhost:${port}`,
        "content-type": "application/json",
        "content-length": "100",
      },
      body: ["{"],
    });
    strictEqual(status, 408);
    ok(text.includes("did not come in time"), text);
    ok(performance.now() - begun < 14_000);
  }));

Deno.test("a thousand requests whose headers never end keep nobody waiting", () =>
  home(async (place, port) => {
    const begun = new TextEncoder().encode(
      "GET /api/state HTTP/1.1\r\nHost: lo",
    );
    const slow: Deno.Conn[] = [];
    for (let i = 0; i < 1_000; i++) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await connection.write(begun);
      slow.push(connection);
    }
    try {
      await place.command({ type: "newSession", channel: "studio" });
      const headers = { host: `localhost:${port}` };
      const { status } = await rawHttp(port, { ...STATE, headers });
      strictEqual(status, 200);
      await watchLatency(place).sample(5); // events come to their frames
    } finally {
      for (const connection of slow) connection.close();
    }
  }));

Deno.test("10,000 wrong keys are refused and counted, and the game goes on", () =>
  home(async (place, port) => {
    await place.command({ type: "newSession", channel: "studio" });
    const url = `http://127.0.0.1:${port}/api/state`;
    const latency = watchLatency(place);
    const calm = await latency.sample(20);
    const statuses = new Map<number, number>();
    const waits = new Set<string | null>();
    const attack = (async () => {
      for (let i = 0; i < 10_000; i += 50) {
        await Promise.all(Array.from({ length: 50 }, async (_, j) => {
          const authorization = `Bearer wrong-key-number-${i + j}`;
          const response = await fetch(url, { headers: { authorization } });
          await response.body?.cancel();
          const count = statuses.get(response.status) ?? 0;
          statuses.set(response.status, count + 1);
          if (response.status === 429) {
            waits.add(response.headers.get("retry-after"));
          }
        }));
      }
    })();
    const busy = await latency.sample(20);
    await attack;
    console.log(
      `  an event to its frame: ${calm.toFixed(1)} ms when calm, ${
        busy.toFixed(1)
      } ms under wrong keys (medians)`,
    );
    strictEqual(statuses.get(401), WRONG_PER_ADDRESS);
    strictEqual(statuses.get(429), 10_000 - WRONG_PER_ADDRESS);
    ok([...waits].every((wait) => /^([1-9]|[1-5]\d|60)$/.test(wait ?? "")));
    deepStrictEqual(place.keys.attempts.counts(), {
      wrong: 10_000,
      refused: 10_000 - WRONG_PER_ADDRESS,
    });
    const metrics = await (await place.ask("/metrics")).text();
    ok(/^tiktok_live_support_wrong_keys_total 10000$/m.test(metrics), metrics);
    ok(!place.lines.join("\n").includes("wrong-key"), "and none in the log");
    // A key made here cannot be guessed, and goes on opening.
    const authorization = `Bearer ${place.secrets.display}`;
    const response = await fetch(url, { headers: { authorization } });
    await response.body?.cancel();
    strictEqual(response.status, 200);
  }));

Deno.test("10,000 wrong keys from as many addresses are refused, too", async () => {
  const place = await openPlace();
  const ask = async (address: string, key: string) => {
    const authorization = `Bearer ${key}`;
    const request = new Request(`${LAN}/api/state`, {
      headers: { authorization },
    });
    const response = await place.send(request, address);
    await response.body?.cancel();
    return response.status;
  };
  const statuses = new Map<number, number>();
  for (let i = 0; i < 10_000; i++) {
    // Every other one from another place in one network of IPv6.
    const address = i % 2 === 0
      ? `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`
      : `2001:db8:1:2:${i.toString(16)}::1`;
    const status = await ask(address, `wrong-${i}`);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  strictEqual(statuses.get(401), WRONG_IN_ALL);
  strictEqual(statuses.get(429), 10_000 - WRONG_IN_ALL);
  strictEqual(await ask("192.168.1.7", place.secrets.display), 200);
  await place.close();
});

/** Times from an event to the frame that shows it. */
function watchLatency(place: Place) {
  let last = 0;
  return {
    /** The median of so many, in ms. */
    async sample(count: number): Promise<number> {
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        // Spread out, so that many a request comes between.
        await new Promise((resolve) => setTimeout(resolve, 20));
        const id = String(++last);
        const at = performance.now();
        const seen = new Promise<void>((resolve) => {
          const stop = place.desk.watchFrames((frame) => {
            if (frame.rows[0]?.points !== last * 5) return;
            stop();
            resolve();
          });
        });
        await place.arrive({
          type: "gift",
          id: `message-${id}`,
          at: Date.now(),
          viewer: {
            id: "1",
            handle: "ann",
            nickname: "",
            avatarUrl: null,
            follower: false,
          },
          giftId: "1",
          giftName: "Rose",
          diamonds: 1,
          repeatCount: 1,
          combo: false,
          groupId: "",
        });
        await seen;
        times.push(performance.now() - at);
      }
      return times.sort((a, b) => a - b)[Math.floor(count / 2)]!;
    },
  };
}
