import { checkReceipts } from "@/core/certificate.ts";
import { sha256 } from "@/core/sha256.ts";
import { ReceiptsFile } from "@/core/shapes/certificate.ts";
import {
  deepStrictEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual,
} from "node:assert";
import { KeysAnswer, MadeKey } from "@/core/shapes/access.ts";
import { DisplayAnswer, StateAnswer } from "@/core/shapes/state.ts";
import {
  BoardPage,
  CommentsPage,
  ReceiptsPage,
  ViewerDetails,
} from "@/core/shapes/views.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { z } from "zod";
import { RIGHTS } from "@/access/rights.ts";
import { comment, gift, like } from "@/core/testing.ts";
import { openPlace, type Place } from "@/testing/place.ts";
import { LOOK_MS } from "../readyz.ts";

/** A place with a game: bob 100 points, ann 10, and some comments. */
async function played(): Promise<Place> {
  const place = await openPlace();
  await place.command({ type: "connect", channel: "host.name" });
  await place.command({ type: "newSession", title: "Friday" });
  await place.arrive(
    like("ann", 150),
    gift("bob", { repeatCount: 20 }),
    comment("ann", "Hello?"),
    comment("bob", "second"),
  );
  return place;
}

const get = async (place: Place, path: string) =>
  await (await place.ask(path)).json();

/** Says what of an answer the API document does not. */
function fits(schema: z.ZodObject, value: unknown): void {
  const { error } = z.strictObject(schema.shape).safeParse(value);
  strictEqual(error && z.prettifyError(error), undefined);
}

Deno.test("reading works, and is empty, when nothing runs", async () => {
  const place = await openPlace();
  deepStrictEqual(await get(place, "/api/board"), { total: 0, rows: [] });
  deepStrictEqual(await get(place, "/api/comments"), {
    items: [],
    cursor: null,
  });
  deepStrictEqual(await get(place, "/api/sessions"), {
    items: [],
    cursor: null,
  });
  const state = await get(place, "/api/state");
  fits(StateAnswer, state);
  strictEqual(state.session, null);
  strictEqual(state.frame.phase, "idle");
  const current = await place.ask("/api/sessions/current/board");
  strictEqual(current.status, 404);
  match((await current.json()).detail, /newSession/);
  strictEqual((await place.ask("/api/viewers/1")).status, 404);
  await place.close();
});

Deno.test("GET /api/state says who asks, and how the connection is in their language", async () => {
  const place = await played();
  const state = await get(place, "/api/state");
  fits(StateAnswer, state);
  strictEqual(state.role, "host");
  strictEqual(state.connection.detail, "Live with @host.name");
  const thai = { headers: { "accept-language": "th" } };
  const other = await place.ask("/api/state", "moderator", thai);
  const { role, connection } = await other.json();
  strictEqual(role, "moderator");
  match(connection.detail, /[ก-๙]/);
  const chosen = { headers: { "accept-language": "th", cookie: "lang=en" } };
  const english = await place.ask("/api/state", "host", chosen);
  match((await english.json()).connection.detail, /^Live/);
  await place.close();
});

Deno.test("GET /api/board pages and searches", async () => {
  const place = await played();
  const all = await get(place, "/api/board");
  fits(BoardPage, all);
  deepStrictEqual(
    all.rows.map((r: { viewerId: string; points: number }) => [
      r.viewerId,
      r.points,
    ]),
    [["bob", 100], ["ann", 10]],
  );
  const second = await get(place, "/api/board?offset=1&limit=1");
  deepStrictEqual([second.total, second.rows[0].rank], [2, 2]);
  const found = await get(place, "/api/board?q=AN");
  deepStrictEqual([found.total, found.rows[0].viewerId], [1, "ann"]);
  deepStrictEqual(
    await get(place, "/api/sessions/current/board"),
    all,
  );
  await place.close();
});

Deno.test("bad numbers in addresses are refused by name", async () => {
  const place = await played();
  const cases: [string, string, RegExp][] = [
    ["/api/board?limit=501", "limit", /500 or less/],
    ["/api/board?limit=0", "limit", /1 or more/],
    ["/api/board?offset=-1", "offset", /0 or more/],
    ["/api/board?offset=x", "offset", /whole number/],
    ["/api/comments?limit=1.5", "limit", /whole number/],
    ["/api/comments?filter=rude", "filter", /questions/],
    ["/api/sessions/current/board?at=soon", "at", /whole number/],
    ["/api/viewers/ann/receipts?limit=no", "limit", /whole number/],
  ];
  for (const [path, name, message] of cases) {
    const response = await place.ask(path);
    strictEqual(response.status, 400, path);
    const { issues } = await response.json();
    deepStrictEqual(issues[0].path, [name]);
    match(issues[0].message, message);
  }
  await place.close();
});

