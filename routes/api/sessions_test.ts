import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { SessionSummary } from "@/core/shapes/views.ts";
import { createHash } from "node:crypto";
import { RIGHTS } from "@/access/rights.ts";
import { comment, like } from "@/core/testing.ts";
import { kvStore } from "@/stores/kv_store.ts";
import { steadyClock } from "@/testing/fake_clock.ts";
import { openPlace, type Place } from "@/testing/place.ts";

async function played(): Promise<{ place: Place; id: string }> {
  const place = await openPlace({ clock: steadyClock });
  await place.command({ type: "connect", channel: "host.name" });
  await place.command({ type: "newSession", title: "Friday" });
  await place.arrive(like("ann", 150), comment("ann", "=1+1"));
  const id = place.desk.state().session!.id;
  return { place, id };
}

const json = async (place: Place, path: string) =>
  await (await place.ask(path)).json();

Deno.test("GET /api/sessions lists, searches and pages", async () => {
  const { place, id } = await played();
  await place.command({ type: "newSession", title: "Saturday" });
  const { items } = await json(place, "/api/sessions");
  deepStrictEqual(items.map((s: { title: string }) => s.title), [
    "Saturday",
    "Friday",
  ]);
  const found = await json(place, "/api/sessions?q=fri");
  deepStrictEqual(found.items.map((s: { id: string }) => s.id), [id]);
  const first = await json(place, "/api/sessions?limit=1");
  const rest = await json(place, `/api/sessions?cursor=${first.cursor}`);
  deepStrictEqual([...first.items, ...rest.items], items);
  strictEqual(rest.cursor, null);
  await place.close();
});

Deno.test("a session is read by its id and as the current one", async () => {
  const { place, id } = await played();
  const summary = await json(place, "/api/sessions/current");
  SessionSummary.parse(summary);
  strictEqual(summary.id, id);
  deepStrictEqual(await json(place, `/api/sessions/${id}`), summary);
  const comments = await json(place, `/api/sessions/${id}/comments`);
  strictEqual(comments.items[0].text, "=1+1");
  const past = await json(place, `/api/sessions/${id}/board?at=1`);
  deepStrictEqual([past.total, past.rows], [0, []]);
  const now = await json(
    place,
    `/api/sessions/${id}/board?at=${steadyClock.wall()}`,
  );
  strictEqual(now.rows[0].points, 10);
  strictEqual((await place.ask("/api/sessions/unknown")).status, 404);
  await place.close();
});

Deno.test("names of any length are answered on every address, and never with 500", async () => {
  const store = kvStore(await Deno.openKv(":memory:"));
  const place = await openPlace({}, { store });
  const long = "x".repeat(2_100);
  for (const [path, rights] of Object.entries(RIGHTS)) {
    if (!/:\w+/.test(path) || !path.startsWith("/api/")) continue;
    for (const method of Object.keys(rights)) {
      const init = method === "PATCH" || method === "POST"
        ? { method, json: { title: "x" } }
        : { method };
      const target = path.replaceAll(/:\w+/g, long);
      const response = await place.ask(target, "host", init);
      await response.body?.cancel();
      ok(response.status < 500, `${method} ${path}: ${response.status}`);
    }
  }
  strictEqual((await place.ask(`/api/sessions/${long}`)).status, 404);
  await place.close();
  await store.close();
});

Deno.test("a session is renamed, removed and restored", async () => {
  const { place, id } = await played();
  const patch = { method: "PATCH", json: { title: " Sunday " } };
  const renamed = await place.ask("/api/sessions/current", "host", patch);
  strictEqual((await renamed.json()).title, "Sunday");
  const wrong = { method: "PATCH", json: { name: "Sunday" } };
  const refused = await place.ask(`/api/sessions/${id}`, "host", wrong);
  strictEqual(refused.status, 400);

  const gone = { method: "DELETE" };
  const runs = await place.ask(`/api/sessions/${id}`, "host", gone);
  deepStrictEqual([runs.status, (await runs.json()).code], [
    409,
    "session_runs",
  ]);
  await place.command({ type: "endSession" });
  strictEqual(
    (await place.ask(`/api/sessions/${id}`, "host", gone)).status,
    204,
  );
  strictEqual((await place.ask(`/api/sessions/${id}`)).status, 404);
  const back = { method: "POST" };
  const restored = await place.ask(`/api/sessions/${id}/restore`, "host", back);
  strictEqual(restored.status, 204);
  strictEqual((await json(place, `/api/sessions/${id}`)).title, "Sunday");
  for (const init of [gone, patch]) {
    const response = await place.ask("/api/sessions/unknown", "host", init);
    strictEqual(response.status, 404);
  }
  await place.close();
});

