import { deepStrictEqual as equal, rejects } from "node:assert";
import { PART_CHARS, PARTS_AHEAD } from "./bus.ts";
import { createGate, createInflow, sendParts } from "./bus_flow.ts";

/** Lets everything that can happen now happen. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Lines that fill half a part each; counts how many were made. */
function source(lines: number) {
  const made = { lines: 0, ended: false };
  async function* make() {
    try {
      for (; made.lines < lines; made.lines++) {
        yield await Promise.resolve("x".repeat(PART_CHARS / 2));
      }
    } finally {
      made.ended = true;
    }
  }
  return { made, lines: make() };
}

Deno.test("sendParts() is a few parts ahead of who takes them, and no more", async () => {
  const { made, lines } = source(100);
  const gate = createGate();
  let sent = 0;
  const sending = sendParts(lines, gate, () => {
    sent++;
    return Promise.resolve();
  });
  await settle();
  equal(sent, PARTS_AHEAD);
  equal(made.lines <= 2 * (PARTS_AHEAD + 1), true);
  gate.open();
  await settle();
  equal(sent, PARTS_AHEAD + 1);
  for (let i = 0; i < 100; i++) gate.open();
  await sending;
  equal(sent, 50);
});

Deno.test("sendParts() ends its source when nobody wants more", async () => {
  const { made, lines } = source(100);
  const gate = createGate();
  const sending = sendParts(lines, gate, () => Promise.resolve());
  await settle();
  gate.shut(new Error("enough"));
  await rejects(sending, /enough/);
  equal(made.ended, true);
});

Deno.test("an inflow gives lines in order, tells what was taken, and that nobody reads on", async () => {
  const told: string[] = [];
  const open = () =>
    createInflow({
      onTaken: () => told.push("taken"),
      onStop: () => told.push("stop"),
    });
  const whole = open();
  whole.put(["a", "b"]);
  whole.put(["c"]);
  whole.end();
  equal(await Array.fromAsync(whole.lines), ["a", "b", "c"]);
  equal(told.splice(0), ["taken", "taken"]);

  const left = open();
  left.put(["a", "b"]);
  for await (const _ of left.lines) break;
  equal(told.splice(0), ["stop"]);

  const broken = open();
  broken.put(["a"]);
  broken.fail(new Error("gone"));
  await rejects(Array.fromAsync(broken.lines), /gone/);
  equal(told, ["taken"]);
});
