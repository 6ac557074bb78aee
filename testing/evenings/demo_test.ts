/**
 * The demonstration: rounds of two teams, hosted by the program itself.
 */
import { deepStrictEqual as equal } from "node:assert";
import { api, startProgram, until } from "@/testing/program.ts";
import type { DeskState } from "@/core/views.ts";

Deno.test("a demonstration plays round after round between two teams", async () => {
  const folder = await Deno.makeTempDir();
  const program = await startProgram({
    ...{ DATA_DIR: folder, ROOM: "simulated", CHANNEL: "demo" },
    ...{ SIMULATED_ROUNDS: "1", SIMULATED_PACE: "100" },
  });
  const frame = async () =>
    ((await api(program, "state")).body as unknown as DeskState).frame;
  try {
    await until("both teams play", async () => {
      const { teams, round } = await frame();
      return round?.by === "team" &&
        teams.length === 2 && teams.every(({ points }) => points > 0);
    });
    const freeze = { type: "freeze", seconds: 0 };
    equal((await api(program, "commands", freeze)).status, 200);
    await until("a team has won", async () => {
      const { stage } = await frame();
      return stage?.kind === "team";
    });
    await until("the second round runs", async () => {
      const { phase, round } = await frame();
      return phase === "open" && round?.number === 2;
    });
  } finally {
    await program.end();
    await Deno.remove(folder, { recursive: true });
  }
});
