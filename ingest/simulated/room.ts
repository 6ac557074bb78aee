/**
 * A simulated room, for demonstrations and rehearsals: a crowd that likes,
 * gives, writes, follows and shares, with everything that makes real rooms
 * hard. Combos skip numbers and sometimes lose their end, messages come twice,
 * late and out of order, and most likes have no name.
 *
 * The crowd plays along: it joins teams, makes the most of a boost, and fights
 * for the last seconds.
 *
 * The same seed gives the same evening, as long as the game does. The events
 * themselves come from a generator; the room only waits for each to be due.
 *
 * @module
 */
import type { Source } from "@/core/connection.ts";
import type { Incoming, LiveEvent, Viewer } from "@/core/shapes/events.ts";
import type { Frame } from "@/core/frame.ts";
import { DEFAULT_RATES, giftPoints } from "@/core/rates.ts";
import { createSeeded, type Seeded } from "@/core/seeded.ts";
import { openPlayed, type PlayedOptions } from "./played.ts";
import { createCrowd, type Person } from "./crowd.ts";
import { type GameSeen, gameSeen } from "./game_seen.ts";
import { COMMENTS, GIFTS, QUESTIONS } from "./words.ts";

/** Which evening, and how busy. */
interface Evening {
  seed: number;
  /** Messages a second, on average: 2 is quiet, 10 lively, 1000 a flood. */
  pace?: number;
  /** People in the room. */
  crowd?: number;
  /** Those of them who race for the first place. */
  rivals?: number;
  /** Unix ms of the beginning; part of the message ids. */
  startAt?: number;
  /** What the crowd sees of the game; null while there is none. */
  game?(): GameSeen | null;
}

/** An event, and how long after the one before it arrives. */
interface Simulated {
  afterMs: number;
  event: Incoming;
}

/** Messages that one act of a viewer leads to, on average. */
const MESSAGES_PER_ACT = 2.2;
const ROOM_NEWS_MS = 3_000;
/** The last seconds are fought for; so many of a hundred acts are gifts then. */
const LAST_S = 15;
const FOUGHT_OF_100 = 30;
/** So much busier is a room in a boost. */
const BOOSTED = 1.8;
/** Who has not joined yet does it in so many of a hundred acts. */
const JOINS_OF_100 = 60;
/** Of a hundred likes in the room, so many come with a name. */
const NAMED_OF_100 = 20;

/** An evening without end, one event after the other. */
export function* simulatedEvents(evening: Evening): Generator<Simulated> {
  const { seed, pace = 10, crowd: size = 150, startAt = 0 } = evening;
  const seeded = createSeeded(seed);
  const rivals = Math.min(evening.rivals ?? 14, size);
  const crowd = createCrowd(seeded, size, rivals);
  const queue = createQueue();
  const recent: LiveEvent[] = [];
  /** In which round somebody last chose a team. */
  const joined = new Map<Person, number>();
  let ids = 0;
  let roomLikes = 0;
  let now = 0;

  const stamp = (at: number) => ({
    id: `${startAt}${String(++ids).padStart(6, "0")}`,
    at: startAt + Math.round(at),
  });

  /** Sends a message off: some are late, some come twice. */
  function send(event: LiveEvent, at: number): void {
    const late = seeded.next() < 0.15 ? seeded.between(50, 1_100) : 0;
    queue.put(at + late, event);
    if (seeded.next() < 0.03) queue.put(at + late + 100, event);
    recent.push(event);
    if (recent.length > 50) recent.shift();
  }

  /** A series of taps; TikTok gathers 1 to 15 of them in a message. */
  function tap(person: Person): void {
    const { viewer } = person;
    const batches = seeded.between(1, 4);
    for (let i = 0; i < batches; i++) {
      const at = now + i * seeded.between(900, 2_200);
      const count = seeded.next() < 0.5 ? 15 : seeded.between(1, 15);
      send({ type: "like", ...stamp(at), viewer, count }, at);
      crowd.addLikes(person, count);
      roomLikes += Math.ceil(count * 100 / NAMED_OF_100);
    }
  }

  /** Joins the team that a person is for; whether there was one to join. */
  function joins(person: Person, { round, teams }: GameSeen): boolean {
    if (teams.length === 0 || joined.get(person) === round) return false;
    if (seeded.next() * 100 >= JOINS_OF_100) return false;
    person.loyalty ??= seeded.next();
    const { viewer } = person;
    const { join } = teams[Math.floor(person.loyalty * teams.length)]!;
    send({ type: "comment", ...stamp(now), viewer, text: join }, now);
    joined.set(person, round);
    return true;
  }

  /** A gift that may turn the game in its last seconds. */
  function fight({ teams }: GameSeen): void {
    const [last, first] = [...teams].sort((a, b) => a.points - b.points);
    if (!last || !first) return give(crowd.rival());
    const on = crowd.those(({ viewer }) => last.members.has(viewer.id));
    const gap = first.points - last.points;
    const hope = 10 + gap * (0.6 + 0.8 * seeded.next());
    give(on.length > 0 ? seeded.pick(on) : crowd.rival(), hope);
  }

  /** A gift that has a chance to pass whoever is ahead. */
  function give(person: Person, wanted = crowd.wanted(person)): void {
    const { gift, units } = giftWorth(seeded, wanted);
    const repeats = gift.combo ? ticks(seeded, units) : [units];
    const groupId = gift.combo ? String(stamp(now).at) : "0";
    let at = now;
    for (const repeatCount of repeats) {
      send({
        type: "gift",
        ...stamp(at),
        viewer: person.viewer,
        giftId: gift.id,
        giftName: gift.name,
        diamonds: gift.diamonds,
        repeatCount,
        combo: gift.combo,
        groupId,
      }, at);
      at += seeded.between(250, 900);
    }
    crowd.addGift(person, units, gift.diamonds);
  }

  function act(game: GameSeen | null): void {
    if (game && joins(crowd.anyone(), game)) return;
    const left = game?.secondsLeft ?? Infinity;
    if (game && left < LAST_S && seeded.next() * 100 < FOUGHT_OF_100) {
      return fight(game);
    }
    const what = seeded.next();
    if (what < 0.5) return tap(crowd.anyone());
    if (what < 0.6) return give(crowd.rival());
    const person = crowd.anyone();
    const { viewer } = person;
    if (what < 0.88) {
      const text = seeded.pick(COMMENTS);
      return send({ type: "comment", ...stamp(now), viewer, text }, now);
    }
    if (what < 0.94) {
      // Another object: entries of before still hold who they were then.
      const fan = person.viewer = { ...viewer, follower: true };
      return send({ type: "follow", ...stamp(now), viewer: fan }, now);
    }
    if (what < 0.98) return send({ type: "share", ...stamp(now), viewer }, now);
    if (what < 0.99) return send(question(seeded, stamp(now), viewer), now);
    const bad = recent.find(({ type }) => type === "comment");
    if (!bad) return;
    const messageIds = [bad.id];
    send({ type: "deletion", ...stamp(now), messageIds, viewerIds: [] }, now);
  }

  let nextAct = 0;
  let nextNews = 0;
  let told = 0;
  while (true) {
    now = Math.min(nextAct, nextNews);
    for (const { at, event } of queue.takeUntil(now)) {
      yield { afterMs: at - told, event };
      told = at;
    }
    if (nextNews <= nextAct) {
      const at = startAt + Math.round(now);
      const viewers = viewersAt(now, size);
      queue.put(now, { type: "room", at, viewers, likes: roomLikes });
      nextNews += ROOM_NEWS_MS;
    } else {
      const game = evening.game?.() ?? null;
      act(game);
      const swell = 1 + 0.5 * Math.sin(now / 20_000);
      const busy = game?.isBoosted ? BOOSTED : 1;
      const acts = pace / MESSAGES_PER_ACT * swell * busy;
      nextAct += -Math.log(1 - seeded.next()) * 1_000 / acts;
    }
  }
}

