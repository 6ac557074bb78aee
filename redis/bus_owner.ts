/**
 * The owner's side of the bus: tells the news, and answers what members ask.
 *
 * @module
 */
import { callEvery, type Clock } from "@/core/clock.ts";
import { AwayError } from "@/core/desk.ts";
import {
  channelsOf,
  databaseOf,
  HEARTBEAT_MS,
  MEMBER_SILENCE_MS,
  type ToMember,
  type ToOwner,
  type Topic,
} from "./bus.ts";
import { type Link, openLink } from "./bus_link.ts";
import { createTeller, type NewsNow } from "./bus_teller.ts";
import { type Calls, createWorks } from "./bus_works.ts";

/** What an owner needs. */
interface BusOwnerOptions {
  url: string;
  clock: Clock;
  /**
   * Grows with every new owner; an older one is not heard. 0 while this is none:
   * then nothing is told, and so nobody asks.
   */
  token(): number;
  news: NewsNow;
  calls: Calls;
  /** Another owner has a newer token; told once for each token. */
  onOusted?(): void;
  /** The number of overlays that members serve has changed. */
  onOverlays?(count: number): void;
  onTrouble?(trouble: string | null): void;
}

/** The owner's end of the bus. */
export interface BusOwner {
  /** News have changed; the newest are told as soon as the last ones went out. */
  changed(topic: Exclude<Topic, "owner">): void;
  /** This process leads now: tells everything. */
  announce(): void;
  /** Overlays that members serve. */
  overlays(): number;
  /** Null, or in plain words why Redis cannot be reached. */
  trouble(): string | null;
  /** Says good-bye, so that nobody waits for answers. */
  close(): Promise<void>;
}

/** Opens the owner's end; tells everything at once. */
export function openBusOwner(options: BusOwnerOptions): BusOwner {
  const { url, clock, token, news, calls, onOusted } = options;
  const channels = channelsOf(databaseOf(url));
  const owner = crypto.randomUUID();
  const members = createMembers(clock);
  let closed = false;

  const teller = createTeller({
    ...{ owner, token, news },
    link: () => link,
    channel: channels.news,
    count: clock.wall() * 1_000,
    ...(onOusted && { onOusted }),
  });
  const works = createWorks({
    ...{ clock, calls, say },
    beforeAnswer: teller.beforeAnswer,
  });
  const link: Link = openLink({
    url,
    channels: [channels.owner(owner)],
    onText: (_, text) => hear(JSON.parse(text) as ToOwner),
    onReady: teller.anew,
    onTrouble: (trouble) => options.onTrouble?.(trouble),
  });
  const stopBeating = callEvery(clock, HEARTBEAT_MS, () => {
    teller.beat();
    for (const member of members.silent()) forget(member);
  });

  /** Answers; false where the member is not there to hear it. */
  async function say(member: string, words: ToMember): Promise<boolean> {
    try {
      const text = JSON.stringify(words);
      return await link.publish(channels.member(member), text) > 0;
    } catch (error) {
      if (!(error instanceof AwayError)) throw error;
      return false;
    }
  }

  function hear(words: ToOwner) {
    const { from } = words;
    const isNew = members.hear(from);
    if (words.type === "gone") forget(from);
    else if (words.type === "here") {
      // It need not wait for the next heartbeat, nor believe in a frame that was
      // kept, which says what time it was then.
      if (isNew) teller.changed("owner", "frame");
      if (members.serves(from, words.overlays)) countOverlays();
    } else if (words.type === "ask") void works.begin(words);
    else works.hear(words);
  }

  function forget(member: string) {
    members.forget(member);
    works.stop(member);
    countOverlays();
  }

  function countOverlays() {
    options.onOverlays?.(members.overlays());
  }

  return {
    changed: teller.changed,
    announce: teller.all,
    overlays: members.overlays,
    trouble: link.trouble,
    async close() {
      if (closed) return;
      stopBeating();
      works.stop();
      await teller.close();
      closed = true;
      await link.close();
    },
  };
}

/** The processes that listen, and the overlays that each serves. */
function createMembers(clock: Clock) {
  const members = new Map<string, { overlays: number; heardAt: number }>();
  return {
    /** Notes that a member is there; whether it is new. */
    hear(name: string): boolean {
      const known = members.get(name);
      const heardAt = clock.elapsed();
      members.set(name, { overlays: known?.overlays ?? 0, heardAt });
      return known === undefined;
    },
    /** Notes how many overlays one serves; whether that is news. */
    serves(name: string, overlays: number): boolean {
      const member = members.get(name)!;
      if (member.overlays === overlays) return false;
      member.overlays = overlays;
      return true;
    },
    forget: (name: string) => void members.delete(name),
    /** Those of whom nothing was heard for too long. */
    silent(): string[] {
      const since = clock.elapsed() - MEMBER_SILENCE_MS;
      return [...members].filter(([, { heardAt }]) => heardAt < since)
        .map(([name]) => name);
    },
    overlays(): number {
      let sum = 0;
      for (const member of members.values()) sum += member.overlays;
      return sum;
    },
  };
}
