/**
 * From one session into the next: what one has counted is counted by no other,
 * and what was sent before a session began earns nothing in it.
 */
import { deepStrictEqual as equal } from "node:assert";
import fc from "fast-check";
import type { LiveEvent } from "@/core/shapes/events.ts";
import { gift, like, nextId } from "@/core/testing.ts";
import { memoryStore } from "@/testing/memory_store.ts";
import { type Evening, openEvening } from "@/testing/evening.ts";

/** Longer than a new memory may take to be kept, in ms. */
const KEPT_MS = 260;

/** An evening, on a machine whose clock is wrong by so many ms. */
function evening(
  name: string,
  play: (it: Evening) => Promise<void>,
): void {
  for (const wrongBy of [0, 600_000, -600_000]) {
    const clock = wrongBy === 0
      ? ""
      : ` (the clock ${wrongBy / 60_000} min ahead)`;
    Deno.test(name + clock, async () => {
      const it = await openEvening(memoryStore(), wrongBy);
      await play(it);
      await it.close();
    });
  }
}

const connect = (it: Evening) =>
  it.command({ type: "connect", channel: "studio" });
const go = (it: Evening, sessionId: string) =>
  it.command({ type: "continueSession", sessionId });
const roses = (total: number, group = "1") =>
  gift("ann", { repeatCount: total, groupId: group });
/** A gift of 1,000 diamonds. */
const whale = () =>
  gift("wim", { giftId: "9", giftName: "Lion", diamonds: 1_000, combo: false });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

evening(
  "a session that is continued counts what its combo grew since any session counted it",
  async (it) => {
    await connect(it);
    const a = await it.begin();
    await it.send(roses(1));
    const b = await it.begin();
    await it.send(roses(50));
    await go(it, a);
    await it.send(roses(51));
    equal([await it.total(a), await it.total(b)], [10, 245]);
  },
);

evening(
  "a session that is continued takes nothing of what TikTok repeats from another",
  async (it) => {
    await connect(it);
    const b = await it.begin();
    await it.send(roses(50));
    const c = await it.begin();
    for (let i = 0; i < 20; i++) await it.send(whale());
    await go(it, b);
    it.cut();
    await it.reconnect();
    equal([await it.total(b), await it.total(c)], [250, 20 * 30_000]);
  },
);

evening(
  "a new session takes nothing of 6,000 messages that are repeated",
  async (it) => {
    await connect(it);
    const d = await it.begin();
    it.cut();
    for (let i = 0; i < 6_000; i++) await it.send(like(`v${i % 50}`, 15));
    await it.reconnect();
    const e = await it.begin();
    it.cut();
    await it.reconnect();
    equal([await it.total(d), await it.total(e)], [6_000, 0]);
  },
);

evening(
  "a session after the end of another and the death of the process takes nothing of it",
  async (it) => {
    await connect(it);
    const f = await it.begin();
    for (let i = 0; i < 20; i++) await it.send(whale());
    await it.command({ type: "endSession" });
    await it.kill();
    const g = await it.begin(); // before anything is repeated
    await it.reconnect();
    equal([await it.total(f), await it.total(g)], [600_000, 0]);
  },
);

evening(
  "a new session with a channel takes nothing that was sent before it",
  async (it) => {
    for (let i = 0; i < 5; i++) await it.send(whale());
    await it.send(roses(7));
    it.pass(3_000);
    const first = await it.begin("studio");
    await it.reconnect();
    equal(await it.total(first), 0);
    await it.send(roses(9));
    equal(await it.total(first), 10);
  },
);

evening("a cut after a session was continued brings it nothing", async (it) => {
  await connect(it);
  const a = await it.begin();
  await it.send(roses(3));
  const b = await it.begin();
  await it.send(roses(4));
  await it.send(whale());
  await go(it, a);
  it.cut();
  await it.reconnect();
  equal([await it.total(a), await it.total(b)], [15, 30_005]);
});

evening(
  "a combo that grew with no game counts from there, also after a restart and a death",
  async (it) => {
    await connect(it);
    await it.send(roses(10));
    const a = await it.begin();
    await it.send(roses(12));
    equal(await it.total(a), 10);
    await it.command({ type: "endSession" });
    await it.send(roses(20));
    await it.restart();
    await it.send(roses(30));
    await sleep(KEPT_MS);
    await it.kill();
    const b = await it.begin();
    await it.send(roses(31));
    equal(await it.total(b), 5);
  },
);

evening(
  "what an outage has kept counts in the session that ran, and in no other",
  async (it) => {
    await connect(it);
    const a = await it.begin();
    it.pass(10_000);
    it.cut();
    await it.send(whale());
    it.pass(60_000);
    await it.reconnect();
    equal(await it.total(a), 30_000);

    it.cut();
    await it.send(whale()); // while a runs
    it.pass(10_000);
    const b = await it.begin();
    it.pass(10_000);
    await it.send(roses(2)); // while b runs
    it.pass(10_000);
    await go(it, a);
    await it.reconnect();
    equal([await it.total(a), await it.total(b)], [60_000, 0]);
  },
);