/** How many watch: it swells and falls. */
function viewersAt(now: number, size: number): number {
  return Math.round(size * (0.8 + 0.2 * Math.sin(now / 60_000)));
}

/** A gift and a number of it worth about so many points. */
function giftWorth(seeded: Seeded, points: number) {
  const worth = (diamonds: number) => giftPoints(DEFAULT_RATES, 1, diamonds);
  const fitting = GIFTS.filter(({ diamonds, combo }) => {
    const units = points / worth(diamonds);
    return combo ? units >= 1 && units <= 40 : units >= 0.5 && units <= 1.5;
  });
  const gift = fitting.length > 0
    ? seeded.pick(fitting)
    : points < 100
    ? GIFTS[0]!
    : GIFTS.at(-1)!;
  const about = points / worth(gift.diamonds) * (0.6 + 0.8 * seeded.next());
  const units = gift.combo ? Math.max(1, Math.min(50, Math.round(about))) : 1;
  return { gift, units };
}

/** The totals a combo tells: it skips some, and sometimes loses its end. */
function ticks(seeded: Seeded, units: number): number[] {
  const told: number[] = [];
  for (let n = 1; n < units; n += seeded.between(1, Math.ceil(units / 4))) {
    told.push(n);
  }
  told.push(units);
  if (seeded.next() < 0.7) told.push(units); // the end repeats the total
  return told;
}

function question(
  seeded: Seeded,
  stamp: { id: string; at: number },
  viewer: Viewer,
): LiveEvent {
  const text = seeded.pick(QUESTIONS);
  return { type: "question", ...stamp, viewer, questionId: stamp.id, text };
}

/** Events on their way, by the time they arrive. */
function createQueue() {
  const waiting: { at: number; event: Incoming }[] = []; // latest first
  return {
    put(at: number, event: Incoming) {
      let low = 0;
      let high = waiting.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (waiting[middle]!.at > at) low = middle + 1;
        else high = middle;
      }
      waiting.splice(low, 0, { at, event: structuredClone(event) });
    },
    *takeUntil(now: number) {
      while (waiting.length > 0 && waiting.at(-1)!.at <= now) {
        yield waiting.pop()!;
      }
    },
  };
}

/** How a simulated room runs, and whom it tells. */
interface SimulatedOptions
  extends Omit<Evening, "startAt" | "game">, PlayedOptions {
  /** The game as it is shown; null while there is none. */
  frame?(): Frame | null;
}

/** What is due together is handed on together, so many ms at a time. */
const STEP_MS = 25;
/** A room that is behind hands on so many and lets others work. */
const LARGEST_BATCH = 2_000;

/** Opens a simulated room; it is live until it is closed. */
export function simulatedRoom(options: SimulatedOptions): Source {
  const roomId = `simulated-${options.seed}`;
  return openPlayed(options, roomId, async ({ clock, closed, pass }) => {
    const startAt = clock.wall();
    const game = () => {
      const frame = options.frame?.() ?? null;
      return frame && gameSeen(frame);
    };
    let dueAt = clock.elapsed();
    let batch: Incoming[] = [];
    for (
      const { afterMs, event } of simulatedEvents({ ...options, startAt, game })
    ) {
      dueAt += afterMs;
      if (dueAt > clock.elapsed() || batch.length >= LARGEST_BATCH) {
        pass(batch);
        batch = [];
        const wait = dueAt - clock.elapsed();
        await clock.after(wait > 0 ? Math.max(STEP_MS, wait) : 0, closed);
        if (closed.aborted) return;
      }
      batch.push(event);
    }
  });
}
