/**
 * What can happen in an evening, each with how often it comes up against the
 * others. A step is one line of this table.
 *
 * @module
 */
import { DEFAULT_RATES } from "@/core/rates.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { DiskMode } from "./disk.ts";
import type { Evening, Seat } from "./evening.ts";
import { type Act, ACTS } from "./room.ts";

/** A step: how often it comes up, and what it does or begins. */
interface Kind {
  weight: number;
  act(it: Evening): void | Promise<void>;
}

const MODES: DiskMode[] = ["well", "slow", "failing", "lying"];
const LIKES = [[10, 15], [7, 11], [1, 3]] as const;
const CLOCK_JUMPS = [-600_000, -3_000, 3_000, 600_000];

/** Something happens in the room. */
const room = (weight: number, act: Act): Kind => ({
  weight,
  act: (it) => it.room.act(act),
});

/** The host presses something; nothing where it gives no command. */
const asks = (
  weight: number,
  commandOf: (it: Evening) => Command | null,
): Kind => ({
  weight,
  act(it) {
    const command = commandOf(it);
    if (command) void it.host.ask(command);
  },
});

/** Something happens to a process that runs. */
const hits = (
  weight: number,
  hit: (it: Evening, seat: Seat) => void,
): Kind => ({
  weight,
  act(it) {
    const seat = it.world.seeded.pick(it.seats);
    if (seat.process) hit(it, seat);
  },
});

const anybody = ({ world, room }: Evening) => world.seeded.pick(room.people).id;

/** Much of everything happens in the room. */
function burst({ world, room }: Evening) {
  for (let n = 20 + world.below(60); n > 0; n--) {
    room.act(world.seeded.pick(ACTS));
  }
}

/** All of them, by name. */
export const STEPS = {
  like: room(22, "like"),
  gift: room(10, "gift"),
  grow: room(16, "grow"),
  comment: room(8, "comment"),
  follow: room(3, "follow"),
  share: room(2, "share"),
  burst: { weight: 2, act: burst },
  /** Everything at once, and the process dies in the midst of it. */
  crush: {
    weight: 1,
    act(it) {
      const { world, disk, host } = it;
      burst(it);
      for (let n = world.below(20); n > 0; n--) it.room.act("comment");
      disk.mode = world.seeded.pick(MODES);
      world.after(100 + world.below(900), () => disk.mode = "well", null);
      const viewerId = anybody(it);
      void host.ask({
        ...{ type: "adjustPoints", viewerId, points: 1, reason: "x" },
      });
      const { process } = world.seeded.pick(it.seats);
      const kill = () => process && it.kill(process, 20 + world.below(900));
      world.after(world.below(250), kill, null);
    },
  },
  /** From one game to another while nothing can be written. */
  hurry: {
    weight: 1,
    act({ world, disk, host }) {
      disk.mode = "failing";
      world.after(1_000 + world.below(6_000), () => disk.mode = "well", null);
      void host.ask({ type: "endSession" });
      const next = () => void host.ask({ type: "newSession" });
      world.after(world.below(500), next, null);
    },
  },
  wait: { weight: 10, act: ({ world }) => world.run(world.below(2_000)) },
  pause: {
    weight: 2,
    act: ({ world }) => world.run(5_000 + world.below(70_000)),
  },
  freeze: asks(3, ({ world }) => ({
    type: "freeze",
    seconds: world.below(4),
  })),
  open: asks(4, () => ({ type: "open" })),
  cancel: asks(1, () => ({ type: "cancelFreeze" })),
  winner: asks(3, ({ world }) => ({
    type: "selectWinner",
    ...(world.happens(0.5) && { comment: "random" }),
  })),
  adjust: asks(3, (it) => ({
    ...{ type: "adjustPoints", viewerId: anybody(it), reason: "x" },
    points: 1 + it.world.below(500),
  })),
  sit: asks(1, (it) => ({
    type: it.world.happens(0.5) ? "sitOut" : "comeBack",
    viewerId: anybody(it),
  })),
  block: asks(1, (it) => ({
    type: it.world.happens(0.4) ? "blockViewer" : "unblockViewer",
    viewerId: anybody(it),
  })),
  rates: asks(1, ({ world }) => {
    const [follower, other] = world.seeded.pick(LIKES);
    const likes = { follower, other };
    const [comment, follow] = [world.below(3), world.below(50)];
    const rates = { ...DEFAULT_RATES, likes, comment, follow };
    return { type: "setRates", rates };
  }),
  undo: asks(3, ({ world, host }) => {
    const seq = world.happens(0.3) ? host.someStep() : null;
    return { type: "undo", ...(seq !== null && { seq }) };
  }),
  redo: asks(1, () => ({ type: "redo" })),
  end: asks(1, () => ({ type: "endSession" })),
  new: asks(2, () => ({ type: "newSession" })),
  continue: asks(
    3,
    ({ world, host: { sessions } }) =>
      sessions.length === 0 ? null : {
        type: "continueSession",
        sessionId: world.seeded.pick(sessions),
      },
  ),
  settings: {
    weight: 1,
    act({ world, host }) {
      const winnersSitOut = world.happens(0.5);
      void host.set({ winnersSitOut, streamDelay: world.below(3) });
    },
  },
  read: { weight: 4, act: ({ host }) => void host.read() },
  drop: { weight: 4, act: ({ room }) => room.drop() },
  disk: {
    weight: 4,
    act(it) {
      const { world, disk } = it;
      disk.mode = world.seeded.pick(MODES);
      it.note(`the disk is ${disk.mode}`);
      const heal = () => disk.mode = "well";
      world.after(200 + world.below(8_000), heal, null);
    },
  },
  kill: hits(2, (it, { process }) => {
    it.note(`kill -9 ${process!.name}`);
    it.kill(process!, 20 + it.world.below(3_000));
  }),
  restart: hits(1, (it, seat) => it.restart(seat)),
  stop: hits(1, (it, { process }) => {
    const { world } = it;
    process!.frozenUntil = world.now + 1_000 + world.below(30_000);
    it.note(`SIGSTOP ${process!.name}`);
  }),
  /** Shorter than a lease, or just longer. */
  stall: hits(1, (it, { process }) => {
    const { world } = it;
    process!.frozenUntil = world.now + 300 + world.below(5_000);
    it.note(`SIGSTOP ${process!.name} for a moment`);
  }),
  away: {
    weight: 1,
    act(it) {
      it.leases.awayUntil = it.world.now + 300 + it.world.below(6_000);
      it.note("Redis goes away");
    },
  },
  clock: {
    weight: 0.5,
    act(it) {
      it.world.wrongBy += it.world.seeded.pick(CLOCK_JUMPS);
      it.note(`the wall clock is wrong by ${it.world.wrongBy} ms`);
    },
  },
} satisfies Record<string, Kind>;

/** What a step does. */
export type StepName = keyof typeof STEPS;
