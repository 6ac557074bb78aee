import { deepStrictEqual } from "node:assert";
import { FakeTime } from "@/testing/fake_time.ts";
import { ASK_AGAIN_MS, watchRefusal } from "./refusal.ts";

/** A watch over answers that a test gives one by one. */
function watched() {
  const told: boolean[] = [];
  const answers: ((isRefused: boolean) => void)[] = [];
  const refusal = watchRefusal(
    "/api/frames",
    (is) => told.push(is),
    () => new Promise((answer) => answers.push(answer)),
  );
  const settle = () => new Promise<void>((done) => queueMicrotask(done));
  return {
    refusal,
    told,
    asked: () => answers.length,
    async answer(index: number, isRefused: boolean) {
      answers[index]!(isRefused);
      await settle();
      await settle();
    },
  };
}

Deno.test("watchRefusal() asks until the server refuses, and no longer", async () => {
  using time = new FakeTime();
  const { refusal, told, asked, answer } = watched();
  refusal.heard(false);
  await answer(0, false); // it is away
  time.tick(ASK_AGAIN_MS);
  deepStrictEqual([asked(), told], [2, []]);
  await answer(1, true);
  time.tick(10 * ASK_AGAIN_MS);
  deepStrictEqual([asked(), told], [2, [true]]);
  refusal.heard(true);
  deepStrictEqual(told, [true, false], "a key that works again is welcome");
});

Deno.test("watchRefusal() believes no answer to an outage that is over", async () => {
  using time = new FakeTime();
  const { refusal, told, asked, answer } = watched();
  refusal.heard(false);
  refusal.heard(true);
  refusal.heard(false);
  await answer(0, true);
  deepStrictEqual([asked(), told], [2, [false]]);
  await answer(1, false);
  refusal.stop();
  time.tick(10 * ASK_AGAIN_MS);
  deepStrictEqual(asked(), 2, "it goes on after its end");
});
