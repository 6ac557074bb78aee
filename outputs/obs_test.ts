/**
 * The connection to OBS against a stand-in that does what OBS does on a bad
 * evening. OBS itself is in `obs_real_test.ts`.
 */
import { steadyClock } from "@/testing/fake_clock.ts";
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { Obs, ObsPhase } from "@/core/obs.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { type ObsServer, startObs } from "@/testing/obs_server.ts";
import { until } from "@/testing/program.ts";
import { type ObsOptions, openObs } from "./obs.ts";
import { overlaysAt } from "./obs_overlays.ts";

const PASSWORD = "a secret of OBS";

/** In a hurry, but for the stand-in, which a busy machine may hold up. */
const PACE = {
  retryMin: 20,
  retryMax: 60,
  connect: 30_000,
  call: 30_000,
  beat: 100,
  settle: 10,
  overlays: 30,
};

/** Where the stand-in will not answer. */
const IMPATIENT = { ...PACE, connect: 250, call: 250 };

interface Kit {
  server: ObsServer;
  obs: Obs;
  lines: string[];
  store: ReturnType<typeof memoryStore>;
  /** Waits for a state. */
  to(state: ObsPhase): Promise<void>;
}

/** Runs a test on a stand-in and what connects to it. */
function check(
  name: string,
  evening: (kit: Kit) => Promise<void>,
  {
    prepare = () => {},
    ...more
  }: Partial<ObsOptions> & { prepare?: (server: ObsServer) => void } = {},
) {
  Deno.test(name, async () => {
    const stray: unknown[] = [];
    const onStray = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      stray.push(event.reason);
    };
    addEventListener("unhandledrejection", onStray);
    const server = startObs({ password: PASSWORD });
    prepare(server);
    const store = memoryStore();
    const lines: string[] = [];
    const obs = await openObs({
      documents: store,
      given: { address: server.address, password: PASSWORD },
      isOurs: (url) => url.pathname === "/overlay",
      clock: steadyClock,
      chance: Math.random,
      log: (line) => lines.push(line),
      pace: PACE,
      ...more,
    });
    const to = (state: ObsPhase) =>
      until(
        `OBS is ${state}, not ${obs.state().state}`,
        () => obs.state().state === state,
        10,
      );
    try {
      await evening({ server, obs, lines, store, to });
    } finally {
      await obs.close();
      server.hangUp(1000);
      await server.close();
      await until("the sockets are closed", () => server.open() === 0);
      removeEventListener("unhandledrejection", onStray);
    }
    equal(stray, []);
    ok(
      !JSON.stringify([lines, obs.state(), obs.settings()]).includes(PASSWORD),
    );
  });
}

/** Requests of a type that change something. */
const pressed = (server: ObsServer, type: string) =>
  server.asked.filter((asked) => asked.type === type);

check("openObs() connects, and lists the scenes as OBS shows them", async ({
  obs,
  to,
}) => {
  await to("connected");
  equal(obs.state().scenes, ["Game", "Host", "Winner"]);
  strictEqual(obs.state().current, "Game");
});

check(
  "switchTo() switches, also to the scene that is on, and hears of others",
  async ({
    server,
    obs,
    to,
  }) => {
    await to("connected");
    strictEqual(await obs.switchTo("Host"), "done");
    strictEqual(server.current, "Host");
    strictEqual(obs.state().current, "Host");
    strictEqual(await obs.switchTo("Host"), "done");
    server.event("CurrentProgramSceneChanged", { sceneName: "Winner" });
    await until("the change is heard", () => obs.state().current === "Winner");
  },
);

check("switchTo() says that a scene is not there, or not allowed", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  strictEqual(await obs.switchTo("Nowhere"), "no_scene");
  await obs.change({ allowed: ["Game", "Host"] });
  strictEqual(await obs.switchTo("Winner"), "scene_not_allowed");
  strictEqual(server.current, "Game");
  strictEqual(await obs.switchTo("Host"), "done");
  strictEqual(server.connections, 1);
});

check("scenes that are added, renamed or taken away are seen", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  server.scenes = ["Game", "Host", "Prize"];
  server.event("SceneListChanged", { scenes: [] });
  await until("the list is new", () => obs.state().scenes[2] === "Prize");
  server.scenes = []; // as OBS says while it takes them apart
  server.event("SceneListChanged", { scenes: [] });
  await sleep(PACE.settle * 5);
  equal(obs.state().scenes, ["Game", "Host", "Prize"]);
});

check(
  "a wrong password is said, and not tried again until it is another",
  async ({
    server,
    obs,
    to,
  }) => {
    await obs.change({ address: server.address, password: "wrong" });
    await to("wrong_password");
    const { connections } = server;
    await sleep(PACE.retryMax * 4);
    strictEqual(server.connections, connections);
    strictEqual(obs.state().retryAt, null);
    strictEqual(await obs.reconnect(), "wrong_password");
    await obs.change({ password: PASSWORD });
    await to("connected");
  },
  { given: {} },
);

