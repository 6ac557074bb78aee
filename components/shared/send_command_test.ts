import { deepStrictEqual, strictEqual } from "node:assert";
import { type Means, newKey, sendCommand, WAITS_MS } from "./send_command.ts";

/** Answers in turn; an Error is thrown as the network would. */
function answering(...answers: (Response | Error)[]) {
  const keys: (string | null)[] = [];
  const waits: number[] = [];
  const means: Means = {
    fetch: (_, init) => {
      keys.push(new Headers(init?.headers).get("Idempotency-Key"));
      const answer = answers.shift() ?? new TypeError("no answer left");
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(answer);
    },
    wait: (ms) => Promise.resolve(void waits.push(ms)),
  };
  return { means, keys, waits };
}

Deno.test("sendCommand() sends the same key again until there is an answer", async () => {
  const net = answering(
    new TypeError("offline"),
    new Response(null, { status: 503 }),
    Response.json({ ok: true, seq: 7 }),
  );
  deepStrictEqual(await sendCommand({ type: "open" }, net.means), {
    ok: true,
    seq: 7,
  });
  strictEqual(net.keys.length, 3);
  strictEqual(new Set(net.keys).size, 1);
  deepStrictEqual(net.waits, WAITS_MS.slice(0, 2));
});

Deno.test("sendCommand() gives up after the last wait", async () => {
  const net = answering();
  deepStrictEqual(await sendCommand({ type: "undo" }, net.means), {
    ok: false,
    problem: { kind: "network" },
  });
  strictEqual(net.keys.length, WAITS_MS.length + 1);
});

Deno.test("sendCommand() does not repeat a no", async () => {
  const net = answering(
    Response.json({ ok: false, code: "already_open" }, { status: 409 }),
  );
  deepStrictEqual(await sendCommand({ type: "open" }, net.means), {
    ok: false,
    problem: { kind: "refused", code: "already_open" },
  });
  strictEqual(net.keys.length, 1);
});

Deno.test("sendCommand() tells a missing right from a refusal", async () => {
  const net = answering(new Response("no", { status: 403 }));
  deepStrictEqual(await sendCommand({ type: "open" }, net.means), {
    ok: false,
    problem: { kind: "http", status: 403 },
  });
});

Deno.test("sendCommand() tells a press that was not heard from one that may have been", async () => {
  for (const code of ["away", "standing_by", "unsure"]) {
    const no = () => Response.json({ status: 503, code }, { status: 503 });
    const net = answering(...Array.from(WAITS_MS, no), no());
    deepStrictEqual(await sendCommand({ type: "open" }, net.means), {
      ok: false,
      problem: { kind: "away", isSure: code !== "unsure" },
    });
    strictEqual(net.keys.length, WAITS_MS.length + 1);
  }
});

Deno.test("newKey() is 128 bits that do not come back", () => {
  strictEqual(newKey().length, 32);
  strictEqual(newKey() === newKey(), false);
});
