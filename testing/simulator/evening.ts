/**
 * One simulated evening: the program's own desks over a disk, a room, a lease
 * and a host that are none.
 *
 * @module
 */
import type { OpenDesk } from "@/core/desk.ts";
import { whyOf } from "@/core/why.ts";
import { openDesk } from "@/ingest/desk/desk.ts";
import { PACE, type Pace } from "@/ingest/desk/pace.ts";
import { Disk } from "./disk.ts";
import { Host } from "./host.ts";
import { Leases } from "./lease.ts";
import type { Finding } from "./reckoning.ts";
import { Room } from "./room.ts";
import { Timeline } from "./timeline.ts";
import { Process, World } from "./world.ts";

const PEOPLE = 7;
/** More lines than an evening has that comes to an end. */
const MOST_LINES = 50_000;
/** So small that what is rare in an evening of people happens all the time. */
const SMALL: Pace = {
  batch: 7,
  busy: 3,
  calm: 4,
  comments: 3,
  snapshots: { frozen: 10, running: 40 },
};

/** A place for a process: at most one runs in it. */
export interface Seat {
  process: Process | null;
  /** Once it is open. */
  desk: OpenDesk | null;
}

/** All that there is in an evening. */
export class Evening {
  readonly world = new World();
  readonly disk = new Disk(this.world);
  readonly room = new Room(this.world, PEOPLE);
  readonly leases = new Leases(this.world);
  readonly timeline = new Timeline(this.disk.history);
  readonly host = new Host(this);
  readonly log: string[] = [];
  readonly findings: Finding[] = [];
  /** Processes that did not end by themselves. */
  readonly killed = new Set<Process>();
  pace: Pace = PACE;
  #processes = 0;

  /** @param seats One, or one for each process that could lead. */
  constructor(readonly seats: Seat[]) {}

  /** An evening with so many seats, all of them empty. */
  static of(seats: number): Evening {
    return new Evening(
      Array.from({ length: seats }, () => ({ process: null, desk: null })),
    );
  }

  /** What is rare happens all the time from now on. */
  hurry() {
    this.pace = SMALL;
  }

  note(line: string) {
    if (this.log.length > MOST_LINES) return; // it never ends, and has said so
    this.log.push(`${(this.world.now / 1_000).toFixed(3)} ${line}`);
  }

  find(kind: string, words: string) {
    this.findings.push({ kind, words });
    this.note(`!! ${kind}: ${words}`);
  }

  /** Whether several processes could lead. */
  isShared(): boolean {
    return this.seats.length > 1;
  }

  /** One that is open and says that it leads; null where none does. */
  leading(): Seat | null {
    const seats = this.seats.filter(({ process, desk }) =>
      process && desk && desk.token() > 0
    );
    return seats.length > 1 ? this.world.seeded.pick(seats) : seats[0] ?? null;
  }

  /** The next process of a seat starts; it tries again until it can. */
  start(seat: Seat) {
    const { world, disk, room } = this;
    const process = new Process(++this.#processes, world);
    seat.process = process;
    this.note(`${process.name} starts`);
    const shared = this.isShared() ? this.leases.port(process) : null;
    openDesk({
      store: {
        ...disk.port(process, shared?.guard),
        ...(shared && { live: shared.live }),
      },
      connect: (options) => room.connect(process, options),
      rehearsal: false,
      version: "simulated",
      clock: process.clock,
      chance: world.chance(),
      pace: this.pace,
      log: (line) => this.note(`${process.name}: ${line}`),
    }).then((desk) => {
      if (!process.alive) return;
      seat.desk = desk;
      this.note(`${process.name} is up`);
      desk.watchFrames(({ session, seq }) => {
        if (!process.alive || !session) return;
        const durable = disk.heads.get(session.id) ?? 0;
        if (seq > durable) this.find("early", `frame ${seq} of ${durable}`);
      });
    }, (error) => {
      if (!process.alive) return;
      this.note(`${process.name} cannot start: ${whyOf(error)}`);
      this.kill(process, 500);
    });
  }

  /** As `kill -9` does; the next one starts after `ms`. */
  kill(process: Process, ms: number) {
    this.killed.add(process);
    this.#follow(process, ms);
  }

  /** As SIGTERM does. */
  restart(seat: Seat) {
    const { process, desk } = seat;
    if (!process || !desk) return;
    this.note(`SIGTERM ${process.name}`);
    desk.close().then(
      () => process.alive && this.#follow(process, 100),
      (error) => {
        this.note(`${process.name} cannot write all: ${whyOf(error)}`);
        if (process.alive) this.kill(process, 100);
      },
    );
  }

  /** A process is gone; another one starts in its seat. */
  #follow(process: Process, ms: number) {
    process.alive = false;
    const seat = this.seats.find((each) => each.process === process);
    if (!seat) return;
    Object.assign(seat, { process: null, desk: null });
    this.room.forget(process);
    this.disk.cut(process);
    this.world.after(ms, () => this.start(seat), null);
  }
}
