/**
 * A best of three between two teams, with a boost, an overtime and a goal, played
 * by three programs at once over the same room: one that nothing disturbs, one
 * that is killed in the middle of the second round, and two over one Redis of
 * which the one that leads is killed. All of them end the same.
 */
import { deepStrictEqual as equal, strictEqual } from "node:assert";
import { api, type Program, startProgram, until } from "../program.ts";
import { startRedis } from "../redis.ts";
import { chat, gift, type RoomMessage, ROSE } from "../tiktok_messages.ts";
import { startTikTok, type TikTokServer } from "../tiktok_server.ts";

const CHANNEL = "studio";
const ANN = { id: "11", handle: "ann", nickname: "แอน" };
const BOB = { id: "12", handle: "bob", nickname: "Bob 🌸" };
const SECONDS = 12;
const S = 1_000;

/** A program of the evening, whichever process it is now. */
interface Player {
  leader: Program;
}

interface State {
  frame: {
    phase: string;
    round: { number: number; overtime: number } | null;
    series: { champion: string | null } | null;
    teams: { id: string; points: number; wins: number; members: number }[];
    goals: { value: number; step: number }[];
    stage: { kind: string } | null;
  };
  session: { id: string } | null;
  connection: { state: string };
  health: { leader: { here: boolean } | null };
}

async function stateOf({ leader }: Player): Promise<State> {
  return (await api(leader, "state")).body as unknown as State;
}

/** The same command, to all. */
async function tell(players: Player[], command: Record<string, unknown>) {
  const answers = await Promise.all(
    players.map(({ leader }) => api(leader, "commands", command)),
  );
  for (const { status, body } of answers) {
    strictEqual(status, 200, JSON.stringify([command, body]));
  }
}

async function begin(player: Player) {
  await until(
    "it leads",
    async () => (await stateOf(player)).health.leader?.here !== false,
  );
  await tell([player], { type: "connect", channel: CHANNEL });
  await isLive(player);
  await tell([player], { type: "newSession" });
}

async function isLive(player: Player) {
  await until(
    "it is live",
    async () => (await stateOf(player)).connection.state === "live",
  );
}

async function frozen(players: Player[]) {
  for (const player of players) {
    await until(
      "the round is over",
      async () => (await stateOf(player)).frame.phase === "frozen",
      SECONDS * 3,
    );
  }
}

/** Sends what is due, each so many seconds after now. */
async function script(
  tiktok: TikTokServer,
  lines: [second: number, what: () => RoomMessage | Promise<void>][],
) {
  const from = performance.now();
  for (const [second, what] of lines) {
    const wait = from + second * S - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
    const made = what();
    if (made instanceof Promise) await made;
    else tiktok.room(CHANNEL).send(made);
  }
}

interface BoardRow {
  viewerId: string;
  points: number;
  team: string | null;
  wins: number;
}

async function rowsOf(program: Program) {
  const { rows } = (await api(program, "board?limit=500")).body as {
    rows?: BoardRow[];
  };
  return rows?.map(({ viewerId, points, team, wins }) =>
    [viewerId, points, team, wins].join(" ")
  );
}

/** Another process shows the board that the one that leads has. */
async function showsSame(other: Program, leader: Program) {
  let rows: unknown = null;
  try {
    await until("both show the same board", async () => {
      const [one, two] = await Promise.all([rowsOf(other), rowsOf(leader)]);
      rows = [one, two];
      return JSON.stringify(one) === JSON.stringify(two);
    }, 10);
  } catch (error) {
    throw new Error(JSON.stringify(rows), { cause: error });
  }
}

let group = 0;
const roses = (from: typeof ANN, count: number) =>
  gift(from, ROSE, { count, group: String(++group) });

/** What must be the same of an evening, however it went. */
async function essence(player: Player) {
  const { frame } = await stateOf(player);
  const path = `${player.leader.url}/api/sessions/current/export.jsonl`;
  const lines = (await (await fetch(path)).text()).trim().split("\n")
    .map((line) => JSON.parse(line));
  const facts = lines.filter(({ type, id }) =>
    type !== undefined && id === undefined && type !== "end"
  ).map(({ type, number, why, teamId, step, points }) =>
    [type, number, why, teamId, step, points].filter((one) => one !== undefined)
      .join(" ")
  );
  const given = lines.filter(({ points, id }) => points > 0 && id)
    .map(({ viewerId, points, boost }) =>
      [viewerId, points, boost ?? 1].join(" ")
    );
  const { series, teams, goals, stage } = frame;
  const { board } = lines.at(-1)!;
  const told = teams.map(({ id, points, wins, members }) =>
    [id, points, wins, members].join(" ")
  );
  return {
    ...{ series, teams: told, goals, stage: stage?.kind, board, facts, given },
    format: lines[0]!.format,
  };
}

