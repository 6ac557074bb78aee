/**
 * What members have asked and is being answered: once, in parts, or with parts
 * of theirs taken in.
 *
 * @module
 */
import { callEvery, type Clock } from "@/core/clock.ts";
import { AwayError } from "@/core/desk.ts";
import { errorOf } from "@/core/why.ts";
import {
  HEARTBEAT_MS,
  MOST_FLOWS,
  type ToMember,
  type ToOwner,
} from "./bus.ts";
import {
  createGate,
  createInflow,
  type Gate,
  type Inflow,
  sendParts,
} from "./bus_flow.ts";

/** What members may ask for, by name. */
export interface Calls {
  /** Answered once. */
  answers: Record<string, (...args: never[]) => unknown>;
  /** The answers that leave everything as it is. */
  reads: ReadonlySet<string>;
  /** Answered in parts. */
  flows: Record<
    string,
    (
      ...args: never[]
    ) => Promise<AsyncIterable<string> | null> | AsyncIterable<string>
  >;
  /** Take parts in, and answer once. */
  intakes: Record<string, (lines: AsyncIterable<string>) => Promise<unknown>>;
}

type Ask = Extract<ToOwner, { type: "ask" }>;
/** What a member says of an ask of its own. */
export type OfWork = Exclude<ToOwner, { type: "ask" | "here" | "gone" }>;

/** An ask under way. */
interface Work {
  gate: Gate;
  inflow: Inflow | null;
  isFlow: boolean;
}

/** What answering needs. */
interface WorksOptions {
  clock: Clock;
  calls: Calls;
  /** Answers; false where the member is not there to hear it. */
  say(member: string, words: ToMember): Promise<boolean>;
  /** Called when an answer follows that may have changed something. */
  beforeAnswer(): void;
}

/** Asks under way. */
export interface Works {
  /** Answers one ask, and says that it is at it while that takes long. */
  begin(ask: Ask): Promise<void>;
  /** Takes what a member says of one of its asks. */
  hear(words: OfWork): void;
  /** Stops what this member asked; all without one. */
  stop(member?: string): void;
}

/** None at the beginning. */
export function createWorks(options: WorksOptions): Works {
  const { clock, calls, say } = options;
  /** By member and ask. */
  const works = new Map<string, Work>();

  async function begin(ask: Ask): Promise<void> {
    const { from, id } = ask;
    const name = nameOf(from, id);
    if (works.has(name)) return;
    const work = workOf(ask);
    works.set(name, work);
    const stopSaying = callEvery(
      clock,
      HEARTBEAT_MS,
      () => say(from, { id, type: "busy" }),
    );
    try {
      await (work.isFlow ? flow(ask, work) : answer(ask, work));
    } catch (error) {
      const { name, message } = errorOf(error);
      await say(from, { id, type: "failed", name, message });
    } finally {
      stopSaying();
      works.delete(name);
    }
  }

  function workOf({ from, id, call, sends }: Ask): Work {
    return {
      gate: createGate(),
      inflow: sends
        ? createInflow({
          onTaken: () => void say(from, { id, type: "more" }),
          onStop: () => {},
        })
        : null,
      isFlow: Object.hasOwn(calls.flows, call),
    };
  }

  async function flow({ from, id, call, args }: Ask, { gate }: Work) {
    if (flowsNow() > MOST_FLOWS) {
      throw new AwayError(
        `${MOST_FLOWS} exports are being read already; try again in a moment`,
      );
    }
    const lines = await calls.flows[call]!(...args as never[]);
    if (lines) {
      await sendParts(lines, gate, async (part) => {
        const heard = await say(from, { id, type: "part", lines: part });
        if (!heard) throw new AwayError("The reader has gone");
      });
    }
    await say(from, { id, type: "end" });
  }

  async function answer({ from, id, call, args }: Ask, { inflow }: Work) {
    const value = inflow
      ? await calls.intakes[call]!(inflow.lines)
      : await callOf(calls, call)(...args as never[]);
    if (!calls.reads.has(call)) options.beforeAnswer();
    await say(from, { id, type: "answer", value: value ?? null });
  }

  function flowsNow(): number {
    let flows = 0;
    for (const work of works.values()) if (work.isFlow) flows++;
    return flows;
  }

  return {
    begin,
    hear(words) {
      const work = works.get(nameOf(words.from, words.id));
      if (!work) return;
      if (words.type === "part") work.inflow?.put(words.lines);
      else if (words.type === "end") endInflow(work, words.failed);
      else if (words.type === "more") work.gate.open();
      else stop(work);
    },
    stop(member) {
      for (const [name, work] of works) {
        if (!member || name.startsWith(`${member} `)) stop(work);
      }
    },
  };
}

function endInflow({ inflow }: Work, failed: string | null) {
  if (failed === null) inflow?.end();
  else inflow?.fail(new Error(failed));
}

function stop(work: Work) {
  work.gate.shut(new AwayError("Nobody reads on"));
  work.inflow?.fail(new AwayError("The sender has gone"));
}

function callOf({ answers }: Calls, call: string) {
  if (Object.hasOwn(answers, call)) return answers[call]!;
  throw new RangeError(`Cannot answer "${call}": there is no such call`);
}

function nameOf(member: string, id: number): string {
  return `${member} ${id}`;
}