evening(
  "what was sent while the process was down counts in the session that runs",
  async (it) => {
    await connect(it);
    const a = await it.begin();
    it.pass(10_000);
    it.cut();
    await it.send(whale());
    it.pass(10_000);
    await it.kill();
    await it.reconnect();
    equal(await it.total(a), 30_000);
  },
);

evening(
  "a clock that is set while a session runs costs it nothing",
  async (it) => {
    await connect(it);
    const a = await it.begin();
    for (const wrongBy of [-600_000, 600_000, 0]) {
      it.setClock(wrongBy);
      it.pass(5_000);
      await it.send(whale());
      await it.restart();
      await it.send(whale());
    }
    equal(await it.total(a), 6 * 30_000);
  },
);

Deno.test("a forgotten viewer's combo is known to the room", async () => {
  const it = await openEvening(memoryStore());
  await connect(it);
  const a = await it.begin();
  await it.send(roses(10));
  const b = await it.begin();
  await it.desk.forgetViewer("ann");
  await it.restart();
  await it.send(roses(12));
  equal([await it.total(a), await it.total(b)], [50, 10]);
  await it.close();
});

/** What may happen, one after the other; numbers choose among what there is. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("send" as const), n: fc.nat(11) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...["new", "continue", "end", "restart", "kill"] as const,
        ...["cut", "reconnect", "clock"] as const,
      ),
      n: fc.nat(50),
    }),
  },
);

/** A message by number: a like, a gift, or a combo that has grown. */
function message(n: number, combos: Map<string, number>): LiveEvent {
  if (n < 3) return like(`v${n}`, 15);
  if (n < 5) return gift(`v${n}`, { combo: false });
  const group = `${n % 3}g`;
  const total = (combos.get(group) ?? 0) + 1 + n % 4;
  combos.set(group, total);
  return gift("ann", { repeatCount: total, groupId: group, id: nextId() });
}

/** What each session should have of each message. */
function createModel() {
  const sessions = new Map<string, Map<string, number>>();
  const seen = new Set<string>();
  const units = new Map<string, number>();
  const sentIn = new Map<string, string | null>();
  let running: string | null = null;
  let isUnkept = false;
  return {
    sessions,
    running: () => running,
    /** Whether something was noted lately that no ledger has. */
    isUnkept: () => isUnkept,
    run(id: string | null) {
      running = id;
      isUnkept = false;
      if (id && !sessions.has(id)) sessions.set(id, new Map());
    },
    sends: ({ id }: LiveEvent) => void sentIn.set(id, running),
    arrives(event: LiveEvent) {
      if (seen.has(event.id)) return;
      seen.add(event.id);
      let points = event.type === "like" ? 1 : 5;
      if (event.type === "gift" && event.combo) {
        const before = units.get(event.groupId) ?? 0;
        points = 5 * Math.max(0, event.repeatCount - before);
        units.set(event.groupId, Math.max(before, event.repeatCount));
      }
      if (running === null || sentIn.get(event.id) !== running) {
        isUnkept = true;
        return;
      }
      if (points > 0) sessions.get(running)!.set(event.id, points);
    },
  };
}

Deno.test("every message earns in at most one session, in the one that ran when it was sent", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      async (steps) => {
        const it = await openEvening(memoryStore());
        const model = createModel();
        const combos = new Map<string, number>();
        const ids: string[] = [];
        await connect(it);
        const arriveAll = () => it.sent.forEach(model.arrives);
        for (const { do: what, n } of steps) {
          it.pass(3_000 + 100 * n);
          switch (what) {
            case "send": {
              const event = message(n, combos);
              model.sends(event);
              await it.send(event);
              if (it.isUp()) model.arrives(event);
              break;
            }
            case "new": {
              const id = await it.begin();
              ids.push(id);
              model.run(id);
              break;
            }
            case "continue": {
              if (ids.length === 0) break;
              const id = ids[n % ids.length]!;
              await go(it, id);
              model.run(id);
              break;
            }
            case "end":
              if (model.running() === null) break;
              await it.command({ type: "endSession" });
              model.run(null);
              break;
            case "restart":
              await it.restart();
              break;
            case "kill":
              if (model.isUnkept()) await sleep(KEPT_MS);
              await it.kill();
              break;
            case "cut":
              it.cut();
              break;
            case "reconnect":
              await it.reconnect();
              arriveAll();
              break;
            case "clock":
              it.setClock((n - 25) * 60_000);
          }
        }
        await it.desk.view("current");
        for (const id of ids) {
          equal(await it.earned(id), model.sessions.get(id));
        }
        await it.close();
      },
    ),
    { numRuns: 50 },
  );
});
