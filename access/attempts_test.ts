import { strictEqual, throws } from "node:assert";
import {
  BEGUN_PER_ADDRESS,
  createAttempts,
  TooManyError,
  WINDOW_MS,
  WRONG_IN_ALL,
  WRONG_PER_ADDRESS,
} from "./attempts.ts";

const CHOSEN = { chosen: true };
const MADE = { chosen: false };

function place() {
  const clock = { now: 1_700_000_000_000 };
  const attempts = createAttempts({ now: () => clock.now });
  let last = 0;
  const wrong = (address: string, secret = `wrong ${last++}`) =>
    attempts.guess(address, secret, () => null);
  return { attempts, clock, wrong };
}

Deno.test("guess() looks no more after too many wrong secrets of one address", () => {
  const { attempts, clock, wrong } = place();
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) strictEqual(wrong("a"), null);
  throws(() => wrong("a"), TooManyError);
  // Not even the right one, as long as it could be a guess.
  throws(() => attempts.guess("a", "right", () => CHOSEN), TooManyError);
  strictEqual(attempts.guess("b", "right", () => CHOSEN), CHOSEN);
  strictEqual(attempts.guess("a", "made here", () => MADE), MADE);
  clock.now += WINDOW_MS;
  strictEqual(attempts.guess("a", "right", () => CHOSEN), CHOSEN);
});

Deno.test("guess() counts in all, too, and tells how often", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < WRONG_IN_ALL; i++) wrong(`address ${i}`);
  throws(() => wrong("another"), TooManyError);
  throws(() => attempts.guess("third", "right", () => CHOSEN), TooManyError);
  const { wrong: all, refused } = attempts.counts();
  strictEqual(all, WRONG_IN_ALL + 2);
  strictEqual(refused, 2);
});

Deno.test("guess() counts the same mistake once: an old overlay asks every second", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < 1_000; i++) wrong("a", "an old key");
  strictEqual(attempts.guess("a", "right", () => CHOSEN), CHOSEN);
});

Deno.test("guess() takes an IPv6 network for one address", () => {
  const { wrong } = place();
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) wrong(`2001:db8:1:2::${i}`);
  throws(() => wrong("2001:db8:1:2:3:4:5:6"), TooManyError);
  strictEqual(wrong("2001:db8:1:3::1"), null);
  strictEqual(wrong("::ffff:10.0.0.1"), null);
});

Deno.test("begin() lets so many sign-ins begin", () => {
  const { attempts } = place();
  for (let i = 0; i < BEGUN_PER_ADDRESS; i++) attempts.begin("a");
  throws(() => attempts.begin("a"), /Try again in 60 seconds/);
  attempts.begin("b");
});
