import { ok } from "node:assert";
import { LIMITS } from "./limits.ts";
import { ObsChange } from "./shapes/obs.ts";
import { SettingsChange } from "./shapes/settings.ts";

Deno.test("LIMITS are what a change of the settings is held to", () => {
  const settings = [
    ...["freezeSeconds", "streamDelay"] as const,
    ...["keepCommentsDays", "keepAvatarsDays"] as const,
  ];
  for (const name of settings) {
    holds(name, (n) => SettingsChange.safeParse({ [name]: n }).success);
  }
  for (const name of ["rows", "scale", "volume", "minPoints"] as const) {
    const takes = (n: number) =>
      SettingsChange.safeParse({ overlay: { [name]: n } }).success;
    holds(name, takes);
  }
  holds("ruleDelay", (delay) => {
    const rules = { opened: { scene: "Game", delay } };
    return ObsChange.safeParse({ rules }).success;
  });
});

function holds(name: keyof typeof LIMITS, takes: (n: number) => boolean) {
  const { min, max } = LIMITS[name];
  ok(takes(min) && takes(max), name);
  ok(!takes(min - 1) && !takes(max + 1), name);
}
