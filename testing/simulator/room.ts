/**
 * TikTok, simulated: a room with people in it, and connections that lose,
 * double, delay and shuffle messages, and bring the last minute once more after
 * each reconnect.
 *
 * @module
 */
import {
  type Connection,
  connectionOff,
  emptyCounts,
  type Source,
} from "@/core/connection.ts";
import type { LiveEvent, Viewer } from "@/core/shapes/events.ts";
import type { SourceOptions } from "@/ingest/desk/channel.ts";
import type { Process, World } from "./world.ts";

/** What the room can do. */
export const ACTS = [
  ...["like", "gift", "grow", "comment", "follow", "share"],
] as const;
/** One of it. */
export type Act = typeof ACTS[number];

/** A message as a process was given it. */
export interface Delivery {
  event: LiveEvent;
  by: Process;
  /** The connection through which it came. */
  through: Through;
  at: number;
}

/** A connection, and until when it was the newest of its process. */
export interface Through {
  until: number;
}

const GIFTS = [
  { giftId: "5655", giftName: "Rose", diamonds: 1 },
  { giftId: "8", giftName: "Heart", diamonds: 10 },
  { giftId: "6", giftName: "Cap", diamonds: 99 },
  { giftId: "7", giftName: "Lion", diamonds: 1_000 },
];
/** The one gift that is no combo. */
const SINGLE = 3;
const TEXTS = ["hi", "สวัสดี", "why?", "hi ", "go go", "1"];
/** What a new connection brings again: so many messages, so many ms back. */
const AGAIN = { messages: 25, ms: 60_000 };
const ODDS = { lost: 0.02, doubled: 0.05, late: 0.1 };

interface Combo {
  who: number;
  gift: number;
  groupId: string;
  total: number;
}

/** A connection of a process to the room. */
interface Wire extends Through {
  by: Process;
  isOpen: boolean;
  take(event: LiveEvent): void;
  drop(ms: number): void;
}

/** A room of so many people. */
export class Room {
  readonly people: Viewer[];
  /** All that was said, in order, and when. */
  readonly said: { event: LiveEvent; at: number }[] = [];
  readonly byId = new Map<string, LiveEvent>();
  readonly deliveries: Delivery[] = [];
  readonly #wires = new Set<Wire>();
  readonly #last = new Map<Process, Wire>();
  readonly #combos: Combo[] = [];
  #lastId = 7_000_000_000_000_000_000n;

  constructor(readonly world: World, size: number) {
    this.people = Array.from({ length: size }, (_, i) => ({
      id: `${1_000 + i}`,
      handle: `v${i}`,
      nickname: `V${i}`,
      avatarUrl: null,
      follower: i % 3 === 0,
    }));
  }

  /** Something happens in it. */
  act(act: Act): void {
    const { world } = this;
    const who = world.below(this.people.length);
    if (act === "follow") this.people[who]!.follower = true;
    const base = this.#base(who);
    switch (act) {
      case "like":
        return this.#say({ type: act, ...base, count: 1 + world.below(15) });
      case "comment":
        return this.#say({
          type: act,
          ...base,
          text: world.seeded.pick(TEXTS),
        });
      case "follow":
      case "share":
        return this.#say({ type: act, ...base });
      case "gift":
        return this.#give(who, world.below(GIFTS.length));
      case "grow": {
        const combo = this.#combos.at(-1 - world.below(3));
        if (combo) this.#grow(combo);
      }
    }
  }

  #base(who: number) {
    const viewer = { ...this.people[who]! };
    return { id: String(++this.#lastId), at: this.world.theirs(), viewer };
  }

  #give(who: number, gift: number) {
    if (gift !== SINGLE) {
      const groupId = String(this.#combos.length + 1);
      const combo = { who, gift, groupId, total: 0 };
      this.#combos.push(combo);
      return this.#grow(combo);
    }
    this.#say({
      ...{ type: "gift", ...this.#base(who), ...GIFTS[gift]! },
      ...{ repeatCount: 1, combo: false, groupId: "" },
    });
  }

  #grow(combo: Combo) {
    combo.total += 1 + this.world.below(4);
    this.#say({
      ...{ type: "gift", ...this.#base(combo.who), ...GIFTS[combo.gift]! },
      ...{ repeatCount: combo.total, combo: true, groupId: combo.groupId },
    });
  }

  #say(event: LiveEvent) {
    this.said.push({ event, at: this.world.now });
    this.byId.set(event.id, event);
    for (const wire of this.#wires) {
      if (wire.isOpen && !this.world.happens(ODDS.lost)) {
        this.#send(wire, event);
      }
    }
  }

  #send(wire: Wire, event: LiveEvent) {
    const { world } = this;
    for (let n = world.happens(ODDS.doubled) ? 2 : 1; n > 0; n--) {
      const late = world.happens(ODDS.late) ? 50 + world.below(1_500) : 5;
      const ms = late + world.seeded.next() * 35;
      world.after(ms, () => wire.take(event), wire.by);
    }
  }

  /** Every connection breaks, for some time. */
  drop() {
    for (const wire of this.#wires) wire.drop(300 + this.world.below(15_000));
  }

  /** The connections of a process are gone with it. */
  forget(by: Process) {
    for (const wire of this.#wires) {
      if (wire.by === by) this.#wires.delete(wire);
    }
  }

  /** Connects a process to the room, as `DeskOptions.connect`. */
  connect(by: Process, options: SourceOptions): Source {
    const { world } = this;
    const { elapsed } = by.clock;
    let connection: Connection = {
      ...connectionOff(world.theirs()),
      ...{ state: "connecting", channel: options.channel },
    };
    const set = (state: Connection["state"]) => {
      connection = { ...connection, state, since: world.theirs() };
      options.onChange(connection);
    };
    const sentAt = ({ at }: LiveEvent) => elapsed() - (world.theirs() - at);
    const last = this.#last.get(by);
    if (last) last.until = world.now;
    const wire: Wire = {
      by,
      until: Infinity,
      isOpen: false,
      take: (event) => {
        if (!wire.isOpen) return;
        this.deliveries.push({ event, by, through: wire, at: world.now });
        options.onEvents([copyOf(event)], sentAt);
      },
      drop: (ms) => {
        if (!wire.isOpen) return;
        wire.isOpen = false;
        set("waiting");
        world.after(ms, open, by);
      },
    };
    const open = () => {
      if (!this.#wires.has(wire)) return;
      wire.isOpen = true;
      set("live");
      for (const { event, at } of this.said.slice(-AGAIN.messages)) {
        if (at > world.now - AGAIN.ms) this.#send(wire, event);
      }
    };
    this.#last.set(by, wire);
    this.#wires.add(wire);
    world.after(50 + world.below(1_500), open, by);
    return {
      connection: () => connection,
      counts: emptyCounts,
      roomViewers: () => null,
      theirTime: world.theirs.bind(world),
      close: () => {
        wire.isOpen = false;
        this.#wires.delete(wire);
        return Promise.resolve();
      },
    };
  }
}

function copyOf(event: LiveEvent): LiveEvent {
  return "viewer" in event
    ? { ...event, viewer: { ...event.viewer } }
    : { ...event };
}
