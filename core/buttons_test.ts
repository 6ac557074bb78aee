import { deepStrictEqual as equal, strictEqual } from "node:assert";
import { BUTTONS, buttonsState, commandOfButton } from "./buttons.ts";
import { Command } from "./shapes/commands.ts";
import { idleFrame } from "./frame.ts";
import { OBS_OFF } from "./obs.ts";

Deno.test("commandOfButton() makes a command of every button in every phase", () => {
  for (const button of BUTTONS) {
    for (
      const phase of [
        "idle",
        "open",
        "closing",
        "paused",
        "frozen",
        "ended",
      ] as const
    ) {
      Command.parse(commandOfButton(button, phase));
    }
  }
});

Deno.test("the toggle freezes an open game, keeps a closing one open, opens a frozen one", () => {
  const type = (phase: Parameters<typeof commandOfButton>[1]) =>
    commandOfButton("toggle", phase).type;
  strictEqual(type("open"), "freeze");
  strictEqual(type("closing"), "cancelFreeze");
  strictEqual(type("frozen"), "open");
  strictEqual(type("paused"), "resume");
});

Deno.test("buttonsState() says what a key can show, in a few bytes", () => {
  const frame = idleFrame(0);
  const stage = {
    kind: "winner",
    viewerId: "1",
    handle: "som",
    nickname: "ส้ม",
    avatarUrl: null,
    points: 5,
    comment: "long ".repeat(100),
  } as const;
  const shown = (change: object, now = 0) =>
    buttonsState({ ...frame, ...change, now }, OBS_OFF, "W");
  strictEqual(shown({ viewers: 7 }).text, "W\n7");
  equal(
    [shown({ phase: "closing", countdownTo: 4_200 }, 100)].map((s) => [
      s.text,
      s.secondsLeft,
    ]),
    [["W\n5", 5]],
  );
  const round = { number: 1, by: "viewer", overtime: 0, target: null } as const;
  const timed = {
    phase: "open",
    round: { ...round, endsAt: 75_000, left: null },
  };
  equal([shown(timed, 100).text, shown(timed, 100).secondsLeft], [
    "W\n1:15",
    75,
  ]);
  const paused = {
    phase: "paused",
    round: { ...round, endsAt: null, left: 9_000 },
  };
  strictEqual(shown(paused).text, "W\n0:09");
  strictEqual(shown({ stage }).winner, "ส้ม");
  strictEqual(JSON.stringify(shown({ stage })).length < 200, true);
});
