/**
 * The hosted panel as Deno Deploy runs it: what the build made, in a folder
 * that cannot be written, with leave to read, for the network and for the
 * environment alone; the game is in a process elsewhere, and both meet in
 * Redis. People sign in with an account.
 */
import { ok, strictEqual } from "node:assert";
import { join } from "node:path";
import { readOnlyCopy } from "../deployed.ts";
import { CLIENT, startOAuth } from "../oauth_server.ts";
import { type Program, startProgram, until } from "../program.ts";
import { startRedis } from "../redis.ts";

/** Files of a folder with the time of their last change. */
async function changesIn(folder: string): Promise<string> {
  const found: string[] = [];
  for await (const { name, isSymlink } of Deno.readDir(folder)) {
    if (isSymlink) continue;
    const { mtime } = await Deno.stat(join(folder, name));
    found.push(`${name} ${mtime?.getTime()}`);
  }
  return found.sort().join("\n");
}

/** Begins a sign-in at one process and ends it at another; the cookie. */
async function signIn(web: Program, ends: Program): Promise<string> {
  const asked = `${web.url}/oauth/other/signin`;
  const begun = await fetch(asked, { redirect: "manual" });
  await begun.body?.cancel();
  const cookie = begun.headers.get("set-cookie")!.split(";")[0]!;
  const agreed = await fetch(begun.headers.get("location")!, {
    redirect: "manual",
  });
  await agreed.body?.cancel();
  const { pathname, search } = new URL(agreed.headers.get("location")!);
  const done = await fetch(ends.url + pathname + search, {
    headers: { cookie },
  });
  const text = await done.text();
  strictEqual(done.status, 200, text);
  return done.headers.get("set-cookie")!.split(";")[0]!;
}

Deno.test("a hosted panel needs net, read and env alone, and meets its game in Redis", async () => {
  const [redis, data, deployed] = await Promise.all([
    startRedis(),
    Deno.makeTempDir(),
    readOnlyCopy(),
  ]);
  const provider = startOAuth();
  const running: Program[] = [];
  const start = async (settings: Record<string, string>, root?: string) => {
    const program = await startProgram(
      { REDIS_URL: redis.url, LOCAL_TRUST: "0", ...settings },
      root,
    );
    running.push(program);
    return program;
  };
  try {
    await start({
      ROLE: "ingest",
      DATA_DIR: data,
      ROOM: "simulated",
      CHANNEL: "demo",
      SIMULATED_PACE: "100",
    });
    const before = await changesIn(deployed);
    const hosted = {
      DENO_DEPLOY: "true",
      ROLE: "web",
      HOSTS: "other:ann",
      OAUTH_OTHER_ID: CLIENT.id,
      OAUTH_OTHER_SECRET: CLIENT.secret,
      OAUTH_OTHER_URL: provider.url,
    };
    const [one, two] = [
      await start(hosted, deployed),
      await start(hosted, deployed),
    ];
    await until("the game is there", async () => {
      const ready = await fetch(`${one.url}/readyz`);
      await ready.body?.cancel();
      return ready.ok;
    });
    strictEqual((await fetch(`${one.url}/api/state`)).status, 401);
    const page = await (await fetch(`${one.url}/signin`)).text();
    ok(page.includes("/oauth/other/signin"), page);

    // A proxy sends each request to any of them.
    await signIn(two, one);
    const cookie = await signIn(one, two);
    const ask = async (
      web: Program,
      path: string,
      init: RequestInit = {},
    ) => {
      const headers = { cookie, origin: web.url, ...init.headers };
      const response = await fetch(web.url + path, { ...init, headers });
      const text = await response.text();
      return { status: response.status, text };
    };
    const panel = await ask(two, "/admin");
    strictEqual(panel.status, 200, panel.text);
    await until("the board moves on the hosted panel", async () => {
      const { text } = await ask(two, "/api/board");
      return JSON.parse(text).total > 3;
    });
    const post = (body: unknown): RequestInit => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const freeze = post({ type: "freeze", seconds: 0 });
    const frozen = await ask(two, "/api/commands", freeze);
    strictEqual(frozen.status, 200, frozen.text);
    const winner = post({ type: "selectWinner" });
    strictEqual((await ask(one, "/api/commands", winner)).status, 200);

    // A key made at one process opens a stream at the other, and its end ends
    // that stream.
    const asked = post({ role: "display", label: "OBS" });
    const made = await ask(one, "/api/keys", asked);
    const { id, key } = JSON.parse(made.text);
    const stream = await fetch(`${two.url}/api/frames?key=${key}`);
    strictEqual(stream.status, 200);
    const ended = stream.text();
    const revoked = performance.now();
    const { status } = await ask(one, `/api/keys/${id}`, { method: "DELETE" });
    strictEqual(status, 204);
    await ended;
    const took = performance.now() - revoked;
    console.log(`  a stream elsewhere ended after ${took.toFixed(0)} ms`);
    ok(took < 5_000, `${took} ms`);
    strictEqual((await fetch(`${two.url}/overlay?key=${key}`)).status, 401);

    // The licence's offer works from there, too.
    const source = await fetch(`${one.url}/source.tar.gz`);
    strictEqual(source.status, 200);
    ok((await source.arrayBuffer()).byteLength > 100_000);
    strictEqual(await changesIn(deployed), before);
    for (const { printed } of running) {
      ok(!printed().includes(key) && !printed().includes(cookie));
      ok(!printed().includes(CLIENT.secret));
    }
  } finally {
    await Promise.all(running.map((program) => program.end()));
    await provider.stop();
    await redis.stop();
    await Deno.remove(data, { recursive: true });
    await Deno.remove(deployed, { recursive: true });
  }
});
