import { deepStrictEqual, match, strictEqual } from "node:assert";
import { like } from "@/core/testing.ts";
import { type As, openPlace, type Place } from "@/testing/place.ts";

async function listen(place: Place, path: string, as: As = "display") {
  const response = await place.ask(path, as);
  const reader = response.body!.getReader();
  const next = async () =>
    new TextDecoder().decode((await reader.read()).value);
  return { response, reader, next };
}

Deno.test("GET /api/frames streams the game as it is played", async () => {
  const place = await openPlace();
  const { response, next } = await listen(place, "/api/frames?rows=1");
  strictEqual(response.status, 200);
  strictEqual(response.headers.get("content-type"), "text/event-stream");
  match(response.headers.get("cache-control")!, /no-store.*no-transform/);
  match(await next(), /^retry: 1000\n\nevent: frame\nid: none:0\ndata: /);

  await place.command({ type: "connect", channel: "c" });
  await place.command({ type: "newSession" });
  const { id } = place.desk.state().session!;
  let frame = await next();
  while (!frame.startsWith(`event: frame\nid: ${id}:1\ndata: `)) {
    frame = await next();
  }
  await place.arrive(like("ann", 150), like("bob", 300));
  while (!frame.includes('"viewers":2')) frame = await next();
  const { rows } = JSON.parse(/data: (.+)/.exec(frame)![1]!);
  strictEqual(rows.length, 1);
  strictEqual(rows[0].viewerId, "bob");
  await place.close();
});

Deno.test("GET /api/frames answers a bad number of rows all the same", async () => {
  const place = await openPlace();
  for (const rows of ["0", "31", "x", "-1", ""]) {
    const { response, reader } = await listen(
      place,
      `/api/frames?rows=${rows}`,
    );
    strictEqual(response.status, 200, rows);
    await reader.cancel();
  }
  strictEqual(place.hub.streams(), 0);
  await place.close();
});

Deno.test("GET /api/frames?with=state tells hosts and moderators the state too", async () => {
  const place = await openPlace();
  const path = "/api/frames?with=state";
  const { next } = await listen(place, path, "moderator");
  const first = await next();
  const state = JSON.parse(/event: state\ndata: (.+)/.exec(first)![1]!);
  strictEqual(state.role, "moderator");
  strictEqual(state.connection.state, "off");
  strictEqual("frame" in state, false);
  const patch = { method: "PATCH", json: { freezeSeconds: 9 } };
  await place.ask("/api/settings", "host", patch);
  match(await next(), /^event: state\ndata: .*"freezeSeconds":9/);
  for (const [as, status] of [["display", 403], ["stranger", 401]] as const) {
    const refused = await place.ask(path, as);
    strictEqual(refused.status, status);
    await refused.body?.cancel();
  }
  strictEqual(place.hub.overlays(), 0);
  await place.close();
});

Deno.test("HEAD /api/frames opens no stream, not even for a moment", async () => {
  const place = await openPlace();
  const head = await place.ask("/api/frames", "host", { method: "HEAD" });
  strictEqual(place.hub.framesSent(), 0);
  const get = await place.ask("/api/frames");
  strictEqual(head.status, 200);
  deepStrictEqual([...head.headers], [...get.headers]);
  await get.body!.cancel();
  const path = "/api/frames?with=state";
  const refused = await place.ask(path, "display", { method: "HEAD" });
  strictEqual(refused.status, 403);
  strictEqual(place.hub.streams(), 0);
  await place.close();
});