check(
  "no OBS at the address is said, and found as soon as there is one",
  async ({
    server,
    obs,
    to,
  }) => {
    const port = Number(new URL(server.address).port);
    await obs.change({ address: server.address, password: PASSWORD });
    await to("connected");
    server.hangUp(1001);
    await server.close();
    await to("quit");
    await sleep(PACE.retryMax * 3);
    strictEqual(obs.state().state, "quit");
    strictEqual(obs.state().current, null);
    strictEqual(await obs.switchTo("Host"), "obs_off");
    const again = startObs({ port, password: PASSWORD });
    await to("connected");
    await obs.change({ address: "ws://127.0.0.1:1" });
    await to("refused");
    await obs.change({ address: null });
    strictEqual(obs.state().state, "off");
    await until("nobody is connected", () => again.open() === 0);
    await again.close();
  },
  { given: {} },
);

check("something else at the address is refused in the same words", async ({
  obs,
  to,
}) => {
  const web = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response("a web page"),
  );
  await obs.change({ address: `ws://127.0.0.1:${web.addr.port}` });
  await to("refused");
  await obs.change({ address: null });
  await web.shutdown();
}, { given: {} });

check("an OBS that never greets is given up, and tried again", async ({
  server,
  to,
}) => {
  await to("silent");
  server.silent = false;
  await to("connected");
}, { pace: IMPATIENT, prepare: (server) => server.silent = true });

check("an OBS that freezes is found out by its heartbeat, and heals", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  server.silent = true;
  await to("silent");
  strictEqual(await obs.switchTo("Host"), "obs_off");
  server.silent = false;
  await to("connected");
  strictEqual(await obs.switchTo("Host"), "done");
}, { pace: IMPATIENT });

check(
  "a call that is never answered ends in time, and the connection with it",
  async ({
    server,
    obs,
    to,
  }) => {
    await to("connected");
    server.deafTo = "SetCurrentProgramScene";
    let answer: string | null = null;
    obs.switchTo("Host").then((is) => answer = is);
    await until("the call has ended", () => answer !== null);
    strictEqual(answer, "obs_off");
    server.deafTo = null;
    await until("another connection is made", () => server.connections >= 2);
    await to("connected");
  },
  { pace: IMPATIENT },
);

const CLOSES = [
  [1001, "quit"],
  [4011, "lost"],
  [4009, "wrong_password"],
] as const;
for (const [code, state] of CLOSES) {
  check(
    `a connection that closes with ${code} under a call ends the call at once`,
    async ({
      server,
      obs,
      to,
    }) => {
      await to("connected");
      server.closeOn = { type: "SetCurrentProgramScene", code };
      const seen: ObsPhase[] = [];
      obs.watch(() => seen.push(obs.state().state));
      strictEqual(await obs.switchTo("Host"), "obs_off");
      await until(`it is ${state}`, () => seen.includes(state));
      server.closeOn = null;
      if (state !== "wrong_password") await to("connected");
    },
    // A call without an answer ends by the close, or not at all.
    { pace: { ...PACE, call: 3_600_000, beat: 3_600_000 } },
  );
}

check("what OBS says while it quits is not taken for scenes", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  server.event("ExitStarted", {});
  server.scenes = ["Game"];
  server.event("SceneListChanged", { scenes: [] });
  server.event("CurrentProgramSceneChanged", { sceneName: "Host" });
  await sleep(PACE.settle * 4);
  strictEqual(obs.state().current, "Game");
  equal(obs.state().scenes, ["Game", "Host", "Winner"]);
}, { pace: { ...PACE, beat: 60_000 } });

check(
  "there is never a second connection, however often it is changed",
  async ({
    server,
    obs,
    to,
  }) => {
    let most = 0;
    const watch = setInterval(() => most = Math.max(most, server.open()), 1);
    await Promise.all(
      Array.from(
        { length: 8 },
        (_, i) => i % 2 ? obs.reconnect() : obs.change({ password: PASSWORD }),
      ),
    );
    await to("connected");
    clearInterval(watch);
    // One that is being closed may still be there for a moment.
    ok(most <= 2, `${most} at once`);
    await until("one is left", () => server.open() === 1);
  },
);

check(
  "the pauses between tries grow, and are never shorter than the least",
  async ({
    obs,
  }) => {
    await obs.change({ address: "ws://127.0.0.1:1" });
    const pauses: number[] = [];
    let last: number | null = null;
    obs.watch(() => {
      const { retryAt } = obs.state();
      if (retryAt !== null && retryAt !== last) {
        pauses.push(retryAt - steadyClock.wall());
      }
      last = retryAt;
    });
    await until("there were five", () => pauses.length >= 5);
    ok(pauses.every((ms) => ms <= PACE.retryMax && ms >= PACE.retryMin - 5));
    ok(pauses.at(-1)! > pauses[0]!, pauses.join(" "));
  },
  { given: {}, chance: () => 0.999 },
);

