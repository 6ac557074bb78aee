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

Deno.test("GET /api/frames takes several keys, and says which of them let in", async () => {
  const place = await openPlace();
  const { keys, secrets } = place;
  const made = await keys.make("display", "OBS");
  const stop = keys.watchGone(place.hub.closeStreams);
  const query = ["wrong", secrets.display, made.key, secrets.host]
    .map((key) => `key=${key}`).join("&");
  const path = `/api/frames?${query}`;
  const { response, next } = await listen(place, path, "stranger");
  strictEqual(response.status, 200);
  match(
    await next(),
    /^retry: 1000\n\nevent: keys\ndata: \[false,true,true,true\]/,
  );
  const removed = await place.ask(`/api/keys/${made.id}`, "host", {
    method: "DELETE",
  });
  strictEqual(removed.status, 204);
  match(await next(), /^event: keys\ndata: \[false,true,false,true\]/);
  strictEqual(place.hub.streams(), 1, "the others' goes on");
  for (const key of keys.list()) {
    if (key.role === "host") await keys.replace(key.id);
    else await keys.revoke(key.id);
  }
  strictEqual(place.hub.streams(), 0);
  const wrong = await place.ask("/api/frames?key=a&key=b", "stranger");
  strictEqual(wrong.status, 401);
  stop();
  await place.close();
});

Deno.test("GET /api/frames lets a right key in, however many wrong ones came before", async () => {
  const place = await openPlace();
  const { display } = place.secrets;
  const statuses = new Set<number>();
  for (let i = 0; i < 3; i++) {
    const wrong = Array.from({ length: 20 }, (_, j) => `key=wrong-${i}-${j}`);
    const path = `/api/frames?${wrong.join("&")}&key=${display}`;
    const { response, reader } = await listen(place, path, "stranger");
    statuses.add(response.status);
    await reader.cancel();
  }
  deepStrictEqual([...statuses], [200]);
  // And they were counted: nobody tries sixty at a time.
  const none = await place.ask("/api/frames?key=wrong", "stranger");
  strictEqual(none.status, 429);
  await place.close();
});
