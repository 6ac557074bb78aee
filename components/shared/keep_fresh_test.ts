import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { keepFresh } from "./keep_fresh.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("keepFresh() asks once for many changes, and again for the last one", async () => {
  let asked = 0;
  const told: unknown[] = [];
  const kept = keepFresh<number>(
    "/board",
    60,
    (got) => told.push(got),
    () => Promise.resolve(Response.json(++asked)),
  );
  await sleep(20);
  for (let i = 0; i < 50; i++) kept.touch();
  strictEqual(asked, 1);
  await sleep(90);
  strictEqual(asked, 2);
  deepStrictEqual(told[1], { ok: true, data: 2 });
  kept.close();
});

Deno.test("keepFresh() never asks twice at the same time", async () => {
  let running = 0;
  let most = 0;
  let asked = 0;
  const kept = keepFresh<number>("/board", 0, () => {}, async () => {
    asked++;
    most = Math.max(most, ++running);
    await sleep(20);
    running--;
    return Response.json(0);
  });
  for (let i = 0; i < 10; i++) {
    kept.touch();
    await sleep(5);
  }
  await sleep(50);
  kept.close();
  strictEqual(most, 1);
  ok(asked >= 2, "a change during a request is asked for afterwards");
});

Deno.test("keepFresh() tells of a dead network and says nothing once closed", async () => {
  const told: unknown[] = [];
  const dead = keepFresh<number>(
    "/board",
    0,
    (got) => told.push(got),
    () => Promise.reject(new TypeError("offline")),
  );
  await sleep(10);
  dead.close();
  deepStrictEqual(told, [{ ok: false, problem: { kind: "network" } }]);
});
