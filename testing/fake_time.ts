/**
 * The global timers, `Date.now` and `performance.now`, moved by hand, for code
 * of the browser that takes them as they are. `using time = new FakeTime()` puts
 * the real ones back.
 *
 * @module
 */

interface Timer {
  due: number;
  every: number | null;
  call: () => void;
}

/** Time that stands still until `tick()`. */
export class FakeTime {
  #now = 1_700_000_000_000;
  #last = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    now: Date.now,
    elapsed: performance.now,
  };

  constructor() {
    const clear = (id?: unknown) => void this.#timers.delete(Number(id));
    Object.assign(globalThis, {
      setTimeout: (call: () => void, ms = 0) => this.#add(call, ms, null),
      setInterval: (call: () => void, ms = 0) => this.#add(call, ms, ms),
      clearTimeout: clear,
      clearInterval: clear,
    });
    Date.now = performance.now = () => this.#now;
  }

  #add(call: () => void, ms: number, every: number | null): number {
    this.#timers.set(++this.#last, { due: this.#now + ms, every, call });
    return this.#last;
  }

  /** Lets time pass, calling what is due, in order. */
  tick(ms: number): void {
    const end = this.#now + ms;
    while (true) {
      const due = [...this.#timers].filter(([, { due }]) => due <= end)
        .sort(([, a], [, b]) => a.due - b.due)[0];
      if (!due) break;
      const [id, timer] = due;
      this.#now = Math.max(this.#now, timer.due);
      if (timer.every === null) this.#timers.delete(id);
      else timer.due += Math.max(1, timer.every);
      timer.call();
    }
    this.#now = end;
  }

  [Symbol.dispose](): void {
    const { now, elapsed, ...timers } = this.#real;
    Object.assign(globalThis, timers);
    Date.now = now;
    performance.now = elapsed;
  }
}
