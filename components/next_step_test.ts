import { strictEqual } from "node:assert";
import type { Stage } from "@/core/frame.ts";
import { nextStep } from "./next_step.ts";

const winner: Stage = {
  kind: "winner",
  viewerId: "1",
  handle: "som",
  nickname: "Som",
  avatarUrl: null,
  points: 10,
  comment: null,
};

Deno.test("nextStep() leads through an evening in order", () => {
  const idle = { phase: "idle", stage: null, viewers: 0 } as const;
  strictEqual(nextStep("off", idle, null), "connect");
  strictEqual(nextStep("failed", idle, null), "connect");
  strictEqual(nextStep("offline", idle, null), "start");
  strictEqual(nextStep("live", idle, null), "start");
  const open = { phase: "open", stage: null, viewers: 9 } as const;
  strictEqual(nextStep("live", open, null), "freeze");
  strictEqual(
    nextStep("live", { ...open, phase: "closing" }, "closing"),
    "wait",
  );
  const frozen = { ...open, phase: "frozen" } as const;
  strictEqual(nextStep("live", frozen, "closing"), "winner");
  strictEqual(
    nextStep("live", { ...frozen, stage: winner }, "winnerSelected"),
    "open",
  );
});

Deno.test("nextStep() does not ask for a winner of an empty board", () => {
  const frozen = { phase: "frozen", stage: null, viewers: 0 } as const;
  strictEqual(nextStep("live", frozen, "closing"), "open");
});

Deno.test("nextStep() asks for a new winner while the last one is still shown", () => {
  const again = { phase: "frozen", stage: winner, viewers: 5 } as const;
  strictEqual(nextStep("live", again, "closing"), "winner");
  strictEqual(nextStep("live", again, "commentMarked"), "open");
});
