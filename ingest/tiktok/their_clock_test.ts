import { deepStrictEqual as equal } from "node:assert";
import { createTheirClock } from "./their_clock.ts";

const T = 1_790_000_000_000;

/** TikTok's clock as seen by a machine whose own is wrong by so much. */
function seenFrom(wrongBy: number) {
  const own = { elapsed: 0 };
  const clock = createTheirClock({
    wall: () => T + own.elapsed + wrongBy,
    elapsed: () => own.elapsed,
  });
  return { own, clock };
}

Deno.test("TikTok's clock is known from an answer's date, whatever the machine's shows", () => {
  for (const wrongBy of [0, 600_000, -600_000, 9e12]) {
    const { own, clock } = seenFrom(wrongBy);
    equal([clock.now(), clock.sentAt(T)], [null, null]);
    own.elapsed = 100;
    clock.told(T);
    own.elapsed = 5_100;
    equal(clock.now(), T + 5_000);
    equal(clock.sentAt(T - 30_000), -29_900);
  }
});

Deno.test("TikTok's clock is the smallest way of the last minute", () => {
  const { own, clock } = seenFrom(600_000);
  const hear = (at: number, way: number) => {
    own.elapsed = at;
    clock.heard(T + at - way);
  };
  hear(1_000, 900);
  hear(2_000, 300);
  hear(3_000, 700);
  equal(clock.now(), T + 3_000 - 300);
  hear(62_001, 800); // the best one is a minute ago
  equal(clock.now(), T + 62_001 - 700);
  own.elapsed = 500_000; // nothing comes: what was known last holds
  equal(clock.now(), T + 500_000 - 800);
});

Deno.test("a time that makes no sense moves nothing and decides nothing", () => {
  const { own, clock } = seenFrom(-600_000);
  clock.heard(T * 1_000); // in µs
  equal(clock.now(), null);
  own.elapsed = 1_000;
  clock.told(T);
  for (const time of [0, T / 1_000, T + 90_000, T - 8_000_000, T * 1_000]) {
    clock.heard(time);
    equal([clock.now(), clock.sentAt(time)], [T, null]);
  }
});

Deno.test("a new answer counts more than what was known before a sleep", () => {
  const { own, clock } = seenFrom(0);
  clock.told(T);
  own.elapsed = 1_000; // the running clock stood still for an hour meanwhile
  clock.told(T + 3_600_000);
  equal(clock.now(), T + 3_600_000);
});
