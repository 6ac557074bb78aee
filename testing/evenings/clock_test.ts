/**
 * The whole program on a machine whose clock is set while it runs: libfaketime
 * moves the wall clock, and leaves alone what only runs forward.
 */
import { ok, strictEqual } from "node:assert";
import type { Frame } from "@/core/frame.ts";
import type { SessionSummary } from "@/core/views.ts";
import { REPEAT_MS } from "@/routes/(_http)/presses.ts";
import { api, type Program, startProgram, until } from "@/testing/program.ts";
import { gift, nextMessageId, ROSE } from "@/testing/tiktok_messages.ts";
import { startTikTok, type TikTokServer } from "@/testing/tiktok_server.ts";

const CHANNEL = "studio";
const ANN = { id: "7001", handle: "ann", nickname: "Ann" };
/** The countdown, and how much of it may pass at least and at most, in ms. */
const FREEZE_MS = 3_000;
const LEAST_MS = 2_900;
const MOST_MS = 8_000;

/** Debian's library for this processor; null where it is not installed. */
async function libfaketime(): Promise<string | null> {
  for await (const { name } of Deno.readDir("/usr/lib")) {
    const path = `/usr/lib/${name}/faketime/libfaketimeMT.so.1`;
    if (await Deno.stat(path).catch(() => null)) return path;
  }
  return null;
}

interface Machine {
  program: Program;
  tiktok: TikTokServer;
  /** Sets the clock so many seconds off the real one. */
  set(seconds: number): Promise<void>;
  state(): Promise<{ frame: Frame; session: SessionSummary }>;
  command(command: Record<string, unknown>): Promise<void>;
}

async function onMachine(
  library: string,
  work: (machine: Machine) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const offset = `${folder}/clock`;
  const set = (seconds: number) =>
    Deno.writeTextFile(offset, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  await set(0);
  const tiktok = await startTikTok();
  tiktok.room(CHANNEL);
  const program = await startProgram({
    DATA_DIR: `${folder}/data`,
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
    CHANNEL,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: offset,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  try {
    await work({
      program,
      tiktok,
      set,
      async state() {
        const { body } = await api(program, "state");
        return body as { frame: Frame; session: SessionSummary };
      },
      async command(command) {
        const { status, body } = await api(program, "commands", command);
        strictEqual(status, 200, JSON.stringify(body));
      },
    });
  } finally {
    await program.end();
    await tiktok.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** One countdown with the clock set in its middle, and gifts around its end. */
async function freezeOver(
  { tiktok, state, set, command }: Machine,
  to: number,
) {
  const room = tiktok.room(CHANNEL);
  const points = async () => (await state()).frame.rows[0]?.points ?? 0;
  const late = async () => (await state()).session.totals.late;
  const phase = async () => (await state()).frame.phase;
  const [pointsBefore, lateBefore] = [await points(), await late()];

  const from = performance.now();
  await command({ type: "freeze", seconds: FREEZE_MS / 1000 });
  await set(to);
  room.send(gift(ANN, ROSE, { count: 1, end: true, group: nextMessageId() }));
  await until(
    "the gift in time counts",
    async () => await points() > pointsBefore,
  );
  const { frame } = await state();
  strictEqual(frame.phase, "closing");
  const left = frame.closesAt! - frame.now;
  ok(left > 0 && left < FREEZE_MS, `${left} ms are said to be left`);

  await until("it freezes", async () => await phase() === "frozen");
  const took = performance.now() - from;
  ok(took > LEAST_MS && took < MOST_MS, `it took ${took} ms`);
  const counted = await points();
  room.send(gift(ANN, ROSE, { count: 1, end: true, group: nextMessageId() }));
  await until("the late gift is late", async () => await late() > lateBefore);
  strictEqual(await points(), counted);
  await command({ type: "open" });
}

/** Two presses of one button, with the clock set back between them. */
async function pressTwice({ program, set, state }: Machine) {
  const press = () => api(program, "buttons/toggle", {});
  await set(0);
  strictEqual((await press()).status, 200);
  await set(-600);
  await new Promise((resolve) => setTimeout(resolve, REPEAT_MS));
  strictEqual((await press()).status, 200);
  strictEqual((await state()).frame.phase, "open");
}

Deno.test("a countdown ends in time and a second press is one, with the clock set back and forth", async () => {
  const library = await libfaketime();
  if (library === null) {
    console.log("Skipped: libfaketime is not here (deno task setup)");
    return;
  }
  await onMachine(library, async (machine) => {
    const { tiktok, command, state } = machine;
    await tiktok.room(CHANNEL).entered();
    await command({ type: "newSession" });
    for (const seconds of [-600, 600, -0.2]) {
      await freezeOver(machine, seconds);
      strictEqual((await state()).frame.phase, "open");
    }
    await pressTwice(machine);
  });
});
