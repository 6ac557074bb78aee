/**
 * Plays a plan, and looks whether all of it was right.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { MOST } from "@/stores/kv_limits.ts";
import { Evening } from "./evening.ts";
import { playLine } from "./line.ts";
import {
  lookAtAnswers,
  lookAtBoards,
  lookAtCloses,
  lostIn,
  saidIn,
} from "./looks.ts";
import { KINDS, type Step } from "./plan.ts";
import { type Finding, reckon } from "./reckoning.ts";
import { type StepName, STEPS } from "./steps.ts";

/** How long all is well at the end, in ms: longer than a process is stopped. */
const CALM_MS = 40_000;
/** By then every command has an answer, in ms. */
const ANSWERED_MS = 150_000;
/** Mutations of one commit where what is rare happens all the time. */
const FEW = 4;

/** What became of an evening. */
export interface Result {
  findings: Finding[];
  log: string[];
  entries: number;
  /** Of its log and its ledgers: the same plan has the same one. */
  digest: string;
}

/** Plays the evening of a plan. */
export async function playEvening(plan: Step[]): Promise<Result> {
  if (plan[0]?.does === "line") return await playLine(plan);
  const it = Evening.of(plan[0]?.does === "two" ? 2 : 1);
  const { mutations } = MOST;
  try {
    await playSteps(it, plan);
    await lookAtBoards(it);
    for (const { process } of it.seats) {
      if (process) it.kill(process, 0);
    }
    await it.world.run(8_000);
    await lookAtBoards(it);
  } catch (error) {
    it.find("threw", error instanceof Error ? error.stack! : String(error));
  } finally {
    MOST.mutations = mutations;
  }
  const { findings } = reckon(it.disk.history, saidIn(it));
  it.findings.push(...findings, ...lostIn(it));
  lookAtAnswers(it);
  lookAtCloses(it);
  for (const { process } of it.seats) if (process) process.alive = false;
  it.world.end();
  return resultOf(it);
}

async function playSteps(it: Evening, plan: Step[]) {
  const { world, disk, host } = it;
  for (const { does, seed, ms } of plan) {
    world.sow(seed);
    if (isKind(does)) await begin(it);
    else await STEPS[does as StepName].act(it);
    await world.run(ms);
  }
  world.sow(1);
  disk.mode = "well";
  for (let ms = 0; ms < ANSWERED_MS; ms += CALM_MS) {
    await world.run(CALM_MS);
    if (host.waiting === 0) break;
  }
  if (host.waiting > 0) it.find("hang", `${host.waiting} commands wait`);
}

function isKind(does: Step["does"]): boolean {
  return (KINDS as readonly string[]).includes(does);
}

async function begin(it: Evening) {
  if (it.world.happens(0.5)) {
    it.hurry();
    MOST.mutations = FEW;
  }
  for (const seat of it.seats) {
    it.start(seat);
    await it.world.run(300);
  }
  void it.host.ask({ type: "connect", channel: "host" });
}

function resultOf({ findings, log, disk: { history } }: Evening): Result {
  const hash = createHash("sha256").update(log.join("\n"));
  for (const { entry } of history) hash.update(JSON.stringify(entry));
  const different = new Map(findings.map((one) => [one.kind + one.words, one]));
  return {
    findings: [...different.values()],
    ...{ log, entries: history.length, digest: hash.digest("hex") },
  };
}
