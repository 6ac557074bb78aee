import { REPEAT_MS } from "../(_http)/presses.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { systemClock } from "@/ingest/clock.ts";
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import { RIGHTS } from "@/access/rights.ts";
import { BUTTONS } from "@/core/buttons.ts";
import { gift } from "@/core/testing.ts";
import { openObs } from "@/outputs/obs.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { startObs } from "@/testing/obs_server.ts";
import { type As, LAN, openPlace, type Place } from "@/testing/place.ts";
import { until } from "@/testing/program.ts";

/** What a test has; `wait` lets time pass for the buttons. */
interface Kit {
  place: Place;
  wait(ms: number): void;
  press(button: string, as?: As): Promise<Pressed>;
}
interface Pressed {
  status: number;
  body: Record<string, unknown>;
}

async function openKit(): Promise<Kit> {
  // It stands still between waits, however busy the machine is, and at whole
  // ms: a fraction plus 300 may be rounded to less than 300 later.
  let elapsed = Math.round(systemClock.elapsed());
  const place = await openPlace({
    clock: { ...systemClock, elapsed: () => elapsed },
  });
  return {
    place,
    wait: (ms) => elapsed += ms,
    async press(button, as = "button") {
      const path = `/api/buttons/${button}`;
      const response = await place.ask(path, as, { method: "POST" });
      return { status: response.status, body: await response.json() };
    },
  };
}

/** A game with two viewers on the board. */
async function openGame(): Promise<Kit> {
  const kit = await openKit();
  await kit.place.command({ type: "newSession", channel: "studio" });
  await kit.place.arrive(gift("ann"), gift("bob"));
  return kit;
}

/** OBS on the stand-in, with nothing set. */
function obsOf(given: { address?: string; password?: string } = {}) {
  return openObs({
    documents: memoryStore(),
    given,
    isOurs: () => false,
    clock: systemClock,
    chance: Math.random,
    log: () => {},
  });
}

const typeOf = ({ body }: Pressed) => (body.entry as { type: string }).type;

Deno.test("every button does what it says", async () => {
  const { place, press, wait } = await openGame();
  const presses: [string, string][] = [
    ["freeze", "closing"],
    ["toggle", "freezeCancelled"],
    ["toggle", "closing"],
    ["winner-latest", "winnerSelected"],
    ["clear-stage", "stageCleared"],
    ["open", "opened"],
    ["winner-random", "winnerSelected"],
    ["undo", "undone"],
    ["toggle", "closing"],
  ];
  for (const [button, type] of presses) {
    const pressed = await press(button);
    strictEqual(pressed.status, 200, button);
    strictEqual(typeOf(pressed), type, button);
    wait(300);
  }
  await place.close();
});

Deno.test("a press that is refused is answered with the reason", async () => {
  const { place, press } = await openKit();
  for (const button of BUTTONS) {
    const { status, body } = await press(button);
    strictEqual(status, 409, button);
    strictEqual(body.code, "no_session", button);
  }
  strictEqual((await press("scene/Host")).body.code, "obs_off");
  strictEqual((await press("explode")).status, 404);
  await place.close();
});

Deno.test("repeats within 300 ms count once and are answered the same", async () => {
  const { place, press, wait } = await openGame();
  const [first, ...repeats] = await Promise.all([
    press("toggle"),
    press("toggle"),
    press("toggle"),
  ]);
  wait(200);
  for (const repeat of [...repeats, await press("toggle")]) {
    equal(repeat, first);
  }
  strictEqual(typeOf(first!), "closing");
  // Another key is another finger.
  strictEqual(typeOf(await press("toggle", "host")), "freezeCancelled");
  wait(110);
  strictEqual(typeOf(await press("toggle")), "closing");
  await place.close();
});

Deno.test("a button key opens the buttons and nothing else", async () => {
  const { place } = await openGame();
  const open: string[] = [];
  for (const [pattern, rights] of Object.entries(RIGHTS)) {
    for (const [method, right] of Object.entries(rights)) {
      if (right === "anyone") continue;
      const path = pattern.replaceAll(/:\w+/g, "nothing");
      const response = await place.ask(path, "button", { method });
      await response.body?.cancel();
      if (response.status !== 403) open.push(`${method} ${pattern}`);
    }
  }
  equal(open, [
    "GET /api/buttons/state",
    "POST /api/buttons/:action",
    "POST /api/buttons/scene/:name",
  ]);
  await place.close();
});

Deno.test("a button key signs no browser in", async () => {
  const place = await openPlace();
  const path = `/signin?key=${place.secrets.button}`;
  const response = await place.ask(path, "stranger");
  await response.body?.cancel();
  strictEqual(response.status, 401);
  strictEqual(response.headers.get("set-cookie"), null);
  await place.close();
});

Deno.test("a key that was taken away, or was never given, presses nothing", async () => {
  const { place, press } = await openGame();
  const made = await place.ask("/api/keys", "host", {
    method: "POST",
    json: { role: "button", label: "Deck" },
  });
  const { id, key } = await made.json();
  const pressWith = async (key: string) => {
    const headers = { authorization: `Bearer ${key}` };
    const init = { method: "POST", headers };
    const url = `${LAN}/api/buttons/freeze`;
    const response = await place.send(new Request(url, init));
    await response.body?.cancel();
    return response.status;
  };
  strictEqual(await pressWith(key), 200);
  const gone = await place.ask(`/api/keys/${id}`, "host", { method: "DELETE" });
  strictEqual(gone.status, 204);
  strictEqual(await pressWith(key), 401);
  strictEqual(await pressWith("made-up"), 401);
  for (const as of ["moderator", "display"] as const) {
    strictEqual((await press("freeze", as)).status, 403, as);
  }
  strictEqual((await press("freeze", "stranger")).status, 401);
  await place.close();
});

