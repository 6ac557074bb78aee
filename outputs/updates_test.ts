import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { until } from "@/testing/program.ts";
import { openUpdates } from "./updates.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What the address answers; `asked` is all that came there. */
interface Place {
  answer: () => Response | Promise<Response>;
  asked: { url: string; headers: Record<string, string> }[];
}

/** Looks for updates at an address of this machine. */
async function withPlace(
  work: (kit: {
    place: Place;
    open(version?: string): ReturnType<typeof openUpdates>;
    clock: ReturnType<typeof createFakeClock>;
    want(wanted: boolean): void;
    lines: string[];
    changes(): number;
  }) => Promise<void>,
) {
  const place: Place = {
    answer: () => Response.json({ version: "1.10.0" }),
    asked: [],
  };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const headers = Object.fromEntries(request.headers);
      place.asked.push({ url: request.url, headers });
      return place.answer();
    },
  );
  const { port } = server.addr;
  const documents = memoryStore();
  const clock = createFakeClock();
  const lines: string[] = [];
  let wanted = true;
  let changes = 0;
  const opened: { close(): void }[] = [];
  try {
    await work({
      ...{ place, clock, lines },
      want: (now) => wanted = now,
      changes: () => changes,
      async open(version = "1.9.0") {
        const updates = await openUpdates({
          address: `http://127.0.0.1:${port}/newest`,
          ...{ version, documents, clock },
          isWanted: () => wanted,
          onChange: () => changes++,
          log: (line) => lines.push(line),
        });
        opened.push(updates);
        return updates;
      },
    });
  } finally {
    for (const each of opened) each.close();
    await clock.advance(MINUTE_MS);
    strictEqual(clock.sleeping(), 0);
    await server.shutdown();
  }
}

Deno.test("a newer version is told, and nothing is sent but the own one", async () => {
  await withPlace(async ({ place, open, clock, changes }) => {
    place.answer = () =>
      Response.json({ version: "1.10.0", url: "https://example.com/get" });
    const updates = await open();
    strictEqual(updates.newer(), null);
    await clock.advance(MINUTE_MS);
    await until("it has asked", () => changes() === 1);
    equal(updates.newer(), {
      version: "1.10.0",
      url: "https://example.com/get",
    });
    const [request] = place.asked;
    const { pathname, search } = new URL(request!.url);
    strictEqual(pathname + search, "/newest?version=1.9.0");
    const { headers } = request!;
    strictEqual(headers["user-agent"], "tiktok-live-support/1.9.0");
    equal(
      Object.keys(headers).filter((name) => /cookie|auth|ref/.test(name)),
      [],
    );
  });
});

Deno.test("it asks once a day, also over restarts and whatever the clock is set to", async () => {
  await withPlace(async ({ place, open, clock, changes }) => {
    const first = await open();
    await clock.advance(MINUTE_MS);
    await until("it has asked", () => changes() === 1);
    await clock.advance(DAY_MS - 2 * MINUTE_MS);
    strictEqual(place.asked.length, 1);
    first.close();
    const second = await open();
    strictEqual(second.newer()?.version, "1.10.0");
    clock.jump(-30 * DAY_MS);
    await clock.advance(MINUTE_MS);
    strictEqual(place.asked.length, 1);
    await clock.advance(DAY_MS);
    await until("it has asked again", () => changes() === 2);
    strictEqual(place.asked.length, 2);
  });
});

Deno.test("nobody is asked where the host does not want it", async () => {
  await withPlace(async ({ place, open, clock, want, changes }) => {
    want(false);
    const updates = await open();
    await clock.advance(3 * DAY_MS);
    strictEqual(place.asked.length, 0);
    want(true);
    await clock.advance(MINUTE_MS);
    await until("it has asked", () => changes() === 1);
    ok(updates.newer());
  });
});

/** Says a word now and then, and never all of it. */
function dripping(): Response {
  let timer: ReturnType<typeof setInterval>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const drip = () => controller.enqueue(new TextEncoder().encode(" "));
      drip();
      timer = setInterval(drip, 20);
    },
    cancel: () => clearInterval(timer),
  });
  return new Response(body);
}

const silence = Promise.withResolvers<Response>();
const SLOW: Record<string, () => Response | Promise<Response>> = {
  "never answers": () => silence.promise,
  "never comes to an end": dripping,
};
for (const [what, answer] of Object.entries(SLOW)) {
  Deno.test(`an address that ${what} is given up, and holds nothing up meanwhile`, async () => {
    await withPlace(async ({ place, open, clock, lines, changes }) => {
      place.answer = answer;
      const updates = await open();
      await clock.advance(MINUTE_MS);
      await until("it has asked", () => place.asked.length === 1);
      await clock.advance(9_000);
      updates.look();
      equal([updates.newer(), changes(), lines], [null, 0, []]);
      await clock.advance(1_000);
      await until("it has given up", () => changes() === 1);
      match(lines.join(), /^Whether .* cannot be told: .*too long$/);
      await clock.advance(DAY_MS / 2);
      strictEqual(place.asked.length, 1, "not again before a day has passed");
      silence.resolve(new Response());
    });
  });
}

for (const version of ["1.9.0", "1.8.9", "0.99.99"]) {
  Deno.test(`${version} is no newer one than 1.9.0`, async () => {
    await withPlace(async ({ place, open, clock, changes }) => {
      place.answer = () => Response.json({ version });
      const updates = await open();
      await clock.advance(MINUTE_MS);
      await until("it has asked", () => changes() === 1);
      strictEqual(updates.newer(), null);
    });
  });
}

const BAD: Record<string, [() => Response, RegExp]> = {
  "no JSON": [() => new Response("<html>"), /names no version/],
  "no version": [() => Response.json({ tag: "v2" }), /names no version/],
  "a version that is none": [
    () => Response.json({ version: "2.0.0<script>" }),
    /names no version/,
  ],
  "a link that is none": [
    () => Response.json({ version: "2.0.0", url: "javascript:alert(1)" }),
    /names no version/,
  ],
  "an error": [() => new Response("no", { status: 500 }), /is 500/],
  "another address": [
    () => Response.redirect("http://127.0.0.1:1/", 302),
    /cannot be told/,
  ],
  "more than it should be": [
    () => new Response("x".repeat(200_000)),
    /too long/,
  ],
};
for (const [what, [answer, line]] of Object.entries(BAD)) {
  Deno.test(`an answer that is ${what} is a line in the log and nothing else`, async () => {
    await withPlace(async ({ place, open, clock, lines, changes }) => {
      place.answer = answer;
      const updates = await open();
      await clock.advance(MINUTE_MS);
      await until("it has asked", () => changes() === 1);
      strictEqual(updates.newer(), null);
      strictEqual(lines.length, 1);
      match(lines[0]!, line);
      await clock.advance(DAY_MS / 2);
      strictEqual(place.asked.length, 1, "not again before a day has passed");
    });
  });
}
