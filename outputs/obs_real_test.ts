/**
 * Scenes that follow the game, with the whole program and OBS Studio itself.
 * What OBS shows is asked of OBS, never of us.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { ObsState } from "@/core/obs.ts";
import { textsOf } from "@/locales/mod.ts";
import {
  type ObsStudio,
  openObsStudio,
  whyNoObs,
} from "@/testing/obs_studio.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";

/** OBS follows the game within this time, in ms. */
const FOLLOWS_MS = 1_000;
/** No command may take longer because of OBS, in ms; two cores may be busy. */
const ANSWERS_MS = 500;
/** What waits for a state of ours, in seconds. */
const PATIENCE_S = 20;

const WORDS = textsOf("en").obs.sentences;
const RULES = {
  opened: { scene: "Game", delay: 0 },
  frozen: { scene: "Host", delay: 0 },
  winner: { scene: "Winner", delay: 0 },
};

const why = await whyNoObs();
if (why) console.log(`OBS itself is not tested: ${why}`);

Deno.test({
  name: "OBS Studio follows the game, and costs it nothing when it fails",
  ignore: why !== null,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    const obs = await openObsStudio(["Game", "Host", "Winner"]);
    const [program] = await Promise.all([
      startProgram({
        ROOM: "simulated",
        CHANNEL: "demo",
        SIMULATED_PACE: "40",
        DATA_DIR: folder,
      }),
      obs.start(),
    ]);
    try {
      await evening(t, program, obs);
      const said = program.printed();
      ok(!said.includes(obs.password), "the password is in no line");
      ok(!said.includes("Unexpected"), said);
    } finally {
      await program.end();
      await obs.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function evening(
  t: Deno.TestContext,
  program: Program,
  obs: ObsStudio,
) {
  const state = async () => {
    const { body } = await api(program, "state");
    return body.obs as ObsState & { detail: string };
  };
  const is = (name: ObsState["state"]) =>
    until(`OBS is ${name}`, async () => {
      const { state: now, detail } = await state();
      if (now === name) strictEqual(detail, WORDS[name]);
      return now === name;
    }, PATIENCE_S);
  const setUp = async (change: unknown) => {
    const response = await fetch(`${program.url}/api/obs`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(change),
    });
    const text = await response.text();
    strictEqual(response.status, 200, text);
    ok(!text.includes(obs.password));
  };
  /** Gives a command; it must be answered in time, whatever OBS does. */
  const command = async (body: Record<string, unknown>) => {
    const began = performance.now();
    const answer = await api(program, "commands", body);
    const ms = performance.now() - began;
    if (body.type !== "switchScene") {
      ok(ms < ANSWERS_MS, `${body.type} took ${Math.round(ms)} ms`);
    }
    return answer;
  };
  const shows = async (scene: string) => {
    const began = performance.now();
    await until(
      `OBS shows ${scene}`,
      async () => await obs.current() === scene,
      PATIENCE_S,
    );
    return performance.now() - began;
  };
  const lastRun = async (when: string) =>
    (await state()).rules.find((rule) => rule.when === when)?.last?.result;

  await t.step(
    "a wrong password is said in plain words, and the right one heals it",
    async () => {
      await setUp({ address: obs.address, password: "wrong" });
      await is("wrong_password");
      await setUp({ password: obs.password, rules: RULES });
      await is("connected");
      const { scenes, current } = await state();
      equal(scenes, obs.scenes);
      strictEqual(current, "Game");
    },
  );

  await t.step(
    "the freeze runs out and OBS is on Host; winner, Winner; open, Game",
    async () => {
      await until(
        "somebody is on the board",
        async () => Number((await api(program, "board")).body.total) > 0,
      );
      const took: Record<string, number> = {};
      const { body } = await command({ type: "freeze", seconds: 1 });
      strictEqual(await obs.current(), "Game");
      await shows("Host");
      took.Host = Date.now() - (body.entry as { closesAt: number }).closesAt;
      await command({ type: "selectWinner" });
      took.Winner = await shows("Winner");
      await command({ type: "open" });
      took.Game = await shows("Game");
      for (const [scene, ms] of Object.entries(took)) {
        ok(ms < FOLLOWS_MS, `${scene} after ${Math.round(ms)} ms`);
      }
      strictEqual(await lastRun("winner"), "done");
      const shown = Object.entries(took)
        .map(([scene, ms]) => `${scene} ${Math.round(ms)} ms`);
      console.log(`    OBS followed: ${shown.join(", ")}`);
    },
  );

  await t.step("every switch is in the ledger", async () => {
    const url = `${program.url}/api/sessions/current/export.jsonl`;
    const scenes = async () => {
      const lines = (await (await fetch(url)).text()).trim().split("\n");
      return lines.map((line) => JSON.parse(line))
        .filter((line) => line.type === "sceneSwitched")
        .map((line) => line.scene);
    };
    // OBS shows a scene some 40 ms before it says so.
    await until("all are noted", async () => (await scenes()).length >= 3);
    equal(await scenes(), ["Host", "Winner", "Game"]);
  });

  await t.step(
    "a scene that is not there is said, by hand and by a rule",
    async () => {
      const { status, body } = await command({
        type: "switchScene",
        scene: "Nowhere",
      });
      equal([status, body.code], [409, "no_scene"]);
      await setUp({ rules: { ...RULES, frozen: { scene: "Gone", delay: 0 } } });
      await command({ type: "freeze", seconds: 0 });
      await until(
        "the rule says so",
        async () => await lastRun("frozen") === "no_scene",
      );
      strictEqual(await obs.current(), "Game");
      await setUp({ rules: RULES });
      await command({ type: "open" });
      await shows("Game");
    },
  );

  await t.step(
    "a frozen OBS delays neither a freeze nor a frame, and heals",
    async () => {
      await obs.signal("SIGSTOP");
      const frames = await watchFrames(program);
      try {
        await command({ type: "freeze", seconds: 0 });
        const began = performance.now();
        await frames.until("frozen");
        ok(performance.now() - began < ANSWERS_MS, "the frame came late");
        await command({ type: "open" });
        await is("silent");
        const answer = await command({ type: "switchScene", scene: "Host" });
        strictEqual(answer.body.code, "obs_off");
        await command({ type: "freeze", seconds: 0 });
        await frames.until("frozen");
        await until(
          "the rule says so",
          async () => await lastRun("frozen") === "obs_off",
        );
      } finally {
        await frames.close();
        await obs.signal("SIGCONT");
      }
      await is("connected");
      await command({ type: "open" });
      await shows("Game");
    },
  );

  await t.step(
    "an OBS that is killed is missed at once, and found again",
    async () => {
      await obs.signal("SIGKILL");
      const frames = await watchFrames(program);
      try {
        await command({ type: "freeze", seconds: 0 });
        await frames.until("frozen");
      } finally {
        await frames.close();
      }
      await is("refused");
      await command({ type: "open" });
      await obs.start();
      await is("connected");
      await command({ type: "freeze", seconds: 0 });
      ok(await shows("Host") < FOLLOWS_MS);
    },
  );
}

/** The frames that an overlay is sent. */
async function watchFrames(program: Program) {
  const response = await fetch(`${program.url}/api/frames?rows=1`);
  const reader = response.body!.pipeThrough(new TextDecoderStream())
    .getReader();
  let phase = "";
  let rest = "";
  const read = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop()!;
      for (const line of lines) {
        if (!line.startsWith("data:")) continue;
        phase = JSON.parse(line.slice(5)).phase;
      }
    }
  })();
  return {
    until: (wanted: string) =>
      until(`a frame is ${wanted}`, () => phase === wanted, PATIENCE_S),
    async close() {
      await reader.cancel();
      await read;
    },
  };
}
