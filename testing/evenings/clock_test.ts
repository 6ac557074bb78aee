/**
 * The whole program on a machine whose clock is set while it runs: libfaketime
 * moves the wall clock, and leaves alone what only runs forward.
 */
import { ok, strictEqual } from "node:assert";
import { REPEAT_MS } from "@/routes/(_http)/presses.ts";
import {
  CHANNEL,
  libfaketime,
  type Machine,
  onMachine,
} from "@/testing/machine.ts";
import { api, until } from "@/testing/program.ts";
import { gift, nextMessageId, ROSE } from "@/testing/tiktok_messages.ts";

const ANN = { id: "7001", handle: "ann", nickname: "Ann" };
/** The countdown, and how much of it may pass at least and at most, in ms. */
const FREEZE_MS = 3_000;
const LEAST_MS = 2_900;
const MOST_MS = 8_000;

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

/** A round's clock, and how far what is shown of it may be off, in ms. */
const ROUND_MS = 10_000;
const OFF_MS = 1_000;
const HOUR = 3_600;

/** A gift that comes then; the points of who gave it. */
async function pointsAfterGift({ tiktok, state }: Machine, more: number) {
  const points = async () => (await state()).frame.rows[0]?.points ?? 0;
  const wanted = await points() + more;
  tiktok.room(CHANNEL).send(
    gift(ANN, ROSE, { count: 1, end: true, group: nextMessageId() }),
  );
  await until("the gift counts", async () => await points() === wanted);
}

Deno.test("a round is as long as was said, with the clock set forward and back by an hour in its middle", async () => {
  const library = await libfaketime();
  if (library === null) {
    console.log("Skipped: libfaketime is not here (deno task setup)");
    return;
  }
  await onMachine(library, async (machine) => {
    const { command, state, set, tiktok } = machine;
    await tiktok.room(CHANNEL).entered();
    await command({ type: "newSession" });
    const from = performance.now();
    await command({ type: "startRound", seconds: ROUND_MS / 1000 });
    await command({ type: "boost", times: 2, seconds: 60, of: "all" });
    for (const [seconds, ms] of [[HOUR, 2_500], [-HOUR, 5_000]] as const) {
      await until("it is time", () => performance.now() - from > ms);
      await set(seconds);
      await pointsAfterGift(machine, 10);
      const { frame: { round, boost, now } } = await state();
      const went = performance.now() - from;
      const shown = ROUND_MS - (round!.endsAt! - now);
      ok(Math.abs(shown - went) < OFF_MS, `${shown} ms of ${went}`);
      const left = boost!.until - now;
      ok(left < 60_000 && left > 60_000 - went - OFF_MS, `${left} ms`);
    }
    await until(
      "it ends",
      async () => (await state()).frame.phase === "frozen",
    );
    const took = performance.now() - from;
    ok(took > ROUND_MS - 100 && took < ROUND_MS + 5_000, `it took ${took} ms`);
  });
});