Deno.test("a viewer's receipts sum to the points", async () => {
  const place = await played();
  for (const base of ["/api", "/api/sessions/current"]) {
    const viewer = await get(place, `${base}/viewers/bob`);
    fits(ViewerDetails, viewer);
    strictEqual(viewer.points, 100);
    strictEqual(viewer.comments[0].text, "second");
    const receipts = await get(place, `${base}/viewers/bob/receipts`);
    fits(ReceiptsPage, receipts);
    const sum = receipts.items.reduce(
      (sum: number, { points }: { points: number }) => sum + points,
      0,
    );
    strictEqual(sum, viewer.points);
    const first = await get(place, `${base}/viewers/bob/receipts?limit=1`);
    const cursor = encodeURIComponent(first.cursor);
    const rest = await get(
      place,
      `${base}/viewers/bob/receipts?cursor=${cursor}`,
    );
    deepStrictEqual([...first.items, ...rest.items], receipts.items);
    for (const what of ["viewers/eve", "viewers/eve/receipts"]) {
      strictEqual((await place.ask(`${base}/${what}`)).status, 404);
    }
  }
  await place.close();
});

Deno.test("a viewer's file has the receipts, and proves them", async () => {
  const place = await played();
  const base = "/api/sessions/current";
  const file = await get(place, `${base}/viewers/bob/proof`);
  fits(ReceiptsFile, file);
  strictEqual(file.points, 100);
  const lines = await (await place.ask(`${base}/export.jsonl`)).text();
  const { hash } = JSON.parse(lines.trimEnd().split("\n").at(-1)!);
  deepStrictEqual(checkReceipts(file, sha256), { hash });
  strictEqual((await place.ask(`${base}/viewers/eve/proof`)).status, 404);
  await place.close();
});

Deno.test("GET /api/comments searches, filters and pages", async () => {
  const place = await played();
  const texts = async (query: string) =>
    (await get(place, `/api/comments${query}`)).items
      .map((c: { text: string }) => c.text);
  fits(CommentsPage, await get(place, "/api/comments"));
  deepStrictEqual(await texts(""), ["second", "Hello?"]);
  deepStrictEqual(await texts("?q=hello"), ["Hello?"]);
  deepStrictEqual(await texts("?filter=questions"), ["Hello?"]);
  deepStrictEqual(await texts("?viewerId=bob"), ["second"]);
  const { cursor } = await get(place, "/api/comments?limit=1");
  deepStrictEqual(await texts(`?cursor=${cursor}`), ["Hello?"]);
  await place.close();
});

Deno.test("settings are read and changed, and a wrong name is refused", async () => {
  const place = await openPlace();
  const patch = async (json: unknown) => {
    const init = { method: "PATCH", json };
    return await place.ask("/api/settings", "host", init);
  };
  const changed = await (await patch({ freezeSeconds: 3 })).json();
  strictEqual(changed.freezeSeconds, 3);
  deepStrictEqual(await get(place, "/api/settings"), changed);
  strictEqual((await patch({ freezeSeconds: 61 })).status, 400);
  strictEqual((await patch({ freezSeconds: 3 })).status, 400);
  await place.close();
});

Deno.test("healthz, readyz and metrics tell how the program is", async () => {
  const clock = createFakeClock();
  const place = await openPlace({ clock });
  strictEqual((await place.ask("/healthz", "stranger")).status, 200);
  strictEqual((await place.ask("/readyz", "stranger")).status, 200);
  await clock.advance(LOOK_MS);
  place.desk.check = () => Promise.reject(new Error("Cannot write: disk full"));
  const notReady = await place.ask("/readyz", "stranger");
  strictEqual(notReady.status, 503);
  strictEqual((await notReady.json()).detail, "Cannot write: disk full");
  const metrics = await place.ask("/metrics", "host");
  match(metrics.headers.get("content-type")!, /^text\/plain; version=0.0.4/);
  const text = await metrics.text();
  match(text, /^tiktok_live_support_build_info\{version="0.0.0-test"\} 1$/m);
  for (const line of text.trim().split("\n")) {
    match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{.+\})? [\d.e+-]+)$/);
  }
  await place.close();
  const open = await openPlace({ metricsPublic: true });
  strictEqual((await open.ask("/metrics", "stranger")).status, 200);
  await open.close();
});

