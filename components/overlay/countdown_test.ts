import { deepStrictEqual, strictEqual } from "node:assert";
import { betterOffset, countdownView, untilNext } from "./countdown.ts";

const closing = { phase: "closing", countdownTo: 10_000 } as const;

Deno.test("countdownView() shows each numeral for one second", () => {
  const left = (now: number) => {
    const view = countdownView(closing, now);
    return view.type === "numeral" ? view.left : view.type;
  };
  deepStrictEqual(
    [5000, 5001, 6000, 9000, 9001, 9999, 10_000, 12_000].map(left),
    [5, 5, 4, 1, 1, 1, "closed", "closed"],
  );
});

Deno.test("countdownView() is closed by the phase, whatever the clocks", () => {
  const frozen = { phase: "frozen", countdownTo: 10_000 } as const;
  strictEqual(countdownView(frozen, 0).type, "closed");
});

Deno.test("countdownView() shows nothing while it is open", () => {
  for (const phase of ["idle", "open", "ended"] as const) {
    strictEqual(countdownView({ phase, countdownTo: null }, 0).type, "none");
  }
});

Deno.test("untilNext() is the time to the next numeral", () => {
  strictEqual(untilNext(10_000, 5000), 1000);
  strictEqual(untilNext(10_000, 5400), 600);
  strictEqual(untilNext(10_000, 9999), 1);
  strictEqual(untilNext(10_000, 10_000), Infinity);
  strictEqual(untilNext(null, 0), Infinity);
});

Deno.test("betterOffset() believes the frame that was under way least", () => {
  const at = (now: number) => ({ now, countdownTo: 15_000 });
  let offset = betterOffset(null, at(10_000), 9500);
  strictEqual(offset.ms, 500);
  offset = betterOffset(offset, at(11_000), 10_900); // 400 ms late
  strictEqual(offset.ms, 500);
  offset = betterOffset(offset, at(12_000), 11_480);
  strictEqual(offset.ms, 520);
});

Deno.test("betterOffset() follows a clock that was set back before a countdown", () => {
  const open = { now: 700_000, countdownTo: null };
  const offset = betterOffset(null, open, 1_000);
  const closing = { now: 100_000, countdownTo: 105_000 };
  strictEqual(betterOffset(offset, closing, 1_000).ms, 99_000);
});
