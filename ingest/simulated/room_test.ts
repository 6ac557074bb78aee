import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { type Incoming, LiveEvent } from "@/core/shapes/events.ts";
import { createFakeClock } from "@/testing/fake_clock.ts";
import type { GameSeen } from "./game_seen.ts";
import { simulatedEvents, simulatedRoom } from "./room.ts";

function take(seed: number, count: number, pace = 10) {
  return simulatedEvents({ seed, pace }).take(count).toArray();
}

function live(events: Incoming[]): LiveEvent[] {
  return events.filter((event) =>
    event.type !== "room" && event.type !== "ended"
  );
}

Deno.test("simulatedEvents() gives the same evening for the same seed", () => {
  deepStrictEqual(take(7, 2_000), take(7, 2_000));
  ok(JSON.stringify(take(7, 100)) !== JSON.stringify(take(8, 100)));
});

Deno.test("simulatedEvents() gives events that fit the product's bounds", () => {
  for (const event of live(take(1, 3_000).map(({ event }) => event))) {
    LiveEvent.parse(event);
  }
});

Deno.test("simulatedEvents() has the troubles of a real room", () => {
  const events = live(take(3, 5_000).map(({ event }) => event));
  const ids = new Set(events.map(({ id }) => id));
  ok(ids.size < events.length, "no message came twice");
  ok(events.some((event, i) => i > 0 && event.at < events[i - 1]!.at));

  const combos = Map.groupBy(
    events.filter((event) => event.type === "gift").filter((g) => g.combo),
    ({ viewer, giftId, groupId }) => `${viewer.id} ${giftId} ${groupId}`,
  );
  const totals = [...combos.values()].map((
    messages,
  ) => [...new Set(messages.map(({ repeatCount }) => repeatCount))]);
  ok(totals.some((told) => told.length < Math.max(...told)), "none skipped");
  const kinds = new Set(events.map(({ type }) => type));
  for (
    const kind of ["like", "gift", "comment", "follow", "share", "question"]
  ) {
    ok(kinds.has(kind as LiveEvent["type"]), `no ${kind}`);
  }
});

Deno.test("simulatedEvents() names only a part of the room's likes", () => {
  let named = 0;
  let room = 0;
  for (const { event } of take(5, 5_000)) {
    if (event.type === "like") named += event.count;
    if (event.type === "room") room = event.likes ?? room;
  }
  ok(room > 3 * named, `${room} in the room, ${named} named`);
});

for (const pace of [2, 10, 200]) {
  Deno.test(`simulatedEvents() keeps a pace of ${pace}`, () => {
    const steps = take(11, pace * 120, pace);
    const seconds = steps.reduce((sum, { afterMs }) => sum + afterMs, 0) / 1e3;
    const rate = steps.length / seconds;
    ok(rate > pace * 0.6 && rate < pace * 1.6, `${rate} a second`);
  });
}

Deno.test("simulatedRoom() plays in time and stops when closed", async () => {
  const clock = createFakeClock();
  const heard: Incoming[] = [];
  const states: string[] = [];
  const room = simulatedRoom({
    seed: 7,
    pace: 10,
    clock,
    onEvents: (events) => heard.push(...events),
    onChange: ({ state }) => states.push(state),
  });
  await clock.advance(60_000);
  ok(heard.length > 300 && heard.length < 1_200, `${heard.length} in a minute`);
  strictEqual(room.connection().state, "live");
  strictEqual(room.counts().events, live(heard).length);
  ok((room.roomViewers() ?? 0) > 0);

  await room.close();
  const before = heard.length;
  await clock.advance(60_000);
  strictEqual(heard.length, before);
  strictEqual(clock.sleeping(), 0);
  deepStrictEqual(states.at(-1), "off");
});

Deno.test("simulatedEvents() leaves what it gave as it was", () => {
  const given = simulatedEvents({ seed: 3, pace: 10 }).take(3_000)
    .map(({ event }) => [event, JSON.stringify(event)] as const).toArray();
  for (const [event, text] of given) strictEqual(JSON.stringify(event), text);
});

Deno.test("a simulated crowd joins teams, makes the most of a boost and fights at the end", () => {
  const play = (game: GameSeen | null) =>
    simulatedEvents({ seed: 4, pace: 20, game: () => game }).take(4_000)
      .toArray();
  const calm: GameSeen = {
    ...{ round: 1, teams: [], isBoosted: false, secondsLeft: null },
  };
  const teams = ["1", "2"].map((join, i) => ({
    ...{ join, points: 100 * i, members: new Set<string>() },
  }));
  const joins = live(play({ ...calm, teams }).map(({ event }) => event))
    .filter((event) => event.type === "comment" && /^[12]$/.test(event.text));
  const viewers = new Set(
    joins.flatMap((event) => "viewer" in event ? [event.viewer.id] : []),
  );
  ok(viewers.size > 100, `${viewers.size} have joined`);
  const first = new Set(joins.map((event) => "text" in event && event.text));
  deepStrictEqual(first, new Set(["1", "2"]));

  const lasts = (events: ReturnType<typeof play>) =>
    events.reduce((sum, { afterMs }) => sum + afterMs, 0);
  ok(lasts(play({ ...calm, isBoosted: true })) < lasts(play(calm)) * 0.7);

  const gifts = (events: ReturnType<typeof play>) =>
    live(events.map(({ event }) => event))
      .filter(({ type }) => type === "gift").length;
  ok(gifts(play({ ...calm, secondsLeft: 9 })) > gifts(play(calm)) * 1.4);
});
