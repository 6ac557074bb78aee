/**
 * What a member asks of the owner, and has no answer to yet.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { type AwayCode, AwayError } from "@/core/desk.ts";
import { whyOf } from "@/core/why.ts";
import { PATIENCE_MS, SILENCE_MS, type ToMember, type Words } from "./bus.ts";
import { createGate, createInflow, type Gate, sendParts } from "./bus_flow.ts";
import { type Gone, NO_OWNER, type OwnerHeard } from "./bus_owner_heard.ts";
import { ignoreAway, reviveError } from "./thrown.ts";

/** What is asked and not answered yet. */
interface Waiting {
  owner: string;
  hear(words: ToMember): void;
  fail(error: Error): void;
}

/** How one ask goes on. */
interface Asking<T> {
  sends?: boolean;
  /** Before anything is said. */
  onAsk?(id: number): void;
  /** An owner has it. */
  onHeard?(id: number, fail: (error: unknown) => void): void;
  hear(words: ToMember, done: (value: T) => void): void;
}

/** An owner has gone; `heard` if it may have done what was asked. */
class NoAnswerError extends AwayError {
  override name = "NoAnswerError";
  override readonly code: AwayCode;
  constructor(readonly heard: boolean) {
    super(heard ? UNSURE : NO_OWNER);
    this.code = heard ? "unsure" : "away";
  }
}

const UNSURE =
  "The process that runs the game did not answer in time. Look whether it was done before you try again";

/** The asks of a member. */
export interface Asks {
  /** Asks one owner after the other; see `BusMember`. */
  ask(call: string, args: unknown[]): Promise<unknown>;
  flow(call: string, args: unknown[]): AsyncGenerator<string>;
  send(call: string, lines: AsyncIterable<string>): Promise<unknown>;
  /** An owner has said something. */
  hear(words: ToMember): void;
  /** Fails what was asked of an owner, or of all. */
  fail(owner?: string | null): void;
}

/**
 * @param publish Says something to an owner; false where it is not there.
 */
export function createAsks(
  clock: Clock,
  owner: OwnerHeard,
  publish: (to: string, words: Words) => Promise<boolean>,
): Asks {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  /** Says something to an owner. @throws {NoAnswerError} If it is not there. */
  async function say(to: string, words: Words) {
    if (!await publish(to, words)) throw new NoAnswerError(false);
  }

  /** One ask to one owner. */
  async function askOwner<T>(
    to: string,
    call: string,
    args: unknown[],
    { sends = false, onAsk, onHeard, hear }: Asking<T>,
  ): Promise<T> {
    const id = ++lastId;
    let callOff = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        const listen = () => {
          callOff();
          const gone = () => reject(new NoAnswerError(true));
          callOff = callAfter(clock, SILENCE_MS, gone);
        };
        waiting.set(id, {
          owner: to,
          fail: reject,
          hear(words) {
            listen();
            if (words.type === "failed") {
              // An owner that is none any more, or not yet: another one is asked.
              reject(
                words.name === "StandbyError"
                  ? new NoAnswerError(false)
                  : reviveError(words.name, words.message),
              );
            } else if (words.type !== "busy") hear(words, resolve);
          },
        });
        listen();
        onAsk?.(id);
        say(to, { type: "ask", id, call, args, sends })
          .then(() => onHeard?.(id, reject), reject);
      });
    } finally {
      callOff();
      waiting.delete(id);
    }
  }

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
          onHeard: (id, fail) => void sendAll(to, id, lines, gate).catch(fail),
          hear(words, done) {
            if (words.type === "more") gate.open();
            else if (words.type === "answer") done(words.value);
          },
        }), false);
    } finally {
      gate.shut(new AwayError("It was answered before all was sent"));
    }
  }

  /** @throws What the lines throw, after the owner was told to forget them. */
  async function sendAll(
    to: string,
    id: number,
    lines: AsyncIterable<string>,
    gate: Gate,
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
    hear: (words) => waiting.get(words.id)?.hear(words),
    fail(of) {
      for (const each of waiting.values()) {
        if (of === undefined || each.owner === of) {
          each.fail(new NoAnswerError(true));
        }
      }
    },
  };
}
