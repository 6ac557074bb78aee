import { strictEqual } from "node:assert";
import { createFakeClock } from "@/testing/fake_clock.ts";
import { createStatus } from "./status.ts";

Deno.test("current() announces the next try as far off as it is, however the clock is set", async () => {
  const clock = createFakeClock();
  const status = createStatus("studio", clock);
  status.set({ state: "waiting", retryAt: clock.wall() + 90_000 });
  clock.jump(-600_000);
  await clock.advance(30_000);
  status.setRoom("1");
  strictEqual(status.current().retryAt! - clock.wall(), 60_000);
  status.set({ state: "looking" });
  strictEqual(status.current().retryAt, null);
});
