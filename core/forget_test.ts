import { deepStrictEqual as equal } from "node:assert";
import { forgetting, viewersIn } from "./forget.ts";
import { gift, ledgerOf, play } from "./testing.ts";

const GUEST = { id: "guest-1", handle: "guest", nickname: "Guest" };

Deno.test("whom a gift was for is somebody to forget, too", () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann", { to: GUEST })]));
  const [first, gifted] = entries;
  if (first?.type !== "started" || gifted?.type !== "gifted") throw gifted;
  const combos: [string, number][] = [
    ["ann|5655|1|guest-1", 1],
    ["bob|5655|1", 1],
  ];
  const begun = { ...first, before: { ids: [], combos } };
  equal(viewersIn(gifted), ["ann", "guest-1"]);
  equal(viewersIn(begun), ["ann", "guest-1", "bob"]);

  const forget = forgetting({
    viewers: new Map([["guest-1", "gone-1"]]),
    comments: false,
    avatars: false,
  });
  const left = JSON.stringify([begun, gifted].map(forget));
  equal(/guest/i.test(left), false, left);
  equal(forget(gifted), {
    ...gifted,
    to: { id: "gone-1", handle: "", nickname: "" },
  });
});
