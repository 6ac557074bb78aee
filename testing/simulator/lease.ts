/**
 * Who leads, where two processes could: a model of what Redis gives them, a
 * lease with a token, and nothing of an older token written. The board that
 * others read is not in it.
 *
 * @module
 */
import { type Live, LogConflictError } from "@/core/ports.ts";
import type { Process, World } from "./world.ts";

/** How long a lease is kept without being claimed again, in ms. */
const LEASE_MS = 2_000;

/** How long after Redis came back only who led may have it, in ms. */
const GRACE_MS = 3_000;

/** One lease for all processes of an evening. */
export class Leases {
  /** Until then it cannot be asked. */
  awayUntil = 0;
  /** Of the newest leader; it grows with each. */
  token = 0;
  /** When somebody began to lead, ms of the evening. */
  readonly taken: number[] = [];
  #owner: string | null = null;
  #until = 0;

  constructor(readonly world: World) {}

  /** The lease as one process reaches it, and what stands before its writes. */
  port(by: Process): { live: Live; guard(): void } {
    const { world } = this;
    let token = 0;
    /** Remembered on the process's own disk. */
    let kept = 0;
    const guard = () => {
      this.#mustBeThere();
      if (this.token <= token) return;
      throw new LogConflictError(`${this.token} leads, not ${token}`);
    };
    const claim = async (held: number) => {
      await world.sleep(0.2 + world.seeded.next() * 3, by);
      this.#mustBeThere();
      if (held > 0 && held === this.token) this.#owner = by.name;
      else if (world.now < this.#until) {
        kept = 0;
        return { token: 0, leader: this.#owner };
      } else if (world.now < this.awayUntil + GRACE_MS) {
        return { token: 0, leader: null };
      } else this.#give(by);
      this.#until = world.now + LEASE_MS;
      token = kept = this.token;
      return { token, leader: by.name };
    };
    const lease: Live["lease"] = {
      ms: LEASE_MS,
      name: by.name,
      remembered: () => Promise.resolve(kept),
      claim,
      mayPresume: () => Promise.resolve(kept > 0),
      presume(held) {
        token = held;
      },
      release: (held) => {
        if (held === this.token) this.#until = 0;
        return Promise.resolve();
      },
    };
    return { live: { ...boardOfNobody, lease }, guard };
  }

  #give(by: Process) {
    [this.#owner, this.token] = [by.name, this.token + 1];
    this.taken.push(this.world.now);
  }

  #mustBeThere() {
    if (this.world.now < this.awayUntil) throw new Error("Redis is away");
  }
}

/** A live store whose board nobody reads. */
const boardOfNobody: Omit<Live, "lease"> = {
  wants: () => "nothing",
  reconcile: () => Promise.resolve(null),
  follow: () => Promise.resolve("level"),
  clear: () => Promise.resolve({ cleared: [], more: false }),
  verify: () => Promise.resolve(true),
  health: () => ({ state: "ok", detail: "" }),
  watch: () => () => {},
};
