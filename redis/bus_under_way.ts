/**
 * One ask to one owner: said, listened to while the owner is at it, and over
 * when it is answered, fails or falls silent.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { type AwayCode, AwayError } from "@/core/desk.ts";
import { SILENCE_MS, type ToMember, type Words } from "./bus.ts";
import { NO_OWNER } from "./bus_owner_heard.ts";
import { reviveError } from "./thrown.ts";

/** What is asked and not answered yet. */
interface Waiting {
  owner: string;
  hear(words: ToMember): void;
  fail(error: Error): void;
}

/** How one ask goes on. */
export interface Asking<T> {
  sends?: boolean;
  /** Before anything is said. */
  onAsk?(id: number): void;
  /** An owner has it. */
  onHeard?(id: number, fail: (error: unknown) => void): void;
  hear(words: ToMember, done: (value: T) => void): void;
}

/** An owner has gone; `heard` if it may have done what was asked. */
export class NoAnswerError extends AwayError {
  override name = "NoAnswerError";
  override readonly code: AwayCode;
  constructor(readonly heard: boolean) {
    super(heard ? UNSURE : NO_OWNER);
    this.code = heard ? "unsure" : "away";
  }
}

const UNSURE =
  "The process that runs the game did not answer in time. Look whether it was done before you try again";

/** Asks that are under way. */
export interface UnderWay {
  /** Says something to an owner. @throws {NoAnswerError} If it is not there. */
  say(to: string, words: Words): Promise<void>;
  /** Asks once. @throws {NoAnswerError} If the owner falls silent. */
  askOwner<T>(
    to: string,
    call: string,
    args: unknown[],
    asking: Asking<T>,
  ): Promise<T>;
  /** An owner has said something. */
  hear(words: ToMember): void;
  /** Fails what was asked of an owner, or of all. */
  fail(owner?: string | null): void;
}

/**
 * None at the beginning.
 *
 * @param publish Says something to an owner; false where it is not there.
 */
export function createUnderWay(
  clock: Clock,
  publish: (to: string, words: Words) => Promise<boolean>,
): UnderWay {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  async function say(to: string, words: Words) {
    if (!await publish(to, words)) throw new NoAnswerError(false);
  }

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
            if (words.type === "failed") reject(failureOf(words));
            else if (words.type !== "busy") hear(words, resolve);
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

  return {
    say,
    askOwner,
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

/** An owner that is none any more, or not yet: another one is asked. */
function failureOf({ name, message }: { name: string; message: string }) {
  return name === "StandbyError"
    ? new NoAnswerError(false)
    : reviveError(name, message);
}
