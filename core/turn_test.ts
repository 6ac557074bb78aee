import { deepStrictEqual as equal, rejects } from "node:assert";
import { createTurn } from "./turn.ts";

Deno.test("work is done in turn, and not within the call", async () => {
  const done: string[] = [];
  const inTurn = createTurn();
  const slow = Promise.withResolvers<void>();
  const first = inTurn(async () => {
    done.push("first begins");
    await slow.promise;
    done.push("first ends");
  });
  const second = inTurn(() => done.push("second"));
  equal(done, []);
  slow.resolve();
  await Promise.all([first, second]);
  equal(done, ["first begins", "first ends", "second"]);
});

Deno.test("what fails is told to who asked, and holds up nobody", async () => {
  const inTurn = createTurn();
  const failing = inTurn(() => {
    throw new RangeError("no");
  });
  equal(await inTurn(() => 2), 2);
  await rejects(failing, RangeError);
});
