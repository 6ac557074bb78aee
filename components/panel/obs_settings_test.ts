import { deepStrictEqual as equal } from "node:assert";
import { withRule } from "./obs_settings.ts";

Deno.test("withRule() changes one rule and leaves the others", () => {
  const last = { at: 1, scene: "Host", result: "done" } as const;
  const rules = [
    { when: "opened", scene: "Game", delay: 0, last: null },
    { when: "frozen", scene: "Host", delay: 2, last },
  ] as const;
  equal(withRule([...rules], "frozen", { scene: "Game", delay: 0 }), {
    opened: { scene: "Game", delay: 0 },
    frozen: { scene: "Game", delay: 0 },
  });
  equal(withRule([...rules], "opened", null), {
    frozen: { scene: "Host", delay: 2 },
  });
});
