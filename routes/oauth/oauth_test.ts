/**
 * Signing in with an account elsewhere, against a provider on this machine,
 * all over real HTTP.
 */
import { systemClock } from "@/ingest/clock.ts";
import { ok, strictEqual } from "node:assert";
import { allowList } from "@/access/allow_list.ts";
import { BEGUN_PER_ADDRESS } from "@/access/attempts.ts";
import { SIGN_IN_MS } from "@/access/keys.ts";
import { addressesOf } from "@/access/addresses.ts";
import type { Site } from "@/routes/(_http)/define.ts";
import { accountsOf, oauthStore, other } from "@/access/accounts/mod.ts";
import {
  CLIENT,
  type OAuthServer,
  startOAuth,
} from "@/testing/oauth_server.ts";
import { openPlace, type Place } from "@/testing/place.ts";

interface World {
  place: Place;
  provider: OAuthServer;
  url: string;
  clock: { ahead: number };
}

async function world(
  work: (world: World) => Promise<void>,
  more: Partial<Site> = {},
) {
  const provider = startOAuth();
  const kv = await Deno.openKv(":memory:");
  const clock = { ahead: 0 };
  const moved = {
    ...systemClock,
    wall: () => systemClock.wall() + clock.ahead,
    elapsed: () => systemClock.elapsed() + clock.ahead,
  };
  const { url } = provider;
  const accounts = accountsOf([other({ ...CLIENT, url, title: "Test" })], {
    store: oauthStore(kv, moved),
    cookieName: "sign_in",
  });
  const roleOfAccount = allowList({
    hosts: "other:Ann",
    moderators: "other:mo, github:ann",
  });
  const site = { localTrust: false, clock: moved, ...more };
  const place = await openPlace(site, { accounts, roleOfAccount });
  const { port, stop } = place.listen();
  try {
    await work({ place, provider, url: `http://127.0.0.1:${port}`, clock });
  } finally {
    await place.close();
    await stop();
    await provider.stop();
    kv.close();
  }
}

/** A browser of few words: it keeps cookies and follows nothing by itself. */
function browser() {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async get(url: string | URL, init: RequestInit = {}) {
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const response = await fetch(url, {
        ...init,
        redirect: "manual",
        headers: { cookie, ...init.headers as Record<string, string> },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        if (value) cookies.set(name!, value);
        else cookies.delete(name!);
      }
      const text = await response.text();
      const location = response.headers.get("location") ?? "";
      return { status: response.status, text, location, response };
    },
  };
}

/** Goes to the provider and back; what our callback is asked for. */
async function toCallback(
  at: ReturnType<typeof browser>,
  url: string,
  query = "",
) {
  const begun = await at.get(`${url}/oauth/other/signin${query}`);
  strictEqual(begun.status, 302);
  const agreed = await fetch(begun.location, { redirect: "manual" });
  await agreed.body?.cancel();
  return { begun, callback: agreed.headers.get("location")! };
}

Deno.test("an account on the list is signed in, and out", () =>
  world(async ({ place, url, provider }) => {
    const ann = browser();
    const { begun, callback } = await toCallback(ann, url);
    const asked = new URL(begun.location).searchParams;
    strictEqual(asked.get("code_challenge_method"), "S256");
    ok(asked.get("state")!.length >= 32);
    const flow = begun.response.headers.get("set-cookie")!;
    ok(/HttpOnly; SameSite=Lax/.test(flow), flow);

    const done = await ann.get(callback);
    strictEqual(done.status, 200);
    ok(done.text.includes('content="0;url=/admin"'), done.text);
    const given = done.response.headers.get("set-cookie")!;
    ok(/^sign_in=.*HttpOnly; SameSite=Strict/.test(given), given);
    strictEqual(provider.granted, 1);

    const state = await ann.get(`${url}/api/state`);
    strictEqual(JSON.parse(state.text).role, "host");
    const { signIns } = JSON.parse((await ann.get(`${url}/api/keys`)).text);
    strictEqual(signIns[0].account[0], "other:ann");
    ok(!place.lines.join().includes(ann.cookies.get("sign_in")!));

    const token = ann.cookies.get("sign_in")!;
    const out = await ann.get(`${url}/signout`, {
      method: "POST",
      headers: { origin: url },
    });
    strictEqual(out.status, 303);
    ann.cookies.set("sign_in", token); // a thief kept it
    strictEqual((await ann.get(`${url}/api/state`)).status, 401);
  }));

Deno.test("an account on the list of moderators is one", () =>
  world(async ({ url, provider }) => {
    provider.name = "MO";
    const mo = browser();
    await mo.get((await toCallback(mo, url)).callback);
    strictEqual(
      JSON.parse((await mo.get(`${url}/api/state`)).text).role,
      "moderator",
    );
    strictEqual((await mo.get(`${url}/api/keys`)).status, 403);
  }));

Deno.test("an account on no list is told so, and gets nothing", () =>
  world(async ({ url, provider }) => {
    provider.name = "eve";
    const eve = browser();
    const done = await eve.get((await toCallback(eve, url)).callback);
    strictEqual(done.status, 403);
    ok(done.text.includes("other:eve"), done.text);
    strictEqual(eve.cookies.get("sign_in"), undefined);
    strictEqual((await eve.get(`${url}/api/state`)).status, 401);
  }));

