import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { AwayError, StandbyError } from "@/core/desk.ts";
import { COMMAND_RIGHTS } from "@/access/rights.ts";
import { like } from "@/core/testing.ts";
import { openPlace, type Place } from "@/testing/place.ts";

async function post(place: Place, json: unknown, headers = {}) {
  const init = { method: "POST", json, headers };
  const response = await place.ask("/api/commands", "host", init);
  return { status: response.status, body: await response.json() };
}

Deno.test("POST /api/commands answers with the entry once it is recorded", async () => {
  const place = await openPlace();
  const { status, body } = await post(place, {
    type: "newSession",
    title: "Friday",
  });
  strictEqual(status, 200);
  strictEqual(body.ok, true);
  strictEqual(body.seq, 1);
  strictEqual(body.entry.type, "started");
  strictEqual(body.entry.title, "Friday");
  strictEqual(await place.store.head(body.entry.sessionId), 1);
  await place.close();
});

Deno.test("POST /api/commands says why the game refuses", async () => {
  const place = await openPlace();
  const { status, body } = await post(place, { type: "freeze" });
  strictEqual(status, 409);
  deepStrictEqual([body.ok, body.code, body.status], [
    false,
    "no_session",
    409,
  ]);
  strictEqual(body.reason, body.detail);
  await place.close();
});

Deno.test("POST /api/commands says what came after a step that stays", async () => {
  const place = await openPlace();
  await post(place, { type: "newSession" });
  const freeze = await post(place, { type: "freeze", seconds: 0 });
  const undo = { type: "undo", seq: freeze.body.seq };
  const { status, body } = await post(place, undo);
  deepStrictEqual([status, body.code], [409, "too_late"]);
  deepStrictEqual(body.after, {
    seq: freeze.body.seq + 1,
    step: "frozen",
    viewer: null,
  });
  await place.close();
});

Deno.test("POST /api/commands and buttons say with 503 when to come again where the game was not reached, and keep nothing", async () => {
  const place = await openPlace();
  const { submit } = place.desk;
  const reasons = [new StandbyError("Another leads"), new AwayError("Gone")];
  for (const error of reasons) {
    place.desk.submit = () => Promise.reject(error);
    for (const path of ["/api/commands", "/api/buttons/freeze"]) {
      const response = await place.ask(path, "host", {
        method: "POST",
        json: { type: "newSession" },
        headers: { "idempotency-key": "one" },
      });
      strictEqual(response.status, 503, path);
      strictEqual(response.headers.get("retry-after"), "2");
      const { code, detail } = await response.json();
      const said = `Nothing was done. ${error.message}`;
      deepStrictEqual([code, detail], [error.code, said]);
    }
  }
  const text = await (await place.ask("/metrics", "host")).text();
  match(text, /commands_total\{type="newSession",result="standing_by"\} 1$/m);
  place.desk.submit = submit;
  const key = { "idempotency-key": "one" };
  strictEqual((await post(place, { type: "newSession" }, key)).status, 200);
  // No repeat of the press that was not heard, though it comes at once.
  const pressed = await place.ask("/api/buttons/freeze", "host", {
    method: "POST",
  });
  strictEqual(pressed.status, 200);
  await pressed.body?.cancel();
  await place.close();
});

Deno.test("POST /api/commands names every issue with its path", async () => {
  const place = await openPlace();
  const { status, body } = await post(place, {
    type: "adjustPoints",
    viewerId: "1",
    points: 0.5,
    extra: 1,
  });
  strictEqual(status, 400);
  const paths = body.issues.map((issue: { path: string[] }) =>
    issue.path.join(".")
  );
  deepStrictEqual(paths.sort(), ["", "points", "reason"]);
  for (const { message } of body.issues) ok(message);

  const rates = { likes: { follower: 0, other: 1 }, gifts: [] };
  const nested = await post(place, { type: "setRates", rates });
  const first = nested.body.issues[0].path;
  deepStrictEqual(first, ["rates", "likes", "follower"]);
  await place.close();
});

