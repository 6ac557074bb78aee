/** What is answered while the last game is still being loaded. */
import { deepStrictEqual as equal, match, ok, strictEqual } from "node:assert";
import { memoryStore } from "@/testing/memory_store.ts";
import { openPlace } from "@/testing/place.ts";

const BEGIN = { type: "newSession", channel: "host" };

/** Reads what a stream says, one piece at a time. */
function readerOf({ body }: Response) {
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => (await reader.read()).value ?? "",
    close: () => reader.cancel(),
  };
}

async function loadingPlace() {
  const store = memoryStore();
  const before = await openPlace({}, { store });
  await before.command(BEGIN);
  await before.close();
  return await openPlace({}, { store, begins: false });
}

Deno.test("while it loads, commands and /readyz are 503 with the reason, and nothing is kept under a key", async () => {
  const place = await loadingPlace();
  const headers = { "idempotency-key": "once" };
  const press = () =>
    place.ask("/api/commands", "machine", {
      ...{ method: "POST", headers },
      json: { type: "freeze" },
    });
  try {
    const early = await press();
    strictEqual(early.status, 503);
    match(early.headers.get("content-type")!, /^application\/problem\+json/);
    ok(Number(early.headers.get("retry-after")) > 0);
    match((await early.json()).detail, /^Nothing was done\..*loading the game/);
    const ready = await place.ask("/readyz", "machine");
    strictEqual(ready.status, 503);
    match((await ready.json()).detail, /loading the game/);
    strictEqual((await place.ask("/healthz", "machine")).status, 200);
    strictEqual((await place.ask("/api/board", "machine")).status, 503);
    const state = await (await place.ask("/api/state", "machine")).json();
    strictEqual(state.health.loads, true);

    await place.begin();
    strictEqual((await press()).status, 200, "the key is as good as new");
    const then = await (await place.ask("/api/state", "machine")).json();
    strictEqual(then.health.loads, false);
    strictEqual(then.session.channel, "host");
  } finally {
    await place.close();
  }
});

Deno.test("a stream opened while it loads says comments alone, and goes on by itself", async () => {
  const place = await loadingPlace();
  try {
    const response = await place.ask("/api/frames?with=state", "machine");
    strictEqual(response.status, 200);
    const stream = readerOf(response);
    match(await stream.next(), /^(:\n\n)+$/);
    equal([place.hub.streams(), place.hub.framesSent()], [1, 0]);
    await place.begin();
    const told = await stream.next();
    match(told, /event: frame\n/);
    match(told, /"channel":"host"/);
    match(told, /event: state\n/);
    match(told, /"loads":false/);
    await stream.close();
  } finally {
    await place.close();
  }
});
