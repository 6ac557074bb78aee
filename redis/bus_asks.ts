/**
 * What a member asks of the owner: once, in parts, or with parts of its own.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { AwayError } from "@/core/desk.ts";
import { whyOf } from "@/core/why.ts";
import { PATIENCE_MS, type Words } from "./bus.ts";
import { createGate, createInflow, type Gate, sendParts } from "./bus_flow.ts";
import type { Gone, OwnerHeard } from "./bus_owner_heard.ts";
import {
  createUnderWay,
  NoAnswerError,
  type UnderWay,
} from "./bus_under_way.ts";
import { ignoreAway } from "./thrown.ts";

/** The asks of a member. */
export interface Asks extends Pick<UnderWay, "hear" | "fail"> {
  /** Asks one owner after the other; see `BusMember`. */
  ask(call: string, args: unknown[]): Promise<unknown>;
  flow(call: string, args: unknown[]): AsyncGenerator<string>;
  send(call: string, lines: AsyncIterable<string>): Promise<unknown>;
}

/**
 * @param publish Says something to an owner; false where it is not there.
 */
export function createAsks(
  clock: Clock,
  owner: OwnerHeard,
  publish: (to: string, words: Words) => Promise<boolean>,
): Asks {
  const { say, askOwner, hear, fail } = createUnderWay(clock, publish);

  /** Asks one owner after the other, while that does no harm. */
  async function insist<T>(
    once: (to: string) => Promise<T>,
    isHarmless: boolean,
  ): Promise<T> {
    const deadline = clock.elapsed() + PATIENCE_MS;
    let gone: Gone | null = null;
    for (;;) {
      const to = await owner.by(deadline, gone);
      try {
        return await once(to);
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error;
        if (error.heard && !isHarmless) throw error;
        if (clock.elapsed() > deadline) throw error;
        gone = { owner: to, at: clock.elapsed() };
      }
    }
  }

  async function* flow(call: string, args: unknown[]): AsyncGenerator<string> {
    const to = await owner.by(clock.elapsed() + PATIENCE_MS, null);
    let askId = 0;
    const tell = (type: "more" | "stop") => {
      say(to, { type, id: askId }).catch(ignoreAway);
    };
    const inflow = createInflow({
      onTaken: () => tell("more"),
      onStop: () => tell("stop"),
    });
    askOwner<void>(to, call, args, {
      onAsk: (id) => askId = id,
      hear(words, done) {
        if (words.type === "part") inflow.put(words.lines);
        else if (words.type === "end") done();
      },
    }).then(inflow.end, inflow.fail);
    yield* inflow.lines;
  }

  async function send(
    call: string,
    lines: AsyncIterable<string>,
  ): Promise<unknown> {
    const gate: Gate = createGate();
    try {
      return await insist((to) =>
        askOwner<unknown>(to, call, [], {
          sends: true,
          onHeard: (id, fail) =>
            void sendAll({ say, to, id, lines, gate }).catch(fail),
          hear(words, done) {
            if (words.type === "more") gate.open();
            else if (words.type === "answer") done(words.value);
          },
        }), false);
    } finally {
      gate.shut(new AwayError("It was answered before all was sent"));
    }
  }

  return {
    ask: (call, args) =>
      insist((to) =>
        askOwner<unknown>(to, call, args, {
          hear(words, done) {
            if (words.type === "answer") done(words.value);
          },
        }), true),
    flow,
    send,
    hear,
    fail,
  };
}

/** @throws What the lines throw, after the owner was told to forget them. */
async function sendAll(
  { say, to, id, lines, gate }: {
    say: UnderWay["say"];
    to: string;
    id: number;
    lines: AsyncIterable<string>;
    gate: Gate;
  },
): Promise<void> {
  try {
    await sendParts(
      lines,
      gate,
      (part) => say(to, { type: "part", id, lines: part }),
    );
    await say(to, { type: "end", id, failed: null });
  } catch (error) {
    const failed = whyOf(error);
    await say(to, { type: "end", id, failed }).catch(ignoreAway);
    throw error;
  }
}