Deno.test("keys are made, replaced and taken away, and their streams end", async () => {
  const place = await openPlace();
  const post = { method: "POST", json: { role: "display", label: "OBS" } };
  const made = await (await place.ask("/api/keys", "host", post)).json();
  fits(MadeKey, made);
  fits(KeysAnswer, await get(place, "/api/keys"));
  const address = `/api/frames?key=${made.key}`;
  const stream = await place.ask(address, "stranger");
  strictEqual(stream.status, 200);
  const reader = stream.body!.getReader();
  await reader.read();
  const replaced = await (await place.ask(`/api/keys/${made.id}`, "host", {
    method: "POST",
  })).json();
  strictEqual((await reader.read()).done, true);
  strictEqual((await place.ask(address, "stranger")).status, 401);
  const again = await place.ask(`/api/frames?key=${replaced.key}`, "stranger");
  const kept = again.body!.getReader();
  await kept.read();
  const gone = await place.ask(`/api/keys/${made.id}`, "host", {
    method: "DELETE",
  });
  strictEqual(gone.status, 204);
  strictEqual((await kept.read()).done, true);
  const host = await place.ask("/api/keys/host", "host", { method: "DELETE" });
  strictEqual(host.status, 404);
  ok(place.hub.streams() === 0);
  await place.close();
});

Deno.test("readyz looks once for all who ask within a second", async () => {
  const clock = createFakeClock();
  const place = await openPlace({ clock });
  let looks = 0;
  place.desk.check = () => {
    looks++;
    return Promise.reject(new Error("Cannot write: the disk is full"));
  };
  const ask = async () => (await place.ask("/readyz", "stranger")).status;
  const statuses = await Promise.all(Array.from({ length: 50 }, ask));
  deepStrictEqual(new Set(statuses), new Set([503]));
  strictEqual(looks, 1);
  await clock.advance(LOOK_MS);
  await ask();
  strictEqual(looks, 2);
  await place.close();
});

Deno.test("GET /api/state tells a display what an overlay needs, and nothing else", async () => {
  const place = await played();
  const state = await (await place.ask("/api/state", "display")).json();
  fits(DisplayAnswer, state);
  deepStrictEqual(Object.keys(state).sort(), [
    ...["frame", "look", "rates", "role", "session"],
  ]);
  strictEqual(state.session.title, "Friday");
  strictEqual(state.frame.rows[0].viewerId, "bob");
  await place.close();
});

Deno.test("no address tells a display words, comments, keys or how it all works", async () => {
  const place = await played();
  await place.ask("/api/settings", "host", {
    method: "PATCH",
    json: { blockedWords: ["swear"], presets: [] },
  });
  const { items } = await get(place, "/api/comments");
  const { viewerId, id } = items[0];
  const queued = { type: "queueComment", viewerId, commentId: id };
  await place.command(queued);
  const session = place.desk.state().session!.id;
  let told = 0;
  for (const pattern of Object.keys(RIGHTS)) {
    const path = pattern.replace("/viewers/:viewer", "/viewers/ann")
      .replace("/viewers/:id", "/viewers/ann").replace(
        "/keys/:id",
        "/keys/host",
      )
      .replace("/sessions/:id", `/sessions/${session}`)
      .replaceAll(/:\w+/g, "nothing");
    for (const query of ["", "?with=state", `?key=${place.secrets.host}`]) {
      // The same bytes for everybody.
      const isFile = pattern === "/source.tar.gz" || pattern === "/verify";
      if (isFile || pattern.endsWith("openapi.json")) break;
      const response = await place.ask(path + query, "display");
      const text = await (pattern === "/api/frames" && response.ok
        ? firstOf(response)
        : response.text());
      told += Number(response.ok);
      doesNotMatch(
        text,
        /swear|Hello\?|blockedWords|queue|health|storage|usedAt|passwordSet/,
        `${path}${query}`,
      );
    }
  }
  ok(told > 8, String(told));
  await place.close();
});

/** The first events of a stream. */
async function firstOf(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}
