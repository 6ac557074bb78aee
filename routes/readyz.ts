/**
 * Whether the program can do its work now: write the ledger. Anybody may ask,
 * and each look writes, so that one look answers for all who ask meanwhile.
 *
 * @module
 */
import type { Desk } from "@/core/desk.ts";
import { whyOf } from "@/core/why.ts";
import { define } from "@/routes/(_http)/define.ts";
import { problem } from "./(_http)/problem.ts";

/** How long a look answers for, in ms. */
export const LOOK_MS = 1_000;

interface Readiness {
  /** By the clock that only runs forward. */
  at: number;
  /** Why it cannot, or null. */
  why: Promise<string | null>;
}

const looks = new WeakMap<Desk, Readiness>();

/** `{ ok: true }`, or 503 with what is in the way. */
export const handler = define.handlers({
  /** 200, or 503 with the reason. */
  async GET({ state: { desk, site } }) {
    let look = looks.get(desk);
    const at = site.clock.elapsed();
    if (!look || at >= look.at + LOOK_MS) {
      look = { at, why: whyNot(desk) };
      looks.set(desk, look);
    }
    const why = await look.why;
    return why === null ? Response.json({ ok: true }) : problem(503, why);
  },
});

async function whyNot(desk: Desk): Promise<string | null> {
  try {
    await desk.check();
    return null;
  } catch (error) {
    return whyOf(error);
  }
}