check("rules switch when their moment comes, and say what came of it", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  await obs.change({
    rules: {
      frozen: { scene: "Host", delay: 0 },
      winner: { scene: "Gone", delay: 0 },
    },
  });
  const switched: string[] = [];
  const last = (when: string) =>
    obs.state().rules.find((rule) => rule.when === when)?.last?.result;
  strictEqual(last("frozen"), undefined);
  obs.follow(["opened"], (scene) => switched.push(scene));
  obs.follow(["frozen"], (scene) => switched.push(scene));
  await until("the rule ran", () => last("frozen") === "done");
  equal(switched, ["Host"]);
  obs.follow(["winner"], (scene) => switched.push(scene));
  await until("the rule failed", () => last("winner") === "no_scene");
  equal(switched, ["Host"]);
  server.hangUp(1001);
  await until("it is gone", () => obs.state().state !== "connected");
  obs.follow(["frozen"], (scene) => switched.push(scene));
  await until("that is said", () => last("frozen") === "obs_off");
});

check(
  "a switch that waits gives way to what is newer, and to the host's hand",
  async ({
    server,
    obs,
    to,
  }) => {
    await to("connected");
    await obs.change({
      rules: {
        frozen: { scene: "Host", delay: 0.15 },
        winner: { scene: "Winner", delay: 0 },
      },
    });
    const last = () => obs.state().rules[0]?.last?.result;
    const nothing = () => {};
    obs.follow(["frozen"], nothing);
    strictEqual(last(), "waiting");
    obs.follow(["opened"], nothing); // has no rule, but the game is open again
    strictEqual(last(), "dropped");
    obs.follow(["frozen"], nothing);
    obs.follow(["cleared"], nothing); // says nothing against the host's scene
    strictEqual(last(), "waiting");
    await sleep(50);
    strictEqual(server.current, "Game");
    await until("it has waited", () => server.current === "Host");
    obs.follow(["frozen"], nothing);
    obs.follow(["frozen", "winner"], nothing);
    await until("the last of them counts", () => server.current === "Winner");
    obs.follow(["frozen"], nothing);
    strictEqual(await obs.switchTo("Game"), "done");
    await sleep(250);
    strictEqual(server.current, "Game");
  },
);

Deno.test("overlaysAt() knows the overlays of this place by every name", () => {
  const isOurs = overlaysAt({
    publicUrl: "https://live.example",
    port: () => 8000,
  });
  const ours = [
    "http://localhost:8000/overlay",
    "http://192.168.1.9:8000/overlay?key=x&theme=neon",
    "https://live.example/overlay",
  ];
  const others = [
    "http://localhost:8001/overlay",
    "http://localhost:8000/admin",
    "https://live.example/",
    "https://other.example/overlay",
  ];
  for (const url of ours) ok(isOurs(new URL(url)), url);
  for (const url of others) ok(!isOurs(new URL(url)), url);
});

const SOURCES = {
  ours: "http://localhost:8000/overlay?key=x",
  other: "https://elsewhere.example/chat",
  odd: "not an address",
};

check("refreshOverlays() presses the sources that show ours", async ({
  server,
  obs,
  to,
}) => {
  await to("connected");
  strictEqual(await obs.refreshOverlays(), 1);
  equal(pressed(server, "PressInputPropertiesButton"), [{
    type: "PressInputPropertiesButton",
    data: { inputName: "ours", propertyName: "refreshnocache" },
  }]);
  server.browsers = {};
  strictEqual(await obs.refreshOverlays(), 0);
}, { prepare: (server) => server.browsers = SOURCES });

for (const [overlays, presses] of [[0, 1], [2, 0]] as const) {
  check(
    `with ${overlays} overlays after the start, ${presses} are pressed, once`,
    async ({
      server,
      obs,
      to,
    }) => {
      const found = () => pressed(server, "PressInputPropertiesButton").length;
      await to("connected");
      await until("they are pressed", () => found() >= presses);
      await sleep(PACE.overlays * 4);
      await obs.reconnect();
      await sleep(PACE.overlays * 4);
      strictEqual(found(), presses);
    },
    {
      overlays: () => overlays,
      prepare: (server) => server.browsers = SOURCES,
    },
  );
}

check("what is set is kept, and the password is never told", async ({
  server,
  obs,
  store,
}) => {
  strictEqual(obs.state().state, "off");
  const settings = await obs.change({
    address: server.address,
    password: PASSWORD,
    rules: { ended: { scene: "Host", delay: 2 } },
  });
  equal(settings, {
    address: server.address,
    passwordSet: true,
    fixed: { address: false, password: false },
    rules: { ended: { scene: "Host", delay: 2 } },
    allowed: null,
  });
  const options = {
    documents: store,
    isOurs: () => false,
    clock: steadyClock,
    chance: Math.random,
    log: () => {},
    pace: PACE,
  };
  const again = await openObs(options);
  equal(again.settings(), settings);
  strictEqual(await again.reconnect(), "connected");
  await again.change({ password: null });
  strictEqual(again.state().passwordSet, false);
  await again.close();
  const given = { address: "ws://10.0.0.9:4455" };
  const fixed = await openObs({ ...options, given });
  equal(fixed.settings().fixed, { address: true, password: false });
  strictEqual(fixed.settings().address, given.address);
  await fixed.close();
}, { given: {} });

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
