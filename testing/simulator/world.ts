/**
 * The world of a simulated evening: virtual time, one source of chance, and
 * processes that can be killed, frozen and woken. It hands its time and chance
 * out through the program's own ports, so that nothing of the machine is
 * replaced but its hash.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers";
import type { Chance } from "@/core/chance.ts";
import { createSeeded, type Seeded } from "@/core/seeded.ts";
import { type Clock, waitingTurns } from "@/ingest/clock.ts";

/** When evenings begin, Unix ms. */
const BEGIN = 1_790_000_000_000;
/** More timers than an evening has that comes to an end. */
const MOST_TURNS = 200_000;
/** More turns of the loop than anything takes that comes to rest. */
const MOST_AT_ONCE = 20_000;

// The machine's hashes on a thread of its own, in a time that is none of here.
crypto.subtle.digest = (_algorithm, bytes) => {
  const hash = createHash("sha256").update(
    new Uint8Array(bytes as ArrayBuffer),
  );
  return Promise.resolve(new Uint8Array(hash.digest()).buffer);
};

/** A process of the evening. */
export class Process {
  alive = true;
  /** Until then nothing of it runs: SIGSTOP, or a laptop's lid. */
  frozenUntil = 0;
  readonly name: string;
  /** Its time and chance; it begins now. */
  readonly clock: Clock;
  constructor(number: number, world: World) {
    this.name = `p${number}`;
    this.clock = world.clockOf(this);
  }
}

interface Timer {
  due: number;
  order: number;
  owner: Process | null;
  call: (() => void) | null;
  /** Lets go of what waits for it, where it will never be called. */
  forget?: () => void;
}

/** Time, chance and what waits for them. */
export class World {
  /** Ms since the evening began; only runs forward. */
  now = 0;
  /** How wrong the machine's wall clock is, in ms. */
  wrongBy = 0;
  seeded: Seeded = createSeeded(1);
  #heap: Timer[] = [];
  #order = 0;
  #turns = 0;
  #names = 0;
  #isRunning = false;

  /** Chance begins anew, so that a step is the same whatever came before it. */
  sow(seed: number) {
    this.seeded = createSeeded(seed);
  }

  /** Whether something happens that does so with this probability. */
  happens(probability: number): boolean {
    return this.seeded.next() < probability;
  }

  /** From 0 to below `n`, whole. */
  below(n: number): number {
    return this.seeded.between(0, n - 1);
  }

  /** TikTok's clock, Unix ms: nobody sets it. */
  theirs(): number {
    return Math.floor(BEGIN + this.now);
  }

  /** Calls after `ms`, unless the owner is dead by then; what calls it off. */
  after(ms: number, call: () => void, owner: Process | null): () => void {
    const timer = this.#timer(ms, call, owner);
    return () => timer.call = null;
  }

  #timer(ms: number, call: () => void, owner: Process | null): Timer {
    const timer: Timer = {
      due: this.now + Math.max(0, ms),
      order: this.#order++,
      ...{ owner, call },
    };
    this.#push(timer);
    return timer;
  }

  /** Nothing happens any more; what waited is let go. */
  end() {
    for (const { forget } of this.#heap) forget?.();
    this.#heap = [];
  }

  /** Resolves after `ms`; never, where its owner has died meanwhile. */
  sleep(ms: number, owner: Process | null = null): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve, owner));
  }

  /** Time and chance of a process, which begins now. */
  clockOf(owner: Process): Clock {
    const began = this.now;
    return {
      wall: () => Math.floor(BEGIN + this.now + this.wrongBy),
      elapsed: () => this.now - began,
      random: () => this.seeded.next(),
      after: (ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve();
          const wake = () => {
            timer.call = null;
            signal.removeEventListener("abort", wake);
            resolve();
          };
          const timer = this.#timer(ms, wake, owner);
          timer.forget = () => signal.removeEventListener("abort", wake);
          signal.addEventListener("abort", wake);
        }),
    };
  }

  /** Chance as the program draws and names by it. */
  chance(): Chance {
    return {
      choose: (n) => this.below(n),
      name: () => `name-${++this.#names}`,
    };
  }

  /**
   * Lets time pass. After each timer everything that follows from it has its
   * turn.
   *
   * @throws {Error} Where it is let pass twice at once, or never ends.
   */
  async run(ms: number): Promise<void> {
    if (this.#isRunning) throw new Error("Time is let pass twice at once");
    this.#isRunning = true;
    const end = this.now + ms;
    try {
      await rest();
      while (this.#heap.length > 0 && this.#heap[0]!.due <= end) {
        await this.#fire(this.#pop());
      }
      this.now = Math.max(this.now, end);
    } finally {
      this.#isRunning = false;
    }
  }

  async #fire(timer: Timer) {
    const { owner, call } = timer;
    if (call === null) return;
    if (owner?.alive === false) return timer.forget?.();
    if (owner && owner.frozenUntil > timer.due) {
      timer.due = owner.frozenUntil;
      return this.#push(timer);
    }
    this.now = Math.max(this.now, timer.due);
    call();
    if (++this.#turns > MOST_TURNS) throw new Error("It never comes to rest");
    await rest();
  }

  #push(timer: Timer) {
    const heap = this.#heap;
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!isSooner(heap[i]!, heap[up]!)) break;
      [heap[i], heap[up]] = [heap[up]!, heap[i]!];
      i = up;
    }
  }

  #pop(): Timer {
    const heap = this.#heap;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    heap[0] = last;
    for (let i = 0;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        const isThere = child < heap.length;
        if (isThere && isSooner(heap[child]!, heap[least]!)) least = child;
      }
      if (least === i) return top;
      [heap[i], heap[least]] = [heap[least]!, heap[i]!];
      i = least;
    }
  }
}

function isSooner(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

/** Whatever is ready runs, and what works in turns of its own gets on. */
async function rest(): Promise<void> {
  for (let n = 0; n === 0 || waitingTurns() > 0; n++) {
    if (n > MOST_AT_ONCE) throw new Error("It never comes to rest");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
