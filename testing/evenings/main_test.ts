/**
 * The whole program as its users start it: settings, signals, and one evening
 * from TikTok's wire to the board, killed in the middle.
 */
import { deepStrictEqual as equal, match, ok, rejects } from "node:assert";
import { connect } from "node:net";
import { freePort } from "../free_port.ts";
import { type Captured, hasCaptures, readCaptures } from "../captures.ts";
import { type Worth, worthOf } from "../captured_points.ts";
import {
  api,
  type Environment,
  failToStart,
  type Program,
  startProgram,
  until,
} from "../program.ts";
import { arrange, play } from "../tiktok_play.ts";
import { startTikTok, type TikTokServer } from "../tiktok_server.ts";
import { createSeeded } from "@/core/seeded.ts";
import type { ViewerDetails } from "@/core/views.ts";
import { VERSION } from "@/server/identity.ts";

const CHANNEL = "studio";

async function inFolder(work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Everything in a recording but the ends of its rooms. */
async function recording(): Promise<Captured[]> {
  const all = await Array.fromAsync(readCaptures());
  return all.filter(({ method }) => method !== "WebcastControlMessage");
}

function settings(tiktok: TikTokServer, folder: string): Environment {
  return {
    DATA_DIR: folder,
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
    CHANNEL,
  };
}

/** What the program says each viewer did, by id. */
async function worthIn(program: Program): Promise<Map<string, Worth>> {
  const { rows } = (await api(program, "board?limit=500")).body as {
    rows: { viewerId: string; points: number }[];
  };
  const comments = (await api(program, "comments?limit=500")).body as {
    items: { viewerId: string }[];
  };
  const ids = new Set([...rows, ...comments.items].map((row) => row.viewerId));
  const worth = new Map<string, Worth>();
  for (const id of ids) {
    const { body } = await api(program, `viewers/${id}`);
    const { likes, diamonds, points } = body as unknown as ViewerDetails;
    if (likes + diamonds > 0) worth.set(id, { likes, diamonds, points });
  }
  return worth;
}

async function isLive(program: Program): Promise<boolean> {
  const { body } = await api(program, "state");
  return (body.connection as { state: string }).state === "live";
}

async function seqOf(program: Program): Promise<number> {
  const { body } = await api(program, "state");
  return (body.session as { seq: number }).seq;
}

/** Waits until the ledger has stood still for a while. */
async function quiet(program: Program) {
  let last = -1;
  let same = 0;
  await until("the ledger stands still", async () => {
    const seq = await seqOf(program);
    same = seq === last ? same + 1 : 0;
    last = seq;
    return same > 15;
  });
}

for (
  const { name, times, shuffle, batch } of [
    { name: "one by one", times: 1, shuffle: undefined, batch: 1 },
    {
      name: "three times each, 7 a frame",
      times: 3,
      shuffle: undefined,
      batch: 7,
    },
    { name: "three times each, shuffled", times: 3, shuffle: 5, batch: 40 },
  ]
) {
  Deno.test(`a recording through the real connector is worth what it is: ${name}`, async () => {
    if (!await hasCaptures()) return;
    await inFolder(async (folder) => {
      const tiktok = await startTikTok();
      const room = tiktok.room(CHANNEL);
      const program = await startProgram(settings(tiktok, folder));
      try {
        await until("it is live", () => isLive(program));
        equal(
          (await api(program, "commands", { type: "newSession" })).status,
          200,
        );
        const messages = await recording();
        await play(room, arrange(messages, { times, shuffle, batch }));
        await quiet(program);

        const expected = worthOf(messages);
        const found = await worthIn(program);
        for (const [id, worth] of expected) {
          // Who follows when is known by the order, so points need it kept.
          const { points, ...counts } = worth;
          const { points: given, ...counted } = found.get(id) ??
            { points: 0, ...await countsOf(program, id) };
          equal([id, counted], [id, counts]);
          if (shuffle === undefined) equal([id, given], [id, points]);
        }
        if (shuffle === undefined) await sameBoard(program, expected);
      } finally {
        await program.end();
        await tiktok.close();
      }
    });
  });
}

/** Viewers whose likes have not made a point yet are on no list. */
async function countsOf(program: Program, id: string) {
  const { body } = await api(program, `viewers/${id}`);
  const { likes, diamonds } = body as unknown as ViewerDetails;
  return { likes, diamonds };
}

async function sameBoard(program: Program, expected: Map<string, Worth>) {
  const { rows, total } = (await api(program, "board?limit=500")).body as {
    total: number;
    rows: { viewerId: string; points: number }[];
  };
  const scored = [...expected].filter(([, worth]) => worth.points > 0);
  equal(total, scored.length);
  equal(
    new Map(rows.map((row) => [row.viewerId, row.points])),
    new Map(
      scored.map(([id, worth]): [string, number] => [id, worth.points])
        .sort((a, b) =>
          rows.findIndex((r) => r.viewerId === a[0]) -
          rows.findIndex((r) => r.viewerId === b[0])
        ),
    ),
  );
  const points = rows.map((row) => row.points);
  equal(points, points.toSorted((a, b) => b - a));
}

Deno.test("kill -9 at random moments loses no acknowledged message and counts none twice", async () => {
  if (!await hasCaptures()) return;
  await inFolder(async (folder) => {
    const tiktok = await startTikTok();
    const seeded = createSeeded(Number(Deno.env.get("CHAOS_SEED") ?? 3));
    const kills = Number(Deno.env.get("CHAOS_KILLS") ?? 4);
    const room = tiktok.room(CHANNEL);
    // After each start TikTok repeats what was sent lately; here all of it.
    room.replay = 2_000;
    let program = await startProgram(settings(tiktok, folder));
    try {
      await until("it is live", () => isLive(program));
      const { body } = await api(program, "commands", { type: "newSession" });
      const sessionId = (body.entry as { sessionId: string }).sessionId;
      const messages = await recording();
      const part = Math.ceil(messages.length / (kills + 1));
      for (let from = 0, k = 0; from < messages.length; from += part, k++) {
        const batches = arrange(messages.slice(from, from + part), {
          batch: 5,
        });
        const playing = play(room, batches, { rate: 1_000 });
        if (k < kills) {
          await new Promise((r) => setTimeout(r, 20 + seeded.next() * 100));
          // Without a wait in between, nothing more can become durable.
          const acknowledged = program;
          const seq = await seqOf(acknowledged);
          await acknowledged.end("SIGKILL");
          program = await startProgram(settings(tiktok, folder));
          ok(await seqOf(program) >= seq, `entry ${seq} was shown and is lost`);
          const again = await api(program, "commands", {
            type: "continueSession",
            sessionId,
          });
          equal(again.status, 200);
          await until("it is live again", () => isLive(program));
        }
        await playing;
        await quiet(program);
      }
      equal(
        sorted(await worthIn(program)),
        sorted(onlyListed(worthOf(messages))),
      );
      const receipts = await sumOfReceipts(program);
      for (const [id, { points }] of await worthIn(program)) {
        equal(receipts.get(id) ?? 0, points);
      }
    } finally {
      await program.end();
      await tiktok.close();
    }
  });
});

/** Those whom the board or the comments list would show. */
function onlyListed(worth: Map<string, Worth>): Map<string, Worth> {
  return new Map([...worth].filter(([, { points }]) => points > 0));
}

function sorted(worth: Map<string, Worth>): [string, Worth][] {
  return [...onlyListed(worth)].sort(([a], [b]) => a < b ? -1 : 1);
}

async function sumOfReceipts(program: Program): Promise<Map<string, number>> {
  const response = await fetch(
    `${program.url}/api/sessions/current/export.jsonl`,
  );
  const sums = new Map<string, number>();
  for (const line of (await response.text()).trim().split("\n")) {
    const { viewerId, points } = JSON.parse(line);
    if (viewerId && points) {
      sums.set(viewerId, (sums.get(viewerId) ?? 0) + points);
    }
  }
  return sums;
}

Deno.test("the program stops cleanly with everything written and goes on where it was", async () => {
  await inFolder(async (folder) => {
    const tiktok = await startTikTok();
    try {
      const first = await startProgram(settings(tiktok, folder));
      await api(first, "commands", { type: "newSession", title: "ค่ำคืน" });
      await api(first, "commands", { type: "freeze", seconds: 0 });
      equal(await first.end("SIGTERM"), 0);
      const second = await startProgram(settings(tiktok, folder));
      const { body } = await api(second, "state");
      const { title, phase } = body.session as { title: string; phase: string };
      equal([title, phase], ["ค่ำคืน", "frozen"]);
      equal(await second.end("SIGINT"), 0);
    } finally {
      await tiktok.close();
    }
  });
});

Deno.test("a bad setting, a taken port and a bad folder are said in one line", async () => {
  await inFolder(async (folder) => {
    const badPort = await failToStart({ DATA_DIR: folder, PORT: "80x" });
    equal(badPort.code, 1);
    match(badPort.printed, /^Cannot use PORT: .*for example PORT=8000\n$/);

    const program = await startProgram({ DATA_DIR: folder });
    try {
      const { port } = new URL(program.url);
      const taken = await failToStart({ DATA_DIR: `${folder}/2`, PORT: port });
      equal(taken.code, 1);
      match(taken.printed, /^Cannot listen: port \d+ is taken/);
      // Else the host's key would be made there, and shown to nobody.
      await rejects(Deno.stat(`${folder}/2`), Deno.errors.NotFound);
      const second = await failToStart({ DATA_DIR: folder });
      equal(second.code, 1);
      match(second.printed, /Cannot open the data folder/);
      ok(!second.printed.includes("    at "));
    } finally {
      await program.end();
    }
    await Deno.writeTextFile(`${folder}/file`, "");
    const file = await failToStart({ DATA_DIR: `${folder}/file` });
    equal(file.code, 1);
    match(file.printed, /Cannot open the data folder/);
  });
});

Deno.test("what cannot be used is said in one line, before anything else is done", async () => {
  const cases: [Environment, RegExp][] = [
    [
      { HOST: "nosuch.invalid" },
      /^Cannot use HOST: .*not "nosuch\.invalid"; for example HOST=127\.0\.0\.1$/,
    ],
    [{ HOST: "192.0.2.7" }, /^Cannot use HOST: .*not "192\.0\.2\.7"/],
    // Without its zone: which of this machine's networks is not said.
    [{ HOST: "fe80::1" }, /^Cannot use HOST: .*not "fe80::1"/],
    [
      { REDIS_URL: "redis://:50%off@127.0.0.1:6379" },
      /^Cannot use REDIS_URL: .*%XX/,
    ],
    [
      { DENO_DEPLOY: "true" },
      /^Cannot use ROLE: it must be web on Deno Deploy.*every context.*; for example ROLE=web$/,
    ],
    [
      { CHANNEL: "no channel at all" },
      /^Cannot use CHANNEL: .*for example CHANNEL=@yourname$/,
    ],
    [{ OAUTH_GITHUB_ID: "x" }, /^Cannot use OAUTH_GITHUB_ID: .*for example/],
  ];
  await inFolder(async (folder) => {
    for (const [settings, words] of cases) {
      const failed = await failToStart({ DATA_DIR: folder, ...settings });
      const said = failed.printed.trim();
      equal([failed.code, said.split("\n").length], [1, 1], said);
      match(said, words);
    }
    for (const name of ["--prt", "-p", "start", "--"]) {
      const failed = await failToStart({ DATA_DIR: folder }, name);
      equal(failed.code, 2);
      equal(
        failed.printed,
        `Unknown argument "${name}"; there are --demo, --port, --version, --help\n`,
      );
    }
    for (const given of [["--port"], ["--port="], ["--port=70000"]]) {
      const failed = await failToStart({ DATA_DIR: folder }, ...given);
      equal(failed.code, 1);
      match(failed.printed, /^Cannot use PORT: .*; for example PORT=8000\n$/);
    }
    const port = String(freePort());
    await rejects(
      failToStart({ DATA_DIR: folder }, "--port", port),
      new RegExp(`It serves on http://[^:]+:${port} `),
    );
    const version = await failToStart({ DATA_DIR: folder }, "--version");
    equal(version, { code: 0, printed: `${VERSION}\n` });
    const help = await failToStart({ DATA_DIR: folder }, "--help");
    equal(help.code, 0);
    match(help.printed, /--demo .*\n.*--port N .*\n.*--version .*\n.*--help/);
    match(help.printed, /REDIS_URL=redis:/);
  });
});

Deno.test("the program serves at an IPv6 address in brackets, and without a folder for pictures", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/avatars`, "");
    const program = await startProgram({ DATA_DIR: folder, HOST: "[::1]" });
    try {
      match(program.url, /^http:\/\/\[::1\]:\d+$/);
      equal((await api(program, "state")).body.role, "host");
      match(
        program.printed(),
        /Cannot keep pictures in .*: a file is in its place/,
      );
      ok(!program.printed().includes("    at "));
    } finally {
      await program.end();
    }
  });
});

Deno.test("half a request and a broken one do not disturb the program", async () => {
  await inFolder(async (folder) => {
    const program = await startProgram({ DATA_DIR: folder });
    try {
      const { port } = new URL(program.url);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write(
            "POST /api/commands HTTP/1.1\r\nHost: localhost\r\ncontent-length: 9999\r\n\r\n{",
          );
          socket.destroy();
        });
        socket.on("close", () => resolve());
      });
      const response = await fetch(`${program.url}/api/commands`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{",
      });
      equal(response.status, 400);
      ok(!(await response.text()).includes(".ts:"));
      equal(
        (await fetch(`${program.url}/healthz`).then((r) => r.json())).ok,
        true,
      );
    } finally {
      await program.end();
    }
  });
});
