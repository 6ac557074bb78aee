/**
 * OBS beside one process, the panel on another: scenes are switched where OBS
 * is, and everybody sees how it stands.
 */
import { deepStrictEqual as equal, ok, strictEqual } from "node:assert";
import type { ObsState } from "@/core/obs.ts";
import { startObs } from "@/testing/obs_server.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";
import { startRedis } from "@/testing/redis.ts";

const PASSWORD = "a secret of OBS";

Deno.test("a panel elsewhere switches the scenes of the OBS beside the game", async () => {
  const redis = await startRedis();
  const server = startObs({ password: PASSWORD });
  const folder = await Deno.makeTempDir();
  const programs: Program[] = [];
  const start = async (settings: Record<string, string>) => {
    const program = await startProgram({ REDIS_URL: redis.url, ...settings });
    programs.push(program);
    return program;
  };
  try {
    await start({
      ROLE: "ingest",
      DATA_DIR: folder,
      ROOM: "simulated",
      CHANNEL: "demo",
    });
    const web = await start({ ROLE: "web" });
    const obs = async () => (await api(web, "state")).body.obs as ObsState;
    const setUp = async (change: unknown) => {
      const response = await fetch(`${web.url}/api/obs`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
      });
      const text = await response.text();
      strictEqual(response.status, 200, text);
      ok(!text.includes(PASSWORD));
    };
    await until(
      "the game is heard",
      async () => (await api(web, "state")).body.session !== null,
    );
    await setUp({
      address: server.address,
      password: PASSWORD,
      rules: { frozen: { scene: "Host", delay: 0 } },
    });
    await until(
      "OBS is there",
      async () => (await obs()).state === "connected",
    );
    equal((await obs()).scenes, server.scenes);

    const switched = await api(web, "commands", {
      type: "switchScene",
      scene: "Winner",
    });
    strictEqual(switched.status, 200);
    strictEqual(server.current, "Winner");
    await api(web, "commands", { type: "freeze", seconds: 0 });
    await until("the rule has run", () => server.current === "Host");
    const press = await fetch(`${web.url}/api/buttons/scene/Game`, {
      method: "POST",
    });
    strictEqual(press.status, 200);
    strictEqual((await press.json()).entry.type, "sceneSwitched");
    strictEqual(server.current, "Game");
    strictEqual(server.connections, 1);
    for (const program of programs) {
      ok(!program.printed().includes(PASSWORD));
    }
  } finally {
    await Promise.all(programs.map((program) => program.end("SIGKILL")));
    await server.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