Deno.test("POST /api/commands lists the known types for an unknown one", async () => {
  const place = await openPlace();
  for (const bad of [{ type: "explode" }, {}, { type: 1 }, [], null, "x"]) {
    const { status, body } = await post(place, bad);
    strictEqual(status, 400, JSON.stringify(bad));
    deepStrictEqual(body.issues[0].path, ["type"]);
    for (const type of Object.keys(COMMAND_RIGHTS)) {
      ok(body.detail.includes(type), type);
    }
  }
  const inherited = await post(place, { type: "constructor" });
  match(inherited.body.detail, /known are connect/);
  await place.close();
});

Deno.test("POST /api/commands refuses bodies that are no JSON, too large, or something else", async () => {
  const place = await openPlace();
  const send = async (body: BodyInit, type: string | null) => {
    const headers: Record<string, string> = type
      ? { "content-type": type }
      : {};
    const init = { method: "POST", body, headers };
    const response = await place.ask("/api/commands", "host", init);
    const { detail } = await response.json();
    return [response.status, detail];
  };
  const json = "application/json";
  const malformed = await send("{", json);
  strictEqual(malformed[0], 400);
  match(malformed[1], /^The body is not JSON: /);
  strictEqual((await send("", json))[0], 400);
  const bytes = await send(new Uint8Array([34, 255, 34]), json);
  deepStrictEqual(bytes, [400, "The body is not UTF-8 text"]);
  strictEqual((await send("type=open", null))[0], 415);
  strictEqual((await send('{"type":"open"}', "text/plain"))[0], 415);
  strictEqual(
    (await send('{"type":"open"}', `${json}; charset=utf-8`))[0],
    409,
  );
  strictEqual((await send(`"${"x".repeat(65_536)}"`, json))[0], 413);
  const endless = ReadableStream.from(function* () {
    while (true) yield new Uint8Array(1024).fill(32);
  }());
  strictEqual((await send(endless, json))[0], 413);
  await place.close();
});

Deno.test("POST /api/commands does a repeated command once, and refuses its key with another", async () => {
  const place = await openPlace();
  await place.command({ type: "connect", channel: "ann" });
  await place.command({ type: "newSession" });
  await place.arrive(like("bob", 150));
  const adjust = { type: "adjustPoints", viewerId: "bob", reason: "quiz" };
  const key = { "idempotency-key": "press-1" };
  const first = await post(place, { ...adjust, points: 5 }, key);
  const again = await post(place, { points: 5, ...adjust }, key);
  strictEqual(first.status, 200);
  deepStrictEqual(again, first);
  const board = await (await place.ask("/api/board")).json();
  strictEqual(board.rows[0].points, 15);

  const other = await post(place, { ...adjust, points: 6 }, key);
  strictEqual(other.status, 422);
  match(other.body.detail, /use a new one$/);
  const long = { "idempotency-key": "k".repeat(256) };
  strictEqual((await post(place, { type: "undo" }, long)).status, 400);
  const longest = { "idempotency-key": "k".repeat(255) };
  strictEqual((await post(place, { type: "undo" }, longest)).status, 200);
  await place.close();
});

Deno.test("POST /api/commands tells an answer to nobody who might not have asked for it", async () => {
  const place = await openPlace();
  await place.command({ type: "connect", channel: "ann" });
  await place.command({ type: "newSession" });
  await place.arrive(like("bob", 150));
  const win = { type: "selectWinner" };
  const headers = { "idempotency-key": "press-2" };
  const mine = await post(place, win, headers);
  strictEqual(mine.body.entry.viewerId, "bob");
  for (const as of ["moderator", "display", "button", "stranger"] as const) {
    for (const json of [win, { type: "clearStage" }]) {
      const init = { method: "POST", json, headers };
      const response = await place.ask("/api/commands", as, init);
      const text = await response.text();
      ok([401, 403, 422].includes(response.status), `${as}: ${text}`);
      ok(!text.includes("bob"), `${as}: ${text}`);
    }
  }
  await place.close();
});

Deno.test("POST /api/commands counts what was asked, for /metrics", async () => {
  const place = await openPlace();
  await post(place, { type: "freeze" });
  await post(place, { type: "newSession" });
  const text = await (await place.ask("/metrics")).text();
  match(text, /commands_total\{type="freeze",result="no_session"\} 1\n/);
  match(text, /commands_total\{type="newSession",result="ok"\} 1\n/);
  await place.close();
});
