import { deepStrictEqual as equal } from "node:assert";
import { like, T0 } from "@/core/testing.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { createWaitingRoom, type Press } from "./waiting_room.ts";

/** A waiting room before a session that begins when it is told to. */
function opened() {
  const clock = createFakeClock(T0);
  const passed: string[] = [];
  /** What is still held back as each of them is passed on. */
  const behind: (number | null)[] = [];
  let takes = true;
  const waitingRoom = createWaitingRoom({
    clock,
    pass({ events }) {
      passed.push(...events.map(({ id }) => id));
      behind.push(waitingRoom.since());
      return 0;
    },
    press: () => ({ at: clock.wall(), came: clock.elapsed(), tiktokAt: null }),
    isTaken: () => takes,
  });
  const take = (id: string) =>
    waitingRoom.take({ events: [{ ...like("ann", 1), id }] });
  const setTaken = (is: boolean) => void (takes = is);
  return { clock, waitingRoom, take, setTaken, passed, behind };
}

Deno.test("a waiting room says how old what it holds is, until the last is passed on", async () => {
  const { clock, waitingRoom, take, behind } = opened();
  equal(waitingRoom.since(), null);
  let came: number[] = [];
  await waitingRoom.between(async () => {
    for (const id of ["1", "2", "3"]) {
      await clock.advance(10);
      came = [...came, clock.elapsed()];
      take(id);
    }
    equal(waitingRoom.since(), came[0]);
  });
  equal(behind, [came[1], came[2], null]);
  equal(waitingRoom.since(), null);
});

Deno.test("a session that could not begin does so with its first press, and takes what came since", async () => {
  const { clock, waitingRoom, take, setTaken, passed } = opened();
  const presses: Press[] = [];
  const press = (succeeds: boolean) =>
    waitingRoom.between((press) => {
      presses.push(press);
      setTaken(succeeds);
      return Promise.resolve();
    });
  await press(false);
  take("1");
  await clock.advance(1_000);
  await press(true);
  equal(presses[1], presses[0]);
  equal(passed, ["1"]);
});

Deno.test("what is held is let in before another session follows the one that came after all", async () => {
  const { clock, waitingRoom, take, setTaken, passed } = opened();
  const fail = () => Promise.resolve(setTaken(false));
  await waitingRoom.between(fail);
  take("1");
  setTaken(true); // a write that nobody heard of has succeeded
  await clock.advance(1_000);
  let at = 0;
  await waitingRoom.between((press) => {
    equal(passed, ["1"]);
    at = press.came;
    return Promise.resolve();
  });
  equal(at, clock.elapsed());
});
