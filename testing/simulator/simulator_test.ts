/**
 * Simulated evenings in a short form, and whether what looks at them sees what
 * must not be.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import { DEFAULT_RATES } from "@/core/rates.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { gift, like } from "@/core/testing.ts";
import type { Written } from "./disk.ts";
import { playEvening } from "./play.ts";
import { losses } from "./losses.ts";
import { faultNames, planted } from "./plant.ts";
import { planOf, shrink, type Step } from "./plan.ts";
import RED from "./plans.json" with { type: "json" };
import { reckon, type Said } from "./reckoning.ts";
import { Process, World } from "./world.ts";

const SEEDS = 12;

Deno.test(`nothing is wrong with the evenings of seeds 1 to ${SEEDS}`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { findings, entries } = await playEvening(planOf(seed));
    equal([seed, findings], [seed, []]);
    ok(entries > 20, `${entries} entries`);
  }
});

for (const [what, plan] of Object.entries(RED)) {
  Deno.test(`a plan that was red once: ${what}`, async () => {
    const { findings } = await playEvening(plan as Step[]);
    equal(findings, []);
  });
}

for (const name of faultNames()) {
  Deno.test(`the fault ${name} can be planted`, async () => {
    await Deno.remove(await planted(name), { recursive: true });
  });
}

Deno.test("the same plan is the same evening", async () => {
  const [first, again, other] = [
    await playEvening(planOf(3)),
    await playEvening(planOf(3)),
    await playEvening(planOf(4)),
  ];
  equal(first.digest, again.digest);
  ok(first.digest !== other.digest);
});

Deno.test("shrink() leaves what is needed, and the first step", async () => {
  const plan = planOf(1);
  const isRed = (plan: Step[]) =>
    Promise.resolve(
      plan.filter(({ does }) => does === "kill").length >= 2 &&
        plan.some(({ does }) => does === "freeze"),
    );
  const least = await shrink(plan, isRed);
  equal(
    [least[0], least.slice(1).map(({ does }) => does).sort()],
    [plan[0], ["freeze", "kill", "kill"]],
  );
});

const by = new Process(1, new World());
const at = 1_790_000_000_000;
const LIKE = like("ann", 15);
const ROSES = [1, 3].map((repeatCount) => gift("ann", { repeatCount }));
const SAID = new Map<string, Said>(
  [LIKE, ...ROSES].map((
    event,
  ) => [event.id, { event, ranThen: "s", isOfOne: true }]),
);

/** A ledger of these facts, which begins with a start. */
function ledger(sessionId: string, ...facts: object[]): Written[] {
  const started = {
    type: "started",
    ...{ sessionId, title: "", channel: "c", rates: DEFAULT_RATES },
  };
  return [started, ...facts].map((fact, i) => ({
    ...{ sessionId, by, at: i },
    entry: { seq: i + 1, at, ...fact } as Entry,
  }));
}

const about = { sentAt: at, viewerId: "ann" };
const liked = (points: number) => ({
  ...{ type: "liked", id: LIKE.id, ...about, count: 15, points },
});
const gifted = (i: 0 | 1, units: number) => ({
  ...{ type: "gifted", id: ROSES[i]!.id, ...about, points: 5 * units, units },
  ...{ giftId: "5655", giftName: "Rose", diamonds: 1, combo: true },
  ...{ groupId: ROSES[i]!.groupId, total: ROSES[i]!.repeatCount },
});

const LEDGERS: [string, Written[], string[]][] = [
  [
    "all that is right",
    ledger("s", liked(1), gifted(0, 1), gifted(1, 2)),
    [],
  ],
  ["a point too many", ledger("s", liked(2)), ["points"]],
  ["a message that counts twice", ledger("s", liked(1), liked(1)), ["twice"]],
  ["a combo counted anew", ledger("s", gifted(0, 1), gifted(1, 3)), [
    "points",
    "across",
  ]],
  [
    "a message in two sessions",
    [...ledger("s", liked(1)), ...ledger("t", liked(1))],
    ["across", "across"],
  ],
  ["a message that nobody sent", ledger("s", { ...liked(1), id: "0" }), [
    "ledger",
  ]],
];
for (const [what, history, kinds] of LEDGERS) {
  Deno.test(`reckon() sees ${what}`, () => {
    const { findings } = reckon(history, SAID);
    equal(findings.map(({ kind }) => kind), kinds);
  });
}

Deno.test("losses() sees what is missing, and what stands in a wrong place", () => {
  const through = { until: Infinity };
  const given = [LIKE, ...ROSES].map((event, at) => ({
    ...{ event, by, at },
    through,
  }));
  const kinds = (history: Written[], isWhole: boolean) => {
    const dues = given.map((one) => Object.assign(one, { sessionId: "s" }));
    return losses(history, given, dues, () => isWhole).map(({ kind }) => kind);
  };
  equal(kinds(ledger("s", liked(1), gifted(0, 1), gifted(1, 2)), true), []);
  equal(kinds(ledger("s", liked(1), gifted(1, 3)), true), ["lost"]);
  equal(kinds(ledger("s", liked(1), gifted(0, 1)), true), ["lost"]);
  equal(kinds(ledger("s", liked(1), gifted(0, 1)), false), []);
  given.push({ event: LIKE, by, through, at: 3 }); // brought again
  equal(kinds(ledger("s", liked(1), gifted(0, 1)), false), []);
  equal(kinds(ledger("s", gifted(0, 1), liked(1), gifted(1, 2)), true), [
    "order",
  ]);
});
