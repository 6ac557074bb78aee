/**
 * The program as several processes over a real Redis: one that runs the game
 * and two that serve pages.
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import { createClient } from "redis";
import type { Frame } from "@/core/frame.ts";
import type { Health } from "@/core/views.ts";
import {
  api,
  type Environment,
  failToStart,
  type Program,
  startProgram,
  until,
} from "../program.ts";
import { startRedis, type TestRedis } from "../redis.ts";
import { type FrameStream, openFrames } from "../frame_stream.ts";

/** Streams on each of the two web processes. */
const STREAMS = Number(Deno.env.get("BUS_STREAMS") ?? 200);
const ROOM = { ROOM: "simulated", CHANNEL: "demo", SIMULATED_PACE: "60" };

interface Place {
  redis: TestRedis;
  folder: string;
  start(environment: Environment): Promise<Program>;
}

/** A Redis and a folder; ends what is started there. */
async function inPlace(work: (place: Place) => Promise<void>) {
  const redis = await startRedis();
  const folder = await Deno.makeTempDir();
  const programs: Program[] = [];
  try {
    await work({
      redis,
      folder,
      async start(environment) {
        const program = await startProgram({
          REDIS_URL: redis.url,
          ...(environment.ROLE === "web" ? {} : { DATA_DIR: folder }),
          ...environment,
        });
        programs.push(program);
        return program;
      },
    });
  } finally {
    await Promise.all(programs.map((program) => program.end("SIGKILL")));
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

async function phaseOf(program: Program): Promise<unknown> {
  return ((await api(program, "state")).body.frame as Frame).phase;
}

async function seqOf(program: Program): Promise<number> {
  return ((await api(program, "state")).body.frame as Frame).seq;
}

async function command(
  program: Program,
  body: Record<string, unknown>,
  key?: string,
) {
  const response = await fetch(`${program.url}/api/commands`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key && { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** Waits until a web process hears a game that has begun. */
async function hears(program: Program) {
  await until("the game is heard", async () => await seqOf(program) > 0);
}

/** What frames say of the game, without the moment they left. */
function shown({ now: _, overtakings: __, ...rest }: Frame) {
  return rest;
}

/** Each stream's frames by seq are those of all others, and all end alike. */
async function seeTheSame(streams: FrameStream[], seq: number) {
  await until(
    "all have the last frame",
    () => streams.every((stream) => (stream.last?.seq ?? 0) >= seq),
  );
  const bySeq = new Map<number, string>();
  for (const { frames } of streams) {
    for (const frame of frames) {
      const text = JSON.stringify(shown(frame));
      const known = bySeq.get(frame.seq) ?? text;
      equal(text, known);
      bySeq.set(frame.seq, known);
    }
  }
  const last = streams.map(({ last }) => JSON.stringify(shown(last!)));
  equal(new Set(last).size, 1);
  return bySeq.size;
}

Deno.test("two web processes and one that runs the game show and take the same", async () => {
  await inPlace(async ({ start }) => {
    // Every frame goes out 400 times, and all are read here.
    await start({ ROLE: "ingest", ...ROOM, SIMULATED_PACE: "15" });
    const [one, two] = await Promise.all([
      start({ ROLE: "web" }),
      start({ ROLE: "web" }),
    ]);
    await hears(one);
    await hears(two);
    const open = (program: Program, count: number) =>
      Promise.all(
        Array.from({ length: count }, () => openFrames(program.url)),
      );
    const streams = [...await open(one, STREAMS), ...await open(two, STREAMS)];
    try {
      await until(
        "frames have come",
        () => streams.every(({ frames }) => frames.length > 20),
      );
      const frozen = await command(two, { type: "freeze", seconds: 0 });
      equal(frozen.status, 200);
      equal(await phaseOf(two), "frozen");
      await until(
        "the other sees it",
        async () => await phaseOf(one) === "frozen",
      );
      const distinct = await seeTheSame(streams, frozen.body.seq);
      ok(distinct > 20, `${distinct} different frames`);
      for (const { frames } of streams) {
        const seqs = frames.map(({ seq }) => seq);
        equal(seqs, seqs.toSorted((a, b) => a - b));
      }

      // The same key through both: one effect.
      const before = await seqOf(one);
      const note = { type: "adjustPoints", points: 7, reason: "once" };
      const { rows } = streams[0]!.last!;
      const viewerId = rows[0]!.viewerId;
      const [a, b] = await Promise.all([
        command(one, { ...note, viewerId }, "the-key"),
        command(two, { ...note, viewerId }, "the-key"),
      ]);
      equal([a.status, b.status], [200, 200]);
      equal(a.body, b.body);
      equal(
        (await command(one, { ...note, viewerId }, "the-key")).body,
        a.body,
      );
      const other = await command(two, { type: "open" }, "the-key");
      equal(other.status, 422);
      const receipts = await api(one, `viewers/${viewerId}/receipts?limit=500`);
      const adjusted = (receipts.body.items as { type: string }[])
        .filter(({ type }) => type === "pointsAdjusted");
      equal(adjusted.length, 1);
      ok(a.body.seq > before);

      // The overlays of both are counted.
      await until("all streams are counted", async () => {
        const { health } = (await api(one, "state")).body as {
          health: { overlays: number };
        };
        return health.overlays === 2 * STREAMS;
      });

      // One dies: the other loses nothing, and its streams come over.
      const before2 = streams.slice(STREAMS).map(({ frames }) => frames.length);
      await one.end("SIGKILL");
      const opened = await command(two, { type: "open" });
      equal(opened.status, 200);
      const moved = await open(two, STREAMS);
      equal(moved.every(({ first }) => first!.seq >= opened.body.seq), true);
      equal(moved.every(({ first }) => first!.phase === "open"), true);
      await until(
        "the others go on",
        () =>
          streams.slice(STREAMS).every(({ frames }, i) =>
            frames.length > before2[i]!
          ),
      );
      const end = await command(two, { type: "freeze", seconds: 0 });
      streams.push(...moved);
      await seeTheSame(streams.slice(STREAMS), end.body.seq);
    } finally {
      for (const stream of streams) stream.close();
    }
  });
});

Deno.test("without the process that runs the game that is said in plain words, and heals", async () => {
  await inPlace(async ({ start }) => {
    const web = await start({ ROLE: "web" });
    const { status, body } = await command(web, { type: "newSession" });
    equal([status, body.title], [503, "Service Unavailable"]);
    match(body.detail, /The process that runs the game .* is not there/);
    equal((await fetch(`${web.url}/healthz`).then((r) => r.json())).ok, true);
    await isNotReady(web);
    for (const page of ["/", "/admin", "/overlay"]) {
      const response = await fetch(web.url + page);
      equal([page, response.status], [page, 200]);
      await response.body?.cancel();
    }
    const list = await fetch(`${web.url}/sessions`, {
      headers: { "accept-language": "en" },
    });
    equal(list.status, 503);
    match(await list.text(), /does not answer now/);
    const stream = await openFrames(web.url);
    equal(stream.first?.phase, "idle");

    const ingest = await start({ ROLE: "ingest", ...ROOM });
    await until("the stream goes on", () => stream.last?.phase === "open");
    stream.close();
    await until("it is ready", async () => {
      const response = await fetch(`${web.url}/readyz`);
      await response.body?.cancel();
      return response.ok;
    });
    equal((await command(web, { type: "freeze" })).status, 200);

    // What only runs the game serves no pages.
    for (
      const path of ["/", "/admin", "/overlay", "/api/state", "/panel.css"]
    ) {
      const response = await fetch(ingest.url + path);
      equal([path, response.status], [path, 404]);
      await response.body?.cancel();
    }
    for (const path of ["/healthz", "/readyz", "/metrics"]) {
      const response = await fetch(ingest.url + path);
      equal([path, response.status], [path, 200]);
      await response.body?.cancel();
    }
  });
});

Deno.test("when the process that runs the game dies, another one goes on and nobody is sent back", async () => {
  await inPlace(async ({ start, folder }) => {
    const first = await start({ ROLE: "ingest", ...ROOM });
    const web = await start({ ROLE: "web" });
    await hears(web);
    const second = await start({
      ROLE: "ingest",
      ...ROOM,
      DATA_DIR: `${folder}/second`,
    });
    match(second.printed(), /stands by/);
    const stream = await openFrames(web.url);
    await until("frames come", () => stream.frames.length > 20);
    const note = { type: "adjustPoints", points: 9, reason: "before" };
    const viewerId = stream.last!.rows[0]!.viewerId;
    const before = await command(web, { ...note, viewerId }, "k1");
    const made = await api(web, "keys", { role: "display", label: "OBS" });
    equal(made.status, 201);
    await first.end("SIGKILL");

    // The live board needs nobody.
    const board = await fetch(`${web.url}/api/board?limit=3`);
    equal([board.status, (await board.json()).rows.length], [200, 3]);

    const asked = performance.now();
    const after = await command(web, { type: "freeze", seconds: 0 });
    equal(after.status, 200);
    ok(performance.now() - asked < 8_000);
    ok(after.body.seq > before.body.seq);
    equal((await command(web, { ...note, viewerId }, "k1")).body, before.body);
    const read = await fetch(`${web.url}/api/board`, {
      headers: { authorization: `Bearer ${made.body.key}` },
    });
    equal(read.status, 200, "a key of before opens it");
    await read.body?.cancel();
    await until("the stream goes on", () => stream.last!.phase === "frozen");
    const seqs = stream.frames.map(({ seq }) => seq);
    equal(seqs, seqs.toSorted((a, b) => a - b));
    stream.close();
  });
});

/** Says so before a probe gives up. */
async function isNotReady(program: Program) {
  const signal = AbortSignal.timeout(2_500);
  const response = await fetch(`${program.url}/readyz`, { signal });
  equal(response.status, 503);
  await response.body?.cancel();
}

/** The numbers of a process, by name and labels. */
async function numbersOf({ url }: Program): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split("\n").filter((line) => /^[^#]/.test(line));
  return new Map(lines.map((line) => {
    const at = line.lastIndexOf(" ");
    const name = line.slice(0, at).replace("tiktok_live_support_", "");
    return [name, Number(line.slice(at))];
  }));
}

Deno.test("metrics of all processes sum up, and say who leads; a probe of a web process is answered in time", async () => {
  await inPlace(async ({ start }) => {
    const local = { METRICS_PUBLIC: "1", LOCAL_TRUST: "1" };
    const ingest = await start({ ROLE: "ingest", ...ROOM, ...local });
    const webs = await Promise.all(
      [1, 2].map(() => start({ ROLE: "web", ...local })),
    );
    for (const web of webs) await hears(web);
    const leading = await numbersOf(ingest);
    equal(leading.get("leads"), 1);
    ok(leading.get("events_total")! > 0);
    ok(leading.has("last_event_age_seconds"));
    const info = [...leading.keys()].find((name) => /^leader_info/.test(name))!;
    match(info, /name=".+ \(process \d+-\w+\)"/);
    for (const web of webs) {
      const numbers = await numbersOf(web);
      equal([numbers.get("leads"), numbers.get("game_reachable")], [0, 1]);
      equal([numbers.get("redis_up"), numbers.get(info)], [1, 1]);
      for (const name of ["events_total", "ledger_seq", "board_viewers"]) {
        equal([name, numbers.get(name)], [name, undefined]);
      }
      ok(!web.printed().includes("is not there"), web.printed());
    }
    await ingest.end("SIGKILL");
    for (const web of webs) await isNotReady(web);
    const [web] = webs;
    await until("it is missed", async () => {
      return (await numbersOf(web!)).get("game_reachable") === 0;
    });
  });
});

Deno.test("a full Redis stops no stream and no command, and every process says that it is full", async () => {
  await inPlace(async ({ redis, start }) => {
    const ingest = await start({ ROLE: "ingest", ...ROOM });
    const web = await start({ ROLE: "web" });
    await hears(web);
    const stream = await openFrames(web.url);
    const client = await createClient({ url: redis.url }).connect();
    const health = async () => (await api(web, "state")).body.health as Health;
    try {
      await client.configSet("maxmemory", "1mb"); // less than is in use
      await until(
        "it is said",
        async () => (await health()).redis?.state === "full",
      );
      const shown = stream.frames.length;
      await until("frames go on", () => stream.frames.length > shown + 20);
      equal((await command(web, { type: "freeze", seconds: 0 })).status, 200);
      // Longer than a lease and the owner's silence last.
      await new Promise((resolve) => setTimeout(resolve, 4_500));
      await until("it is seen", () => stream.last?.phase === "frozen");
      equal((await command(web, { type: "open" })).status, 200);
      const { leader, storage } = await health();
      equal([leader?.here, storage], [true, null]);
      match(ingest.printed(), /Redis has used all the memory it may/);
      equal(ingest.printed().match(/used all the memory/g)?.length, 1);
      ok(await client.exists("ingest:owner"), "the lease is kept");
      await client.configSet("maxmemory", "0");
      await until(
        "it is over",
        async () => (await health()).redis?.state === "ok",
      );
      match(ingest.printed(), /Redis is well again/);
    } finally {
      client.destroy();
      stream.close();
    }
  });
});

Deno.test("a Redis user without INFO is said to be just that, and the game runs", async () => {
  await inPlace(async ({ redis, start }) => {
    const client = await createClient({ url: redis.url }).connect();
    const rights = ["~*", "&*", "+@all", "-info"];
    await client.sendCommand(
      ["ACL", "SETUSER", "app", "on", ">secret-word", ...rights],
    );
    client.destroy();
    const url = redis.url.replace("//", "//app:secret-word@");
    const all = await start({ ROLE: "all", REDIS_URL: url, ...ROOM });
    await until("the game runs", async () => await seqOf(all) > 0);
    const { redis: told, leader } = (await api(all, "state")).body
      .health as Health;
    equal([told?.state, leader?.here], ["unchecked", true]);
    match(told!.detail, /may not use INFO/);
    equal((await command(all, { type: "freeze" })).status, 200);
  });
});

/** Everything that reads, with a viewer and a session put in. */
const READS = [
  "state",
  "board",
  "board?offset=3&limit=5",
  "board?q=a",
  "board?q=@a&limit=2&offset=1",
  "board?q=nobody-is-called-this",
  "viewers/{viewer}",
  "viewers/{viewer}/receipts",
  "viewers/{viewer}/receipts?limit=2",
  "viewers/{viewer}/receipts?newest=1&limit=3",
  "viewers/none",
  "comments",
  "comments?filter=questions&limit=3",
  "questions",
  "settings",
  "obs",
  "keys",
  "sessions",
  "sessions?q=rehearsal",
  "sessions/removed",
  "sessions/current",
  "sessions/{session}",
  "sessions/none",
  "sessions/{session}/board?limit=7",
  "sessions/{session}/board?at={middle}&limit=7",
  "sessions/{session}/winners",
  "sessions/{session}/timeline",
  "sessions/{session}/comments",
  "sessions/{session}/viewers/{viewer}",
  "sessions/{session}/viewers/{viewer}/receipts",
  "sessions/{session}/export.csv",
  "sessions/{session}/export.jsonl",
  "sessions/{ended}",
  "sessions/{ended}/board",
  "sessions/{ended}/board?q=a",
  "sessions/{ended}/comments",
  "sessions/{ended}/export.jsonl",
  "openapi.json",
];

/** Numbers that change by themselves. */
const LIVELY = new Set([
  "now",
  "detail",
  "since",
  "eventsPerSecond",
  "usedAt",
]);

async function read(program: Program, path: string) {
  const response = await fetch(`${program.url}/api/${path}`);
  const text = await response.text();
  const type = response.headers.get("content-type");
  const name = response.headers.get("content-disposition");
  const body = type?.includes("json;") || type?.endsWith("json")
    ? JSON.parse(text, (key, value) => LIVELY.has(key) ? null : value)
    : text;
  return { status: response.status, type, name, body };
}

Deno.test("every read answers the same through a web process", async () => {
  await inPlace(async ({ start }) => {
    const all = await start({ ROLE: "all", ...ROOM });
    const web = await start({ ROLE: "web" });
    await until("something has happened", async () => await seqOf(all) > 200);
    const first = (await api(all, "state")).body.session as { id: string };
    equal((await command(web, { type: "newSession" })).status, 200);
    await until("something has happened", async () => await seqOf(all) > 200);
    equal((await command(web, { type: "disconnect" })).status, 200);
    const session = (await api(all, "state")).body.session as {
      id: string;
      startedAt: number;
    };
    const frame = (await api(all, "state")).body.frame as Frame;
    const names: Record<string, string> = {
      session: session.id,
      ended: first.id,
      viewer: frame.rows[1]!.viewerId,
      middle: String(Math.round((session.startedAt + Date.now()) / 2)),
    };
    await until("no event is counted any more", async () => {
      const { health } = (await api(all, "state")).body as {
        health: { queued: number };
      };
      return health.queued === 0;
    });
    await until(
      "the web process has it all",
      async () => await seqOf(web) === await seqOf(all),
    );
    for (const pattern of READS) {
      const path = pattern.replace(/\{(\w+)\}/g, (_, name) => names[name]!);
      equal([path, await read(web, path)], [path, await read(all, path)]);
    }
    const { rows } = (await read(web, "board")).body;
    ok(rows.length > 5);
  });
});

Deno.test("settings and revoked keys reach every process", async () => {
  await inPlace(async ({ start }) => {
    const HOST_KEY = "a-long-key-of-the-host";
    await start({ ROLE: "ingest", HOST_KEY, ...ROOM });
    const [one, two] = await Promise.all([
      start({ ROLE: "web", LOCAL_TRUST: "0" }),
      start({ ROLE: "web", LOCAL_TRUST: "0" }),
    ]);
    const as = (key: string, more: Record<string, string> = {}) => ({
      headers: { authorization: `Bearer ${key}`, ...more },
    });
    const json = { "content-type": "application/json" };
    await until("keys are known", async () => {
      const response = await fetch(`${two.url}/api/state`, as(HOST_KEY));
      await response.body?.cancel();
      return response.ok;
    });
    const changed = await fetch(`${one.url}/api/settings`, {
      method: "PATCH",
      ...as(HOST_KEY, json),
      body: JSON.stringify({ freezeSeconds: 42 }),
    });
    equal((await changed.json()).freezeSeconds, 42);
    await until("the other knows it", async () => {
      const response = await fetch(`${two.url}/api/settings`, as(HOST_KEY));
      return (await response.json()).freezeSeconds === 42;
    });

    const made = await fetch(`${one.url}/api/keys`, {
      method: "POST",
      ...as(HOST_KEY, json),
      body: JSON.stringify({ role: "display", label: "OBS" }),
    });
    const { id, key } = await made.json();
    await until("the other knows the key", async () => {
      const response = await fetch(`${two.url}/api/board`, as(key));
      await response.body?.cancel();
      return response.ok;
    });
    const streams = await Promise.all(
      [one, two].map(({ url }) => openFrames(url, `?key=${key}`)),
    );
    const host = await openFrames(two.url, "?with=state", HOST_KEY);
    const revoked = await fetch(`${one.url}/api/keys/${id}`, {
      method: "DELETE",
      ...as(HOST_KEY),
    });
    equal(revoked.status, 204);
    await until(
      "its streams have ended",
      () => streams.every((stream) => stream.ended),
      5,
    );
    equal(host.ended, false);
    host.close();
    for (const { url } of [one, two]) {
      const response = await fetch(`${url}/api/board`, as(key));
      equal(response.status, 401);
      await response.body?.cancel();
    }
  });
});

Deno.test("the program serves pages in several threads of one process", async () => {
  await inPlace(async ({ redis, start }) => {
    await start({ ROLE: "ingest", ...ROOM });
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        "serve",
        "--parallel",
        "--no-prompt",
        "--host=127.0.0.1",
        "--port=0",
        "--allow-net",
        "--allow-env",
        "--allow-read=.",
        "_fresh/server.js",
      ],
      env: { ROLE: "web", REDIS_URL: redis.url, DENO_JOBS: "2" },
      stdout: "null",
      stderr: "piped",
    }).spawn();
    try {
      const url = await addressOf(child.stderr);
      await until("the game is heard", async () => {
        const response = await fetch(`${url}/api/state`);
        return (await response.json()).frame?.seq > 0;
      });
      const streams = await Promise.all(
        Array.from({ length: 8 }, () => openFrames(url)),
      );
      await until(
        "frames come",
        () => streams.every(({ frames }) => frames.length > 5),
      );
      for (const stream of streams) stream.close();
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  });
});

/** Where `deno serve` says that it listens. */
async function addressOf(
  stderr: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let text = "";
  const found = Promise.withResolvers<string>();
  (async () => {
    for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
      text += part;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (address) found.resolve(address[0]);
    }
    found.reject(new Error(`It does not serve: ${text}`));
  })();
  return await found.promise;
}

Deno.test("a process that serves only, or runs the game only, needs a Redis", async () => {
  for (const ROLE of ["web", "ingest"]) {
    const { code, printed } = await failToStart({ ROLE });
    equal(code, 1);
    match(printed, /^Cannot use REDIS_URL: it must be set for ROLE=.*\n$/);
  }
});
