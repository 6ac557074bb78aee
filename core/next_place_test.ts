import { deepStrictEqual as equal } from "node:assert";
import { missingToNext } from "./next_place.ts";
import { ask, gift, like, play, started, T0 } from "./testing.ts";

const lacks = (session: ReturnType<typeof started>, id: string, now = T0) => {
  const found = missingToNext(session, session.tallies.get(id)!, now);
  if (!found) return null;
  const { above, ...rest } = found;
  return { above: above.id, ...rest };
};

Deno.test("what is missing passes the place above, and one like less does not", () => {
  const session = started();
  play(session, [gift("ann", { repeatCount: 2 }), like("bob", 20)]);
  equal(lacks(session, "ann"), null);
  equal(lacks(session, "bob"), {
    ...{ above: "ann", points: 10, likes: 145 },
    gifts: [{ name: null, diamonds: 1, units: 2 }],
  });
  play(session, [like("bob", 144)]);
  equal(session.tallies.get("bob")!.points, 10);
  equal(session.order.rankOf(session.tallies.get("bob")!), 2);
  play(session, [like("bob", 1)]);
  equal(session.order.rankOf(session.tallies.get("bob")!), 1);
});

Deno.test("what is missing is told in the viewer's own gifts and by the boost in force", () => {
  const session = started();
  play(session, [gift("ann", { repeatCount: 9 })]);
  play(session, [
    gift("bob", { giftId: "7", giftName: "Cap", diamonds: 9, combo: false }),
  ]);
  // Bob leads with 54 of 45 points; ann lacks 10.
  equal(lacks(session, "ann"), {
    ...{ above: "bob", points: 10, likes: 150 },
    gifts: [{ name: "Rose", diamonds: 1, units: 2 }],
  });
  ask(session, { type: "boost", times: 5, seconds: 60, of: "all" });
  const boosted = lacks(session, "ann", T0 + 1)!;
  equal([boosted.likes, boosted.gifts[0]!.units], [30, 1]);
});

Deno.test("who is not on the board has no place above", () => {
  const session = started();
  play(session, [gift("ann"), gift("bob"), like("cid", 1)]);
  ask(session, { type: "sitOut", viewerId: "bob" });
  equal([lacks(session, "bob"), lacks(session, "cid")], [null, null]);
});
