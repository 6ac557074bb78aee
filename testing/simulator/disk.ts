/**
 * The machine's disk: Deno KV's rows, reached by each process through a door of
 * its own that may be slow, fail, or write and say that it could not. What is on
 * its way when a process dies is written, or is not: commit by commit, so that
 * what takes several may stay half done.
 *
 * @module
 */
import type { Store } from "@/core/ports.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { kvStore } from "@/stores/kv_store.ts";
import { type Commit, type Door, kvThrough, Rows } from "./kv.ts";
import type { Process, World } from "./world.ts";

/** An entry, by whom and when it was written. */
export interface Written {
  sessionId: string;
  entry: Entry;
  by: Process;
  at: number;
}

/** How the disk is just now. */
export type DiskMode = "well" | "slow" | "failing" | "lying";

/** A commit on its way. */
interface Flight {
  by: Process;
  isCut: boolean;
  land(): Committed;
}

type Committed = Deno.KvCommitResult | Deno.KvCommitError;

const decoder = new TextDecoder();

/** One disk for all processes of an evening. */
export class Disk {
  mode: DiskMode = "well";
  /** All entries in the order in which they became durable. */
  readonly history: Written[] = [];
  /** Up to where the ledger of each session is durable. */
  readonly heads = new Map<string, number>();
  readonly #texts = new Set<string>();
  readonly #rows = new Rows();
  readonly #flying = new Set<Flight>();

  constructor(readonly world: World) {}

  /** Whether an entry is durable, to the letter. */
  has(entry: Entry): boolean {
    return this.#texts.has(JSON.stringify(entry));
  }

  /** A process dies: what it was writing is written at once, or never. */
  cut(by: Process) {
    for (const flight of this.#flying) {
      if (flight.by !== by || flight.isCut) continue;
      flight.isCut = true;
      this.#flying.delete(flight);
      if (this.world.happens(0.5)) resultOf(flight.land);
    }
  }

  /**
   * The disk as one process reaches it.
   *
   * @param guard Throws where the process may not write any more.
   */
  port(by: Process, guard: () => void = () => {}): Store {
    const door: Door = {
      read: (work) => this.#read(by, work),
      commit: (asked) =>
        this.#write(by, () => {
          guard();
          return this.#commit(by, asked);
        }),
    };
    return kvStore(kvThrough(this.#rows, door));
  }

  #commit(by: Process, asked: Commit): Committed {
    const result = this.#rows.commit(asked);
    if (result.ok) this.#note(by, asked);
    return result;
  }

  /** Keeps in mind which entries a commit has made durable. */
  #note(by: Process, { mutations }: Commit) {
    for (const { key: [kind, id], value } of mutations) {
      if (kind !== "log" || typeof id !== "string") continue;
      const pack: Entry[] = JSON.parse(decoder.decode(value as Uint8Array));
      for (const entry of pack) {
        if (entry.seq <= (this.heads.get(id) ?? 0)) continue; // a tail that grew
        this.heads.set(id, entry.seq);
        this.history.push({ sessionId: id, entry, by, at: this.world.now });
        this.#texts.add(JSON.stringify(entry));
      }
    }
  }

  #delay(): number {
    const { world } = this;
    const ms = world.seeded.next();
    if (this.mode === "slow") return 20 + ms * 2_500;
    return world.happens(0.05) ? 5 + ms * 75 : 0.2 + ms * 4;
  }

  async #write(by: Process, work: () => Committed): Promise<Committed> {
    const { world, mode } = this;
    if (!by.alive) return await never();
    const fails = mode === "failing" && world.happens(0.8);
    const lies = mode === "lying" && world.happens(0.6);
    const flight: Flight = { by, isCut: false, land: work };
    this.#flying.add(flight);
    await world.sleep(this.#delay());
    if (flight.isCut) return await never();
    this.#flying.delete(flight);
    const result = fails
      ? new Error("The disk cannot write now")
      : resultOf(work);
    await world.sleep(this.#delay() / 2, by); // heard by a process that runs
    if (result instanceof Error) throw result;
    if (lies) throw new Error("The disk says that it could not write");
    return result;
  }

  async #read<T>(by: Process, work: () => T): Promise<T> {
    if (!by.alive) return await never();
    const { world, mode } = this;
    await world.sleep(mode === "slow" ? this.#delay() / 4 : 0.3, by);
    return work();
  }
}

function resultOf(work: () => Committed): Committed | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