Deno.test("GET /api/buttons/state says what a key can show, in the caller's language", async () => {
  const { place, press } = await openGame();
  const state = async (language = "en") => {
    const headers = { "accept-language": language };
    const path = "/api/buttons/state";
    return await (await place.ask(path, "button", { headers })).text();
  };
  equal(JSON.parse(await state()), {
    phase: "open",
    text: "Open\n2",
    secondsLeft: null,
    viewers: 2,
    winner: null,
    scene: null,
    obs: "off",
  });
  await press("winner-latest");
  const thai = await state("th");
  strictEqual(JSON.parse(thai).text.split("\n")[0], "หยุดรับ");
  ok(JSON.parse(thai).winner);
  ok(new TextEncoder().encode(thai).length < 250, thai);
  await place.close();
});

Deno.test("scene buttons switch OBS, by names in any script, and are noted", async () => {
  const server = startObs({ password: "secret" });
  server.scenes = ["Game", "พิธีกร / 1"];
  const obs = await obsOf({ address: server.address, password: "secret" });
  await until("OBS is there", () => obs.state().state === "connected");
  const place = await openPlace({}, { obs });
  const press = async (scene: string) => {
    const path = `/api/buttons/scene/${encodeURIComponent(scene)}`;
    const response = await place.ask(path, "button", { method: "POST" });
    return await response.json();
  };
  equal(await press("Game"), { ok: true, seq: null, entry: null });
  await place.command({ type: "newSession", channel: "studio" });
  const { entry } = await press("พิธีกร / 1");
  strictEqual(entry.type, "sceneSwitched");
  strictEqual(entry.scene, "พิธีกร / 1");
  strictEqual(server.current, "พิธีกร / 1");
  strictEqual((await press("Gone")).code, "no_scene");
  const state = await (await place.ask("/api/buttons/state", "button")).json();
  strictEqual(state.scene, "พิธีกร / 1");
  await place.close();
  await server.close();
});

Deno.test("the settings of OBS take a password and never tell it", async () => {
  const server = startObs({ password: "hush-hush" });
  const obs = await obsOf();
  const place = await openPlace({}, { obs });
  const change = (json: unknown, as: As = "host") =>
    place.ask("/api/obs", as, { method: "PATCH", json });
  const set = await change({ address: server.address, password: "hush-hush" });
  strictEqual(set.status, 200);
  await place.command({ type: "reconnectObs" });
  const texts = [
    await set.text(),
    await (await place.ask("/api/obs")).text(),
    await (await place.ask("/api/state")).text(),
    await (await place.ask("/api/settings")).text(),
    place.lines.join("\n"),
  ];
  ok(texts[1]!.includes('"passwordSet":true'));
  ok(texts[2]!.includes('"state":"connected"'), texts[2]);
  for (const text of texts) ok(!text.includes("hush-hush"), text);
  ok(
    !texts[2]!.includes(server.address),
    "the state does not tell the address",
  );
  strictEqual((await change({ address: "http://x" })).status, 400);
  strictEqual((await change({}, "moderator")).status, 403);
  await place.close();
  await server.close();
});

Deno.test("what the environment says of OBS is not changed in the panel", async () => {
  const obs = await obsOf({ address: "ws://127.0.0.1:1", password: "given" });
  const place = await openPlace({}, { obs });
  const change = (json: unknown) =>
    place.ask("/api/obs", "host", { method: "PATCH", json });
  strictEqual((await change({ address: null })).status, 409);
  strictEqual((await change({ password: "other" })).status, 409);
  const rules = { frozen: { scene: "Host", delay: 1.5 } };
  equal((await (await change({ rules })).json()).rules, rules);
  strictEqual((await change({ rules: { never: {} } })).status, 400);
  await place.close();
});

Deno.test("a second press is a second one, with the clock set back between them", async () => {
  const clock = createFakeClock();
  const place = await openPlace({ clock });
  await place.command({ type: "newSession", channel: "studio" });
  const press = async () => {
    const init = { method: "POST" };
    const path = "/api/buttons/toggle";
    return await (await place.ask(path, "button", init)).json();
  };
  strictEqual((await press()).entry.type, "closing");
  clock.jump(-600_000);
  strictEqual((await press()).entry.type, "closing", "the key bounced");
  await clock.advance(REPEAT_MS);
  strictEqual((await press()).entry.type, "freezeCancelled");
  await place.close();
});

Deno.test("a key shows the right seconds, with the clock set back in a countdown", async () => {
  const clock = createFakeClock();
  const place = await openPlace({ clock });
  await place.command({ type: "newSession", channel: "studio" });
  await place.command({ type: "freeze", seconds: 5 });
  await clock.advance(1_000);
  clock.jump(-600_000);
  const state = await (await place.ask("/api/buttons/state", "button")).json();
  strictEqual(state.secondsLeft, 4);
  await place.close();
});
