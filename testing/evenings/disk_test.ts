/**
 * The program on a disk that gets full, and on one that goes away: on a small
 * disk in memory, in a place of its own.
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import {
  api,
  failToStart,
  type Program,
  startProgram,
  until,
} from "../program.ts";
import { gift, ROSE } from "../tiktok_messages.ts";
import { startTikTok } from "../tiktok_server.ts";

const CHANNEL = "studio";
/** Gifts that fill what is left of the disk, while it is full. */
const GIFTS = 600;

/** A command that runs another one over a disk of 3 MB in a folder. */
function onSmallDisk(folder: string): string[] {
  const script = `mount -t tmpfs -o size=3m tmpfs "${folder}" && exec "$@"`;
  return ["unshare", "-rm", "sh", "-c", script, "sh"];
}

async function mayMount(folder: string): Promise<boolean> {
  try {
    const [command, ...args] = [...onSmallDisk(folder), "true"];
    const { success } = await new Deno.Command(command!, {
      args,
      stderr: "null",
    }).output();
    if (success) return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  console.log("skipped: a disk of its own cannot be mounted here");
  return false;
}

/** Writes until nothing more fits; how to make room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const path = `${folder}/filler`;
  using file = await Deno.open(path, { write: true, create: true });
  for (let block = new Uint8Array(64 * 1_024);;) {
    try {
      await file.write(block);
    } catch {
      if (block.length === 1) break; // it is full to the last byte
      block = new Uint8Array(block.length >> 1);
    }
  }
  return () => Deno.remove(path);
}

async function command(
  program: Program,
  key: string,
  body: Record<string, unknown>,
) {
  const response = await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const { detail } = await response.json();
  return {
    status: response.status,
    again: response.headers.get("retry-after"),
    detail: String(detail ?? ""),
  };
}

async function totals(program: Program) {
  const { body } = await api(program, "state");
  const { session, health } = body as {
    session: { phase: string; totals: { diamonds: number } };
    health: { storage: string | null };
  };
  return {
    phase: session.phase,
    diamonds: session.totals.diamonds,
    storage: health.storage,
  };
}

async function readyz(program: Program) {
  const response = await fetch(`${program.url}/readyz`);
  const { detail } = await response.json();
  return { status: response.status, detail: String(detail ?? "") };
}

Deno.test("a command on a full disk is refused in seconds and never done; every gift is counted once there is room", async () => {
  const folder = await Deno.makeTempDir();
  if (!await mayMount(folder)) return;
  const tiktok = await startTikTok();
  const room = tiktok.room(CHANNEL);
  const program = await startProgram(
    {
      DATA_DIR: `${folder}/data`,
      TIKTOK_WEB_URL: tiktok.url,
      TIKTOK_SIGN_URL: tiktok.url,
      CHANNEL,
    },
    undefined,
    onSmallDisk(folder),
  );
  let sent = 0;
  const give = () => {
    const from = {
      id: `${7_000 + sent}`,
      handle: `v${sent}`,
      nickname: "ส้ม ".repeat(9),
    };
    room.send(gift(from, ROSE, { count: 1, end: true, group: `${++sent}` }));
  };
  try {
    await room.entered();
    equal((await command(program, "new", { type: "newSession" })).status, 200);
    const inside = `/proc/${program.pid}/root${folder}`;
    const free = await fill(inside);
    while (sent < GIFTS) give();
    await until(
      "it is said",
      async () => (await totals(program)).storage !== null,
    );

    const freeze = { type: "freeze", seconds: 0 };
    const began = performance.now();
    const refused = await command(program, "freeze", freeze);
    const took = performance.now() - began;
    equal([refused.status, refused.again], [503, "2"]);
    match(refused.detail, /^Nothing was done\. .*the disk is full$/);
    ok(took < 10_000, `it took ${took} ms`);
    for (const body of [{ type: "newSession" }, { type: "endSession" }]) {
      const { status, detail } = await command(
        program,
        crypto.randomUUID(),
        body,
      );
      equal(status, 503);
      match(detail, /the disk is full/);
    }
    const settings = await fetch(`${program.url}/api/settings`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ freezeSeconds: 7 }),
    });
    equal(settings.status, 503);
    match((await settings.json()).detail, /the disk is full/);
    const { status, detail } = await readyz(program);
    equal(status, 503);
    match(detail, /the disk is full/);

    give();
    await free();
    await until(
      "all gifts are counted",
      async () => (await totals(program)).diamonds === sent,
    );
    const after = await totals(program);
    equal([after.phase, after.storage], ["open", null]);
    equal((await command(program, "freeze", freeze)).status, 200);
    equal((await totals(program)).phase, "frozen");
    // What was found a moment ago is told for a second.
    await until(
      "it is ready again",
      async () => (await readyz(program)).status === 200,
      3,
    );
    ok(!program.printed().includes("    at "), program.printed());
    equal(await program.end(), 0);
  } finally {
    await program.end("SIGKILL");
    await tiktok.close();
    await Deno.remove(folder);
  }
});

Deno.test("a program whose data folder was removed says so within seconds, and takes no command", async () => {
  const folder = await Deno.makeTempDir();
  const program = await startProgram({ DATA_DIR: `${folder}/data` });
  try {
    equal((await command(program, "new", { type: "newSession" })).status, 200);
    await Deno.rename(`${folder}/data`, `${folder}/away`);
    const words = /data: its database file was removed or replaced/;
    await until(
      "it is said",
      async () => words.test((await totals(program)).storage ?? ""),
      10,
    );
    match((await readyz(program)).detail, words);
    const refused = await command(program, "f", { type: "freeze" });
    equal(refused.status, 503);
    match(refused.detail, words);
    match(program.printed(), words);

    await Deno.rename(`${folder}/away`, `${folder}/data`);
    await until(
      "it is there again",
      async () => (await totals(program)).storage === null,
      10,
    );
    equal((await command(program, "f", { type: "freeze" })).status, 200);
    await Deno.remove(`${folder}/data`, { recursive: true });
    ok(await program.end() <= 1);
    ok(!program.printed().includes("    at "), program.printed());
  } finally {
    await program.end("SIGKILL");
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a damaged database is said, under a running program and at the start", async () => {
  const folder = await Deno.makeTempDir();
  const program = await startProgram({ DATA_DIR: folder });
  try {
    equal((await command(program, "new", { type: "newSession" })).status, 200);
    for (const name of ["store.sqlite", "store.sqlite-wal"]) {
      const { size } = await Deno.stat(`${folder}/${name}`);
      const noise = crypto.getRandomValues(
        new Uint8Array(Math.min(size, 65_536)),
      );
      using file = await Deno.open(`${folder}/${name}`, { write: true });
      for (let at = 0; at < size; at += noise.length) await file.write(noise);
    }
    const words = /its database file is (not a database|damaged)/;
    await until(
      "it is said",
      async () => words.test((await totals(program)).storage ?? ""),
      10,
    );
    const ready = await readyz(program);
    equal(ready.status, 503);
    match(ready.detail, words);
    equal((await command(program, "f", { type: "freeze" })).status, 503);
    await program.end();
    ok(!/panicked|\s{4}at /.test(program.printed()), program.printed());
    const failed = await failToStart({ DATA_DIR: folder });
    equal(failed.code, 1);
    match(
      failed.printed,
      /^Cannot open the data folder .*: its database file is/,
    );
    equal(failed.printed.trim().split("\n").length, 1, failed.printed);
  } finally {
    await program.end("SIGKILL");
    await Deno.remove(folder, { recursive: true });
  }
});