Deno.test("an export downloads under a name and comes back with the same board", async () => {
  const { place, id } = await played();
  const exported = await place.ask(`/api/sessions/${id}/export.jsonl`);
  const name = exported.headers.get("content-disposition")!;
  match(name, /^attachment; filename="host\.name-\d{4}-\d\d-\d\d-\w+\.jsonl"$/);
  const text = await exported.text();
  const lines = text.trim().split("\n").map((line) => JSON.parse(line));
  strictEqual(lines[0].format, "tiktok-live-support/1");
  strictEqual(lines.at(-1).type, "end");

  const init = {
    method: "POST",
    body: text,
    headers: { "content-type": "application/jsonl" },
  };
  const imported = await place.ask("/api/sessions/import", "host", init);
  strictEqual(imported.status, 201);
  const copy = imported.headers.get("location")!;
  const again = await (await place.ask(`${copy}/export.jsonl`)).text();
  const end = JSON.parse(again.trim().split("\n").at(-1)!);
  strictEqual(end.board, lines.at(-1).board);
  await place.close();
});

Deno.test("the table downloads as CSV", async () => {
  const { place, id } = await played();
  const response = await place.ask(`/api/sessions/${id}/export.csv`);
  match(response.headers.get("content-type")!, /^text\/csv; charset=utf-8/);
  match(response.headers.get("content-disposition")!, /\.csv"$/);
  const rows = (await response.text()).split("\r\n");
  match(rows[1]!, /^1,"ann"/);
  await place.close();
});

/** An export with one line changed, and every line after it linked anew. */
function forged(
  text: string,
  number: number,
  change: (line: Record<string, unknown>) => void,
): string {
  let prev = "";
  return text.trim().split("\n").map((each, i) => {
    const line = JSON.parse(each);
    if (i === number - 1) change(line);
    if (i > 0) line.prev = prev;
    const linked = JSON.stringify(line);
    prev = createHash("sha256").update(linked).digest("hex");
    return linked + "\n";
  }).join("");
}

Deno.test("an import with a negative or absurd amount is refused with its line", async () => {
  const { place, id } = await played();
  const text = await (await place.ask(`/api/sessions/${id}/export.jsonl`))
    .text();
  const number = text.trim().split("\n")
    .findIndex((line) => JSON.parse(line).type === "liked") + 1;
  const headers = { "content-type": "application/jsonl" };
  for (const count of [-15, 0.5, 1e9, 2 ** 60]) {
    const body = forged(text, number, (line) => line.count = count);
    const init = { method: "POST", body, headers };
    const response = await place.ask("/api/sessions/import", "host", init);
    strictEqual(response.status, 400);
    match((await response.json()).detail, new RegExp(`line ${number}: count`));
  }
  const body = forged(text, number, (line) => line.points = -5);
  const init = { method: "POST", body, headers };
  const response = await place.ask("/api/sessions/import", "host", init);
  match((await response.json()).detail, new RegExp(`line ${number}: points`));
  await place.close();
});

Deno.test("no cell of the table is a formula, however it is written", async () => {
  const place = await openPlace();
  await place.command({ type: "connect", channel: "c" });
  await place.command({ type: "newSession" });
  const formulas = [
    ...["=1+1", "+1", "-1", "@SUM(A1)", "|x", "\t=1", "\r=1"],
    ...[
      "\uFF1D1+1",
      "\uFF0B1",
      "\uFF0D1",
      "\uFF20SUM(A1)",
      "\uFE661",
      "\uFE63",
    ],
    ...[" =1", "\u00A0=1", "\u200B=1", "\uFEFF=1", "\u2060\uFF1D1"],
  ];
  const names = ["Ann", "a=1", "1-1", "นก", "😀"];
  const all = [...formulas, ...names];
  await place.arrive(
    ...all.map((nickname, i) => like(`v${i}`, 1500 - 15 * i, { nickname })),
  );
  const csv = await place.ask("/api/sessions/current/export.csv");
  const cells = (await csv.text()).trim().split("\r\n").slice(1)
    .map((line) => line.split('","')[2]!.split('",')[0]!);
  strictEqual(cells.length, all.length);
  const open = cells.filter((cell) => !cell.startsWith("'"));
  deepStrictEqual(open, names);
  await place.close();
});

Deno.test("an import that is no ledger is refused with what is wrong, and nothing is kept", async () => {
  const place = await openPlace({ clock: steadyClock });
  const send = async (body: BodyInit, type = "application/jsonl") => {
    const headers = { "content-type": type };
    const init = { method: "POST", body, headers };
    const response = await place.ask("/api/sessions/import", "host", init);
    return { status: response.status, detail: (await response.json()).detail };
  };
  for (const bad of ["", "nonsense\n", '{"format":"other/1"}\n', "{}\n{}\n"]) {
    const { status, detail } = await send(bad);
    strictEqual(status, 400, `${bad}: ${detail}`);
    ok(detail);
  }
  strictEqual((await send("{}", "application/json")).status, 415);
  match((await send("x".repeat(1_100_000))).detail, /^A line is longer/);
  const big = { "content-type": "application/jsonl", "content-length": "1e9" };
  const init = { method: "POST", body: "{}", headers: big };
  const large = await place.ask("/api/sessions/import", "host", init);
  strictEqual(large.status, 413);
  deepStrictEqual(await json(place, "/api/sessions"), {
    items: [],
    cursor: null,
  });
  await place.close();
});