Deno.test("a wrong state, another browser and a replayed code open nothing", () =>
  world(async ({ url, provider }) => {
    const ann = browser();
    const forged = new URL((await toCallback(ann, url)).callback);
    forged.searchParams.set("state", "forged");
    strictEqual((await ann.get(forged)).status, 400);

    // Somebody else's answer, sent to Ann: she has not begun it.
    const eve = browser();
    const { callback } = await toCallback(eve, url);
    strictEqual((await ann.get(callback)).status, 400);
    strictEqual((await browser().get(callback)).status, 400);
    strictEqual(provider.granted, 0);

    const first = await toCallback(ann, url);
    const flow = ann.cookies.get("oauth_flow")!;
    strictEqual((await ann.get(first.callback)).status, 200);
    ann.cookies.delete("sign_in");
    ann.cookies.set("oauth_flow", flow);
    strictEqual((await ann.get(first.callback)).status, 400);
    // The same code in a fresh flow: the provider refuses.
    const second = await toCallback(ann, url);
    const replayed = new URL(second.callback);
    replayed.searchParams.set(
      "code",
      new URL(first.callback).searchParams.get("code")!,
    );
    strictEqual((await ann.get(replayed)).status, 400);
    strictEqual(provider.granted, 1);
    strictEqual(ann.cookies.get("sign_in"), undefined);
  }));

Deno.test("a sign-in goes on to our own pages only", () =>
  world(async ({ url }) => {
    const cases = [
      ["/sessions?q=a", "/sessions?q=a"],
      ["https://evil.example/", "/admin"],
      ["//evil.example/", "/admin"],
      ["/\\evil.example", "/admin"],
      ["/\t/evil.example", "/admin"],
      ["javascript:alert(1)", "/admin"],
    ] as const;
    for (const [asked, next] of cases) {
      const ann = browser();
      const query = `?success_url=${encodeURIComponent(asked)}`;
      const { text } = await ann.get(
        (await toCallback(ann, url, query)).callback,
      );
      ok(text.includes(`content="0;url=${next}"`), `${asked}: ${text}`);
    }
  }));

Deno.test("a no of the provider and a late answer are said in words", () =>
  world(async ({ url, provider, clock }) => {
    const ann = browser();
    const late = await toCallback(ann, url);
    clock.ahead += 10 * 60_000;
    const expired = await ann.get(late.callback);
    strictEqual(expired.status, 400);
    ok(expired.text.includes("took too long"), expired.text);
    provider.refusal = "access_denied";
    const no = await ann.get((await toCallback(ann, url)).callback);
    strictEqual(no.status, 400);
    ok(no.text.includes("was not finished"), no.text);
    ok(!no.text.includes("access_denied"));
  }));

Deno.test("a session ends by itself, and everywhere when the host says so", () =>
  world(async ({ place, url, clock }) => {
    const signedIn = async () => {
      const ann = browser();
      await ann.get((await toCallback(ann, url)).callback);
      return ann;
    };
    const ask = async (at: ReturnType<typeof browser>) =>
      (await at.get(`${url}/api/state`)).status;
    const [one, two] = [await signedIn(), await signedIn()];
    const end = new AbortController();
    const cookie = `sign_in=${one.cookies.get("sign_in")}`;
    const stream = await fetch(`${url}/api/frames`, {
      headers: { cookie },
      signal: end.signal,
    });
    const closed = stream.text();
    const out = await place.ask("/api/signins", "host", { method: "DELETE" });
    strictEqual(out.status, 204);
    await closed; // ended by the server
    strictEqual(await ask(one), 401);
    strictEqual(await ask(two), 401);

    const three = await signedIn();
    strictEqual(await ask(three), 200);
    clock.ahead += SIGN_IN_MS;
    strictEqual(await ask(three), 401);
  }));

Deno.test("sign-ins that are begun over and over are refused", () =>
  world(async ({ url }) => {
    const begin = async () =>
      (await browser().get(`${url}/oauth/other/signin`)).status;
    for (let i = 0; i < BEGUN_PER_ADDRESS; i++) strictEqual(await begin(), 302);
    strictEqual(await begin(), 429);
  }));

/** A proxy on this machine stands before the place. */
const behindProxy = (proxies?: string) => ({
  addresses: addressesOf({ isPublic: true, ...(proxies && { proxies }) }),
});

Deno.test("behind a proxy that nobody named, one stranger keeps nobody from signing in", () =>
  world(async ({ url, place }) => {
    for (let i = 0; i < 10 * BEGUN_PER_ADDRESS; i++) {
      strictEqual(
        (await browser().get(`${url}/oauth/other/signin`)).status,
        302,
      );
      const wrong = await browser().get(`${url}/signin?key=wrong-${i}`);
      strictEqual(wrong.status, 401);
    }
    const ann = browser();
    strictEqual(
      (await ann.get((await toCallback(ann, url)).callback)).status,
      200,
    );
    const link = await browser().get(`${url}/signin?key=${place.secrets.host}`);
    strictEqual(link.status, 200);
  }, behindProxy()));

Deno.test("behind a proxy that is trusted, a stranger locks out nobody else", () =>
  world(async ({ url }) => {
    const from = (address: string) => ({
      headers: { "x-forwarded-for": `10.0.0.1, ${address}` },
    });
    const begin = async (address: string) =>
      (await browser().get(`${url}/oauth/other/signin`, from(address))).status;
    for (let i = 0; i < BEGUN_PER_ADDRESS; i++) {
      strictEqual(await begin("203.0.113.9"), 302);
    }
    strictEqual(await begin("203.0.113.9"), 429);
    strictEqual(await begin("198.51.100.1"), 302);
  }, behindProxy("127.0.0.1")));
