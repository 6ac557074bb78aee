/**
 * The machine's disk: what is kept, reached by each process through a port of
 * its own that may be slow, fail, or write and say that it could not. What is on
 * its way when a process dies is written, or is not.
 *
 * @module
 */
import type { Batch, Store } from "@/core/ports.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { memoryStore } from "../memory_store.ts";
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

/** A write on its way. */
interface Flight {
  by: Process;
  isCut: boolean;
  land(): Promise<unknown>;
}

const READS = [
  ...["head", "comments", "snapshot", "listSessions", "session", "answer"],
  ...["document", "room", "check"],
] as const;
const WRITES = [
  ...["saveSnapshot", "putSession", "purgeSession", "putAnswer"],
  ...["putDocument", "keepRoom"],
] as const;

type Call = (...args: unknown[]) => Promise<unknown>;

/** One disk for all processes of an evening. */
export class Disk {
  mode: DiskMode = "well";
  /** All entries in the order in which they became durable. */
  readonly history: Written[] = [];
  /** Up to where the ledger of each session is durable. */
  readonly heads = new Map<string, number>();
  readonly #texts = new Set<string>();
  readonly #store = memoryStore();
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
      if (this.world.happens(0.5)) void flight.land().catch(() => {});
    }
  }

  /** The disk as one process reaches it. */
  port(by: Process): Store {
    const store = this.#store as unknown as Record<string, Call>;
    const port: Record<string, unknown> = {};
    for (const name of READS) {
      port[name] = (...args: unknown[]) =>
        this.#read(by, () => store[name]!(...args));
    }
    for (const name of WRITES) {
      port[name] = (...args: unknown[]) => {
        const kept = structuredClone(args);
        return this.#write(by, () => store[name]!(...kept));
      };
    }
    const read = this.#read.bind(this, by);
    const kept = this.#store;
    return {
      ...port as unknown as Store,
      append: (batch) => {
        const copy = structuredClone(batch);
        return this.#write(by, () => this.#append(by, copy));
      },
      async *read(id, after) {
        await read(() => Promise.resolve());
        yield* kept.read(id, after);
      },
      async *listAnswers() {
        await read(() => Promise.resolve());
        yield* kept.listAnswers();
      },
      close() {},
    };
  }

  async #append(by: Process, batch: Batch) {
    const { sessionId, after, entries } = batch;
    const before = await this.#store.head(sessionId);
    await this.#store.append(batch);
    if (before !== after) return; // the same once more
    for (const entry of entries) {
      this.history.push({ sessionId, entry, by, at: this.world.now });
      this.#texts.add(JSON.stringify(entry));
    }
    this.heads.set(sessionId, after + entries.length);
  }

  #delay(): number {
    const { world } = this;
    const ms = world.seeded.next();
    if (this.mode === "slow") return 20 + ms * 2_500;
    return world.happens(0.05) ? 5 + ms * 75 : 0.2 + ms * 4;
  }

  async #write(by: Process, work: () => Promise<unknown>): Promise<void> {
    const { world, mode } = this;
    if (!by.alive) return await never();
    const fails = mode === "failing" && world.happens(0.8);
    const lies = mode === "lying" && world.happens(0.6);
    const flight: Flight = { by, isCut: false, land: work };
    this.#flying.add(flight);
    await world.sleep(this.#delay());
    if (flight.isCut) return await never();
    this.#flying.delete(flight);
    const refused = fails
      ? new Error("The disk cannot write now")
      : await work().then(() => null, (error) => error);
    await world.sleep(this.#delay() / 2, by); // heard by a process that runs
    if (refused) throw refused;
    if (lies) throw new Error("The disk says that it could not write");
  }

  async #read<T>(by: Process, work: () => Promise<T>): Promise<T> {
    if (!by.alive) return await never();
    const { world, mode } = this;
    await world.sleep(mode === "slow" ? this.#delay() / 4 : 0.3, by);
    return await work();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}
