/**
 * Tells the news of the process that runs the game: the newest of each topic,
 * as often as Redis takes it, and never a queue.
 *
 * @module
 */
import { ignoreAway } from "./thrown.ts";
import {
  NEWEST_KEY,
  type News,
  readNews,
  TELL,
  type Topic,
  TOPICS,
  writeNews,
} from "./bus.ts";
import type { Link } from "./bus_link.ts";

/** Fields of the hash when every topic and the token are there. */
const WHOLE = TOPICS.length + 1;
/** What an answer may have changed is told before it. */
const BEFORE_ANSWERS = ["state", "access", "frame"] as const;

/** The news as they are now; null while there are none. */
export type NewsNow = { [T in Exclude<Topic, "owner">]: () => News[T] | null };

/** What telling needs. */
interface TellerOptions {
  link: () => Link;
  /** Where news are told. */
  channel: string;
  /** Whose news they are. */
  owner: string;
  /** Grows with every new owner; 0 while this is none. */
  token(): number;
  news: NewsNow;
  /** Larger than that of any process before, also with the same token. */
  count: number;
  /** Another owner has a newer token; told once for each token. */
  onOusted?(): void;
}

/** What tells. */
export interface Teller {
  /** These have changed. */
  changed(...topics: Topic[]): void;
  /** Tells everything, counting on from what is kept. */
  anew(): Promise<void>;
  all(): void;
  /** What an answer may have changed, before the answer that follows. */
  beforeAnswer(): void;
  /** Says that the owner is there, and what could not be kept. */
  beat(): void;
  /** Says that the owner leaves, and tells no more. */
  close(): Promise<void>;
}

/** Tells nothing before the first change. */
export function createTeller(options: TellerOptions): Teller {
  const { link, channel, owner, news } = options;
  const due = new Set<Topic>();
  /** Told, and not kept for whoever comes later. */
  const unkept = new Set<Topic>();
  let { count } = options;
  let telling = false;
  let ousted = -1;
  let closed = false;

  /** Tells one topic as it is now. */
  async function tell(topic: Topic, bye = false): Promise<void> {
    const now = topic === "owner"
      ? (bye ? null : { id: owner })
      : news[topic]();
    const token = options.token();
    if (token === 0 || (now === null && !bye)) return;
    const json = JSON.stringify(now);
    const text = writeNews({ topic, token, count: ++count, json });
    const args = [String(token), topic, text, channel];
    took(topic, token, Number(await link().run(TELL, [NEWEST_KEY], args)));
  }

  /** @param fields How many the hash has now, -1 or -2: as `TELL` says. */
  function took(topic: Topic, token: number, fields: number) {
    if (fields === -1 && ousted !== token) {
      ousted = token;
      options.onOusted?.();
    }
    if (fields === -2) unkept.add(topic);
    else unkept.delete(topic);
    // Redis has lost what it held (the token is a field too).
    if (topic === "owner" && fields >= 0 && fields < WHOLE) {
      for (const each of TOPICS) if (each !== "owner") due.add(each);
    }
  }

  async function tellDue(): Promise<void> {
    if (telling || closed) return;
    telling = true;
    try {
      while (due.size > 0 && !closed && !link().trouble()) {
        const topics = [...due];
        due.clear();
        if (!await toldAll(topics)) return;
      }
    } finally {
      telling = false;
    }
  }

  /** False where that waits for the next beat, or for the link. */
  async function toldAll(topics: Topic[]): Promise<boolean> {
    try {
      await Promise.all(topics.map((topic) => tell(topic)));
      return true;
    } catch (error) {
      for (const topic of topics) due.add(topic);
      ignoreAway(error);
      return false;
    }
  }

  function changed(...topics: Topic[]) {
    for (const topic of topics) due.add(topic);
    tellDue();
  }

  const all = () => changed(...TOPICS);

  return {
    changed,
    all,
    async anew() {
      count = Math.max(count, await countIn(link()));
      all();
    },
    beforeAnswer() {
      for (const topic of BEFORE_ANSWERS) {
        tell(topic).catch(ignoreAway);
        due.delete(topic);
      }
    },
    beat: () => changed("owner", ...unkept),
    async close() {
      if (!link().trouble()) await tell("owner", true).catch(ignoreAway);
      closed = true;
    },
  };
}

/** Of the news that are kept: the clock may have been set back since. */
async function countIn(link: Link): Promise<number> {
  try {
    const kept = await link.hash(NEWEST_KEY);
    const texts = TOPICS.flatMap((topic) => kept[topic] ?? []);
    return Math.max(0, ...texts.map((text) => readNews(text).count));
  } catch (error) {
    ignoreAway(error); // done when the link stands again
    return 0;
  }
}
