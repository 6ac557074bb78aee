/**
 * Scenes that follow the game: what is switched when, and what came of it. One
 * switch at most waits for its delay; what is newer takes its place.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type {
  Moment,
  Obs,
  ObsState,
  RuleRun,
  SwitchRefusal,
} from "@/core/obs.ts";
import type { ObsRules } from "@/core/shapes/obs.ts";
import { MOMENTS } from "@/core/obs.ts";

/** What rules need. */
interface RulesOptions {
  rules(): ObsRules;
  switchTo(scene: string): Promise<"done" | SwitchRefusal>;
  /** Called when a rule has something new to show. */
  onChange(): void;
  clock: Clock;
}

/** The rules at work. */
interface RulesRunner {
  follow: Obs["follow"];
  /** The switch that waits gives way to the host's hand. */
  yield(): void;
  /** Every rule with its last run. */
  state(): ObsState["rules"];
  close(): void;
}

/** Moments that contradict each other: a switch for one of them is stale. */
const TURNS: Moment[][] = [
  [
    ...["opened", "roundStarted", "lastSeconds", "overtime"] as const,
    ...["paused", "frozen", "ended"] as const,
  ],
  ["winner", "cleared"],
];

/** Starts to follow. */
export function openRules(options: RulesOptions): RulesRunner {
  const { rules, switchTo, onChange, clock } = options;
  const now = clock.wall;
  const runs = new Map<Moment, RuleRun>();
  let waiting: { when: Moment; callOff(): void } | null = null;

  function stop(result: "dropped" | null) {
    if (!waiting) return;
    waiting.callOff();
    const run = runs.get(waiting.when);
    if (run && result) runs.set(waiting.when, { ...run, at: now(), result });
    waiting = null;
  }

  function note(when: Moment, run: RuleRun) {
    runs.set(when, run);
    onChange();
  }

  async function run(
    when: Moment,
    scene: string,
    onSwitched: (scene: string) => void,
  ) {
    waiting = null;
    const result = await switchTo(scene);
    note(when, { at: now(), scene, result });
    if (result === "done") onSwitched(scene);
  }

  return {
    follow(moments, onSwitched) {
      const known = rules();
      const when = moments.findLast((moment) => known[moment] !== undefined);
      const rule = when && known[when];
      const isStale = waiting !== null &&
        (rule !== undefined || moments.some(contradicts(waiting.when)));
      if (isStale) stop("dropped");
      if (!when || !rule) return isStale ? onChange() : undefined;
      const { scene } = rule;
      const wait = rule.delay * 1000;
      // After the writer has answered, however short the wait.
      const turn = () => void run(when, scene, onSwitched);
      waiting = { when, callOff: callAfter(clock, wait, turn) };
      note(when, { at: now() + wait, scene, result: "waiting" });
    },
    yield() {
      if (!waiting) return;
      stop("dropped");
      onChange();
    },
    state: () =>
      MOMENTS.flatMap((when) => {
        const rule = rules()[when];
        return rule ? [{ ...rule, when, last: runs.get(when) ?? null }] : [];
      }),
    close: () => stop(null),
  };
}

function contradicts(waiting: Moment): (moment: Moment) => boolean {
  const turn = TURNS.find((moments) => moments.includes(waiting)) ?? [];
  return (moment) => turn.includes(moment);
}
