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
  const wrong = (
    address: string | null,
    secret = `wrong ${last++}`,
    device: string | null = null,
  ) => attempts.guess({ address, device }, secret, () => null);
  return { attempts, clock, wrong };
}

const at = (address: string | null, device: string | null = null) => ({
  address,
  device,
});

Deno.test("guess() looks no more after too many wrong secrets of one address", () => {
  const { attempts, clock, wrong } = place();
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) strictEqual(wrong("a"), null);
  throws(() => wrong("a"), TooManyError);
  // Not even the right one, as long as it could be a guess.
  throws(() => attempts.guess(at("a"), "right", () => CHOSEN), TooManyError);
  strictEqual(attempts.guess(at("b"), "right", () => CHOSEN), CHOSEN);
  strictEqual(attempts.guess(at("a"), "made here", () => MADE), MADE);
  clock.now += WINDOW_MS;
  strictEqual(attempts.guess(at("a"), "right", () => CHOSEN), CHOSEN);
});

Deno.test("guess() counts in all, too, and tells how often", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < WRONG_IN_ALL; i++) wrong(`address ${i}`);
  throws(() => wrong("another"), TooManyError);
  throws(
    () => attempts.guess(at("third"), "right", () => CHOSEN),
    TooManyError,
  );
  const { wrong: all, refused } = attempts.counts();
  strictEqual(all, WRONG_IN_ALL + 2);
  strictEqual(refused, 2);
});

Deno.test("guess() counts the same mistake once: an old overlay asks every second", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < 1_000; i++) wrong("a", "an old key");
  strictEqual(attempts.guess(at("a"), "right", () => CHOSEN), CHOSEN);
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
  for (let i = 0; i < BEGUN_PER_ADDRESS; i++) attempts.begin(at("a"));
  throws(() => attempts.begin(at("a")), /Try again in 60 seconds/);
  attempts.begin(at("b"));
});

Deno.test("guess() of one stranger never shuts out those who share the address", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < 5 * WRONG_PER_ADDRESS; i++) {
    strictEqual(wrong(null), null);
  }
  strictEqual(attempts.guess(at(null), "right", () => CHOSEN), CHOSEN);
  // But nobody guesses for ever.
  while (attempts.counts().wrong < WRONG_IN_ALL) wrong(null);
  throws(() => attempts.guess(at(null), "right", () => CHOSEN), TooManyError);
});

Deno.test("guess() counts a device that was here before by itself", () => {
  const { attempts, wrong } = place();
  for (let i = 0; i < WRONG_IN_ALL; i++) wrong(null);
  throws(() => wrong(null), TooManyError);
  const host = at(null, "the host's phone");
  strictEqual(attempts.guess(host, "right", () => CHOSEN), CHOSEN);
  for (let i = 0; i < WRONG_PER_ADDRESS; i++) {
    strictEqual(wrong(null, undefined, "a thief's"), null);
  }
  throws(() => wrong(null, undefined, "a thief's"), TooManyError);
  strictEqual(attempts.guess(host, "right", () => CHOSEN), CHOSEN);
});

Deno.test("begin() refuses nobody whose address many share, nor a device that was here", () => {
  const { attempts } = place();
  for (let i = 0; i < 10_000; i++) attempts.begin(at(null));
  for (let i = 0; i < BEGUN_PER_ADDRESS; i++) attempts.begin(at("a"));
  throws(() => attempts.begin(at("a")), TooManyError);
  attempts.begin(at("a", "the host's phone"));
});

Deno.test("begin() of a stranger with thousands of networks shuts out nobody", () => {
  const { attempts } = place();
  for (let i = 0; i < 6_000; i++) {
    attempts.begin(at(`2001:db8:${(i >> 8).toString(16)}:${i & 255}::1`));
  }
  for (let i = 0; i < BEGUN_PER_ADDRESS; i++) {
    attempts.begin(at("203.0.113.9"));
  }
});
