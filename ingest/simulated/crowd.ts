/**
 * The people of a simulated room, and how the race between them stands. Some
 * are rivals: they want to be first, and who is behind tries harder, so that
 * the lead changes hands as it does in a good evening.
 *
 * @module
 */
import type { Viewer } from "@/core/shapes/events.ts";
import { addLikes, DEFAULT_RATES, giftPoints, partsOf } from "@/core/rates.ts";
import type { Seeded } from "@/core/seeded.ts";
import { PEOPLE } from "./words.ts";

/** Someone in the room. */
export interface Person {
  viewer: Viewer;
  /** Roughly the points so far, under the default rates. */
  points: number;
  carried: number;
  /** Which team of however many, from 0 up to 1; chosen with the first. */
  loyalty?: number;
}

/** Everybody in the room. */
interface Crowd {
  /** A rival more often than not. */
  anyone(): Person;
  rival(): Person;
  /** Those of whom something holds. */
  those(holds: (person: Person) => boolean): Person[];
  /** Points that would bring a rival a place or more forward. */
  wanted(person: Person): number;
  addLikes(person: Person, likes: number): void;
  addGift(person: Person, units: number, diamonds: number): void;
}

const FIRST_ID = 9_100_000_000_000_000_000n;
const RATES = DEFAULT_RATES;

/** A crowd of `size` people, `rivals` of them after the first place. */
export function createCrowd(
  seeded: Seeded,
  size: number,
  rivals: number,
): Crowd {
  const names = [...PEOPLE];
  seeded.shuffle(names);
  const people = Array.from({ length: size }, (_, i): Person => {
    const [handle, nickname] = names[i % names.length]!;
    const again = Math.floor(i / names.length);
    return {
      viewer: {
        id: String(FIRST_ID + BigInt(i)),
        handle: again ? `${handle}${again}` : handle,
        nickname: again ? `${nickname} ${again + 1}` : nickname,
        avatarUrl: null,
        follower: seeded.next() < 0.45,
        ...(i === 3 && { moderator: true }),
      },
      points: 0,
      carried: 0,
    };
  });
  const racing = people.slice(0, rivals);

  return {
    anyone: () => seeded.pick(seeded.next() < 0.6 ? racing : people),
    // Of three, the one behind: enough to keep the field together.
    rival() {
      const some = [0, 1, 2].map(() => seeded.pick(racing));
      return some.reduce((last, one) => one.points < last.points ? one : last);
    },
    those: (holds) => people.filter(holds),
    wanted(person) {
      const all = racing.map(({ points }) => points);
      const ahead = all.filter((points) => points > person.points);
      const gap = ahead.length > 0 ? Math.min(...ahead) - person.points : 0;
      const lead = 40 + Math.max(...all) * 0.25;
      return gap + lead * seeded.next() ** 2;
    },
    addLikes(person, likes) {
      const { follower, other } = RATES.likes;
      const rate = person.viewer.follower ? follower : other;
      const added = addLikes(person.carried, likes, rate, partsOf(RATES));
      person.points += added.points;
      person.carried = added.carried;
    },
    addGift(person, units, diamonds) {
      person.points += giftPoints(RATES, units, diamonds);
    },
  };
}
