/**
 * A short evening with an unpacked package, as somebody has it who has nothing
 * else: run in a network of its own by `testing/evenings/package_test.ts`.
 * Ends with 0 where all holds.
 *
 * @module
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import { dirname } from "node:path";
import { VERSION } from "@/server/identity.ts";
import { openChromium } from "./chromium.ts";
import { startObs } from "./obs_server.ts";
import { until } from "./program.ts";
import { startRedis } from "./redis.ts";
import { ask, places, playEvening, told } from "./short_evening.ts";
import { startTikTok } from "./tiktok_server.ts";

const [START, ARCHIVE, HOME] = Deno.args as [string, string, string];
/** What people have asked a browser for is written there. */
const ASKED = `${HOME}/asked`;
/** All that the launcher finds on its path. */
const TOOLS = `${HOME}/tools`;
const DATA = `${HOME}/.local/share/tiktok-live-support`;
/** Where a launcher says that its program answers. */
const ADDRESS = `${DATA}/launcher.address`;
/** What `start.sh` needs of a system. */
const OF_THE_SYSTEM = ["dirname", "readlink"];

/** A program that was started by its launcher. */
interface Started {
  url: string;
  printed(): string;
  /** Sends a signal to the launcher alone; the exit code. */
  end(signal: Deno.Signal): Promise<number>;
  /** SIGKILL for the launcher and what it has started. */
  kill(): Promise<void>;
}

/** Tools without Deno and Node, and a browser that notes what it is asked. */
async function prepareHome(): Promise<void> {
  await Deno.mkdir(TOOLS, { recursive: true });
  for (const tool of OF_THE_SYSTEM) {
    const at = await Deno.realPath(`/usr/bin/${tool}`);
    await Deno.symlink(at, `${TOOLS}/${tool}`);
  }
  await Deno.writeTextFile(
    `${TOOLS}/xdg-open`,
    `#!/bin/sh\necho "$1" >> '${ASKED}'\n`,
    { mode: 0o755 },
  );
}

