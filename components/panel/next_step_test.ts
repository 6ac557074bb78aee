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
  strictEqual(nextStep("off", idle), "connect");
  strictEqual(nextStep("failed", idle), "connect");
  strictEqual(nextStep("offline", idle), "start");
  strictEqual(nextStep("live", idle), "start");
  const open = { phase: "open", stage: null, viewers: 9 } as const;
  strictEqual(nextStep("live", open), "freeze");
  strictEqual(nextStep("live", { ...open, phase: "closing" }), "wait");
  const frozen = { ...open, phase: "frozen" } as const;
  strictEqual(nextStep("live", frozen), "winner");
  strictEqual(nextStep("live", { ...frozen, stage: winner }), "open");
});

Deno.test("nextStep() does not ask for a winner of an empty board", () => {
  const frozen = { phase: "frozen", stage: null, viewers: 0 } as const;
  strictEqual(nextStep("live", frozen), "open");
});
