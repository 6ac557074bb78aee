/**
 * A press of a button on a Stream Deck: given as a command, once, however often
 * the key bounces or the program that sends it tries again.
 *
 * @module
 */
import type { Command } from "@/core/shapes/commands.ts";
import type { Desk, Outcome } from "@/core/desk.ts";
import { unlessAway } from "./away.ts";
import type { State } from "./define.ts";
import { problem } from "./problem.ts";

/** Repeats of one button of one key within this time count once, in ms. */
export const REPEAT_MS = 300;

interface Press {
  /** By the clock that only runs forward. */
  at: number;
  outcome: Promise<Outcome>;
}

/** Presses of lately, by key and button, for each desk. */
const lately = new WeakMap<Desk, Map<string, Press>>();

/** Presses a button; 200 recorded, 409 refused, 503 not heard. A repeat is answered the same. */
export async function press(
  { desk, metrics, site, caller }: State,
  button: string,
  commandNow: () => Command,
): Promise<Response> {
  const presses = lately.get(desk) ?? new Map<string, Press>();
  lately.set(desk, presses);
  const at = site.clock.elapsed();
  for (const [name, old] of presses) {
    if (at - old.at >= REPEAT_MS) presses.delete(name);
  }
  const name = `${caller?.keyId ?? ""} ${button}`;
  let one = presses.get(name);
  if (!one) {
    const command = commandNow();
    one = { at, outcome: desk.submit(command) };
    presses.set(name, one);
    const outcome = await unlessAway(one.outcome, (code) => {
      // The next press is no repeat of one that was not heard.
      if (presses.get(name) === one) presses.delete(name);
      metrics.countCommand(command.type, code);
    });
    metrics.countCommand(command.type, outcome.ok ? "ok" : outcome.code);
  }
  const outcome = await one.outcome;
  return outcome.ok
    ? Response.json(outcome)
    : problem(409, outcome.reason, { members: { ...outcome } });
}
