/**
 * A short run under mutated frames; the program itself (`mutated_run.ts`) runs
 * for as long as one likes. `MUTATED_SEED` plays a run again.
 */
import { deepStrictEqual, ok } from "node:assert";
import { runMutated } from "./mutated_run.ts";

/** Above this, overlays and buttons stand still for an eye to see. */
const LONGEST_MS = 250;
/** Bytes that wait, their unpacked form and what the game makes of them. */
const MOST_MEGABYTES = 500;

Deno.test("no frame holds the program up, takes its memory or cuts it off", async () => {
  const seed = Number(Deno.env.get("MUTATED_SEED") ?? Date.now() % 1_000_000);
  console.log(`Seed ${seed}`);
  const report = await runMutated({ seed, frames: 100 });
  const [slowest] = report.slowest;
  ok(slowest!.ms <= LONGEST_MS, `${slowest!.what}: ${slowest!.ms} ms`);
  const { first, most } = report.megabytes;
  ok(most - first <= MOST_MEGABYTES, `${most} MB`);
  deepStrictEqual(report.inexact, []);
  ok(report.undecodable > 0, "what was refused is not counted");
});
