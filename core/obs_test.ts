import { deepStrictEqual as equal, strictEqual } from "node:assert";
import type { Entry } from "./shapes/entries.ts";
import { momentsOf, type Shown } from "./obs.ts";
import { ObsChange } from "./shapes/obs.ts";

const look = (phase: Shown["phase"], stage: Shown["stage"] = null): Shown => ({
  phase,
  stage,
});
const picked: Entry[] = [{
  type: "winnerSelected",
  seq: 9,
  at: 1,
  viewerId: "1",
  rank: 1,
  won: 5,
  points: -5,
  commentId: null,
  choice: "none",
  satOut: false,
}];

const place = { seq: 9, at: 1 };
const started: Entry = {
  ...{ ...place, type: "roundStarted", number: 1, fromZero: false },
  ...{ seconds: 0, endsAt: null, freezeSeconds: 5, streamDelay: 0 },
  ...{ target: null, by: "viewer", overtime: null, bestOf: null },
};
const closing: Entry = {
  ...{ ...place, type: "roundClosing", countdownTo: 6, closesAt: 6 },
};
const overtime = (why: "close" | "none"): Entry => ({
  ...{ ...place, type: "overtimeDecided", why, endsAt: 9 },
});
const goal: Entry = { ...place, type: "goalReached", goalId: "g", step: 1 };

Deno.test("momentsOf() names what a scene follows, the most telling one last", () => {
  const cases: [Shown, Shown, Entry[], string[]][] = [
    [look("idle"), look("open"), [], ["opened"]],
    [look("open"), look("closing"), [], []],
    [look("closing"), look("open"), [], []],
    [look("closing"), look("frozen"), [], ["frozen"]],
    [look("frozen"), look("frozen", "winner"), picked, ["winner"]],
    [look("open"), look("frozen", "winner"), picked, ["frozen", "winner"]],
    [look("frozen", "winner"), look("frozen", "winner"), picked, ["winner"]],
    [look("frozen", "winner"), look("frozen", "winner"), [], []],
    [look("frozen", "winner"), look("frozen"), [], ["cleared"]],
    [look("frozen", "winner"), look("frozen", "comment"), [], []],
    [look("frozen", "winner"), look("open", "winner"), [], ["opened"]],
    [look("open"), look("ended"), [], ["ended"]],
    [look("open"), look("paused"), [], ["paused"]],
    [look("paused"), look("open"), [], []],
    [look("frozen"), look("open"), [started], ["opened", "roundStarted"]],
    [look("open"), look("open"), [started], ["roundStarted"]],
    [look("open"), look("closing"), [closing], ["lastSeconds"]],
    [look("closing"), look("open"), [overtime("close")], ["overtime"]],
    [look("closing"), look("closing"), [overtime("none")], []],
    [look("open"), look("open"), [goal], ["goal"]],
  ];
  for (const [before, after, entries, moments] of cases) {
    equal(momentsOf(before, after, entries), moments);
  }
});

Deno.test("momentsOf() follows undo as it follows the step itself", () => {
  // A winner taken back, who had been picked from an open game.
  equal(momentsOf(look("frozen", "winner"), look("open"), []), [
    "cleared",
    "opened",
  ]);
  equal(momentsOf(look("open"), look("frozen"), []), ["frozen"]);
  equal(momentsOf(look("ended"), look("frozen"), []), ["frozen"]);
});

Deno.test("ObsChange takes addresses as people write them, and no others", () => {
  const address = (text: string) =>
    ObsChange.safeParse({ address: text }).data?.address;
  strictEqual(address(" 127.0.0.1:4455 "), "ws://127.0.0.1:4455");
  strictEqual(address("localhost:4455/"), "ws://localhost:4455");
  strictEqual(address("wss://obs.example"), "wss://obs.example");
  for (const text of ["", "http://127.0.0.1", "ws://me:secret@host", "a b"]) {
    strictEqual(address(text), undefined, text);
  }
  strictEqual(ObsChange.safeParse({ adress: null }).success, false);
});