Deno.test("a best of three ends the same though its program is killed, and though another takes over", async () => {
  const [tiktok, redis] = await Promise.all([startTikTok(), startRedis()]);
  const folder = await Deno.makeTempDir();
  const programs: Program[] = [];
  tiktok.room(CHANNEL).replay = 1_000;
  const start = async (name: string, more: Record<string, string> = {}) => {
    const program = await startProgram({
      DATA_DIR: `${folder}/${name}`,
      TIKTOK_WEB_URL: tiktok.url,
      TIKTOK_SIGN_URL: tiktok.url,
      ...more,
    });
    programs.push(program);
    return program;
  };
  try {
    const calm: Player = { leader: await start("calm") };
    const killed: Player = { leader: await start("killed") };
    const shared: Player = {
      leader: await start("first", { REDIS_URL: redis.url }),
    };
    const all = [calm, killed, shared];
    for (const player of all) await begin(player);
    const heir = await start("second", { REDIS_URL: redis.url });
    const web = await start("web", { REDIS_URL: redis.url, ROLE: "web" });
    await tell(all, {
      type: "setTeams",
      teams: [
        {
          ...{ id: "red", name: "แดง", colour: "#ef4444" },
          ...{ words: ["1", "red"], giftIds: [] },
        },
        {
          ...{ id: "blue", name: "Blue", colour: "#3b82f6" },
          ...{ words: ["2", "blue"], giftIds: [] },
        },
      ],
    });
    await tell(all, {
      type: "setGoals",
      goals: [{
        ...{ id: "all", title: "Together", of: "diamonds", steps: [10, 40] },
        scope: "session",
      }],
    });
    await tell(all, {
      ...{ type: "startRound", seconds: SECONDS, by: "team", bestOf: 3 },
      fromZero: true,
      overtime: { within: 5, margin: 0, add: 5, times: 1 },
    });
    await script(tiktok, [
      [0.5, () => chat(ANN, "１")],
      [0.7, () => chat(BOB, " Blue ")],
      [1.5, () => roses(ANN, 5)],
      [2, () => roses(BOB, 4)],
      [
        3,
        () => tell(all, { type: "boost", times: 2, seconds: 10, of: "gifts" }),
      ],
      [4, () => roses(BOB, 5)],
      [9, () => roses(ANN, 6)], // goes ahead in the last seconds
      [15, () => roses(BOB, 5)], // and back in what they have given
    ]);
    await frozen(all);
    for (const player of all) {
      strictEqual((await stateOf(player)).frame.round!.overtime, 1);
    }
    await tell(all, { type: "selectWinner" });

    await showsSame(web, shared.leader);
    await tell(all, { type: "startRound" });
    await showsSame(web, shared.leader);
    await script(tiktok, [
      [0.5, () => chat(ANN, "red")],
      [0.7, () => chat(BOB, "2")],
      [1.5, () => roses(ANN, 10)],
      [2.5, async () => {
        await killed.leader.end("SIGKILL");
        await shared.leader.end("SIGKILL");
      }],
      [2.8, () => roses(BOB, 3)], // nobody there hears it now
      [3, async () => {
        killed.leader = await start("killed");
        shared.leader = heir;
        await isLive(killed);
        await until(
          "the heir leads",
          async () => (await stateOf(shared)).health.leader?.here === true,
        );
        await isLive(shared);
      }],
      [9, () => roses(ANN, 2)],
    ]);
    await frozen(all);
    await tell(all, { type: "selectWinner" });

    await tell(all, { type: "startRound" });
    await script(tiktok, [
      [0.5, () => chat(ANN, "1")],
      [0.7, () => chat(BOB, "2")],
      [1.5, () => roses(BOB, 5)],
      [2, () => roses(ANN, 1)],
    ]);
    await frozen(all);
    await tell(all, { type: "selectWinner" });

    const wanted = await essence(calm);
    equal(wanted.series, { bestOf: 3, champion: "blue" });
    equal(wanted.teams, ["red 5 1 1", "blue 25 2 1"]);
    equal([wanted.stage, wanted.format], ["champion", "tiktok-live-support/2"]);
    equal(await essence(killed), wanted);
    equal(await essence(shared), wanted);
    await showsSame(web, shared.leader);
  } catch (error) {
    for (const program of programs) console.log(program.printed());
    throw error;
  } finally {
    for (const program of programs) {
      await program.end("SIGKILL").catch(() => {}); // it may have ended
    }
    await tiktok.close();
    await redis.stop();
    await Deno.remove(folder, { recursive: true });
  }
});