/** Addresses that a browser was asked for. */
async function asked(): Promise<string[]> {
  const text = await Deno.readTextFile(ASKED).catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

function launch(env: Record<string, string>, args: string[]) {
  return new Deno.Command(START, {
    args,
    cwd: "/",
    clearEnv: true,
    env: { PATH: TOOLS, HOME, ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Starts it, and waits until it has opened its panel. */
async function start(
  env: Record<string, string>,
  ...args: string[]
): Promise<Started> {
  const before = (await asked()).length;
  const child = launch(env, args).spawn();
  let text = "";
  const gather = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text += part;
    }
  };
  const read = Promise.all([gather(child.stdout), gather(child.stderr)]);
  let isOver = false;
  const ended = child.status.then(async ({ code }) => {
    isOver = true;
    await read;
    return code;
  });
  await until(`the panel is opened: ${text}`, async () => {
    if (isOver) throw new Error(`It has ended: ${text}`);
    return (await asked()).length > before;
  });
  const panel = (await asked()).at(-1)!;
  match(panel, /^http:\/\/127\.0\.0\.1:\d+\/admin$/);
  const url = panel.replace("/admin", "");
  // The panel is there before the last game is loaded.
  await until(`a command would be taken: ${text}`, async () => {
    const response = await fetch(`${url}/readyz`);
    await response.body?.cancel();
    return response.ok;
  });
  return {
    url,
    printed: () => text,
    end(signal) {
      child.kill(signal);
      return ended;
    },
    async kill() {
      const path = `/proc/${child.pid}/task/${child.pid}/children`;
      const pids = (await Deno.readTextFile(path)).trim().split(" ");
      equal(pids.length, 1);
      for (const pid of [child.pid, ...pids.map(Number)]) {
        Deno.kill(pid, "SIGKILL");
      }
      await ended;
    },
  };
}

/** Runs it to its end. */
async function runOnce(env: Record<string, string>, ...args: string[]) {
  const { code, stdout, stderr } = await launch(env, args).output();
  const text = new TextDecoder();
  return { code, said: text.decode(stdout) + text.decode(stderr) };
}

/** A window as a terminal makes one; null where there is no way to. */
async function startWindow(command: string): Promise<Deno.ChildProcess | null> {
  const path = `${HOME}/window.sh`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  try {
    return new Deno.Command("script", {
      args: ["--quiet", "--command", path, "/dev/null"],
      env: { HOME, START },
      stdin: "piped",
      stdout: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** What people look at is there, and no console has a complaint. */
async function looksWell({ url }: Started): Promise<void> {
  const browser = await openChromium();
  try {
    for (const path of ["/", "/admin", "/overlay?preview"]) {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (line) => {
        if (line.type() === "error" || line.type() === "warning") {
          complaints.push(line.text());
        }
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(url + path);
      await page.locator("main, .stage, body > *").first().waitFor();
      await page.waitForLoadState("load");
      equal(complaints, [], path);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).size > 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function unpackAgain(): Promise<void> {
  const folder = dirname(dirname(START));
  await Deno.remove(dirname(START), { recursive: true });
  const { success } = await new Deno.Command("tar", {
    args: ["-xJf", ARCHIVE, "-C", folder],
  }).output();
  ok(success);
}

await prepareHome();
const tiktok = await startTikTok();
const env = { TIKTOK_WEB_URL: tiktok.url, TIKTOK_SIGN_URL: tiktok.url };

equal(await runOnce({}, "--version"), { code: 0, said: `${VERSION}\n` });
const help = await runOnce({}, "--help");
equal(help.code, 0);
for (const word of ["--port N", "--no-browser", "แผงควบคุม", DATA]) {
  ok(help.said.includes(word), help.said);
}
for (
  const [args, words] of [
    [["--port", "80x"], /from 1 to 65535, not "80x"[^]*ต้องเป็นตัวเลข/],
    [["--prot"], /"--prot" cannot be understood[^]*ไม่รู้จัก "--prot"/],
  ] as [string[], RegExp][]
) {
  const { code, said } = await runOnce({}, ...args);
  equal(code, 1);
  match(said, words);
}
const refused = await runOnce({ CHANNEL: "no channel" }, "--no-browser");
equal(refused.code, 1);
match(refused.said, /has not started[^]*เปิดไม่สำเร็จ/);
match(refused.said, /^Cannot use CHANNEL: /m);

// An evening, as long as it lasts; then its end, which nobody had wanted.
const first = await start(env);
await playEvening(first, tiktok);
const evening = await told(first);
ok((await Deno.stat(`${DATA}/store.sqlite`)).isFile);
const source = await (await fetch(`${first.url}/source.tar.gz`)).bytes();
equal(
  source,
  await Deno.readFile(`${dirname(START)}/program/source.tar.gz`),
);
for (const path of ["/admin", "/overlay", "/overlay.css", "/fonts.css"]) {
  const response = await fetch(first.url + path);
  await response.body?.cancel();
  equal(response.status, 200, path);
}

// A second start shows the first one.
const again = await runOnce(env);
equal(again.code, 0, again.said);
match(again.said, /runs already[^]*เปิดอยู่แล้ว/);
equal((await asked()).slice(-2), [`${first.url}/admin`, `${first.url}/admin`]);

await first.kill();
const second = await start(env);
equal((await told(second)).board, evening.board);
ok((await places(second)).length > 0);
await ask(second, "commands", { type: "freeze", seconds: 0 });
equal(await second.end("SIGTERM"), 0);
match(second.printed(), /everything is being written/);

// An update: another program over the same data. Its port is taken now.
await unpackAgain();
const { port } = new URL(second.url);
const other = Deno.listen({ hostname: "127.0.0.1", port: Number(port) });
const third = await start(env, "--port", port);
const state = await ask<{ session: { phase: string } }>(third, "state");
equal(state.session.phase, "frozen");
equal((await told(third)).board, evening.board);
const instead = new URL(third.url).port;
ok(instead !== port);
match(third.printed(), new RegExp(`Port ${port} is taken.* ${instead}`));
match(third.printed(), new RegExp(`พอร์ต ${port} .* ${instead}`));
other.close();
equal(await third.end("SIGHUP"), 0);
match(third.printed(), /everything is being written/);

// Settings lie with the data, and outlive the program.
await Deno.writeTextFile(`${DATA}/.env`, `PORT=${instead}\n`);
const fourth = await start(env);
equal(new URL(fourth.url).port, instead);
equal(await fourth.end("SIGINT"), 0);

// A Redis, OBS and a browser of the machine.
const redis = await startRedis();
const obs = startObs({ password: "secret" });
const fifth = await start({
  ...env,
  ...{ REDIS_URL: redis.url, OBS_URL: obs.address, OBS_PASSWORD: "secret" },
});
await until("Redis and OBS are there", async () => {
  const { health, obs } = await ask<{
    health: { redis: { state: string } | null };
    obs: { state: string };
  }>(fifth, "state");
  return health.redis?.state === "ok" && obs.state === "connected";
});
const rules = { frozen: { scene: obs.scenes.at(-1)! } };
const changed = await fetch(`${fifth.url}/api/obs`, {
  method: "PATCH",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ rules }),
});
equal(changed.status, 200, await changed.text());
await ask(fifth, "commands", { type: "open" });
await ask(fifth, "commands", { type: "freeze", seconds: 0 });
await until("OBS has the scene", () => obs.current === rules.frozen.scene);
await looksWell(fifth);
equal(await fifth.end("SIGTERM"), 0);
await obs.close();
await redis.stop();

// The window that it is in is closed; its shell tells what runs in it.
const left = `${HOME}/left`;
const inWindow = `trap 'kill -HUP $program' HUP
"$START" --no-browser & program=$!
wait $program
wait $program
echo $? > ${left}`;
const window = await startWindow(inWindow);
if (window !== null) {
  await until("it serves in the window", () => isThere(ADDRESS));
  window.kill("SIGKILL");
  await window.status;
  await until("it has ended by itself", () => isThere(left));
  equal(await Deno.readTextFile(left), "0\n");
}

await tiktok.close();
console.log("All of it holds");
Deno.exit(0);
