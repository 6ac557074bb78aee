/**
 * What every source does with what it hears: read it, count it, and pass it
 * on. A source of its own kind (TikTok, a recording, a simulated crowd) only
 * has to know when things happen.
 *
 * @module
 */
import { emptyCounts, type RoomTotal } from "@/core/connection.ts";
import type { ConnectionCounts } from "@/core/connection.ts";
import type { Incoming, LiveEvent } from "@/core/shapes/events.ts";
import { isLiveEvent } from "../live_event.ts";
import { createLikeCounts } from "./like_counts.ts";
import { readMessage } from "./messages.ts";

/** A message under TikTok's name for it, decoded. */
export interface DecodedMessage {
  method: string;
  data: unknown;
}

/** The way in of one source. */
export interface Intake {
  readonly counts: ConnectionCounts;
  /** People in the room now, or null where unknown. */
  roomViewers(): number | null;
  /** Likes of the room as TikTok counts them; null while not known. */
  roomLikes(): RoomTotal | null;
  /** Another room: totals of the room start anew. */
  enter(roomId: string): void;
  /** What the messages say; `at` is Unix ms of their arrival. */
  read(messages: DecodedMessage[], at: number): Incoming[];
  /** Hands events on. An error of the receiver is reported, not thrown. */
  pass(events: Incoming[], sentAt?: SentAt, came?: number): void;
}

/**
 * When a message was sent, on the clock that only runs forward; null where that
 * is not known. It may be asked as long as the event is being handed on.
 */
export type SentAt = (event: LiveEvent) => number | null;
/**
 * Takes what a source hears.
 *
 * @param came When it came in, in ms that only run forward; now, unless said.
 */
export type OnEvents = (
  events: Incoming[],
  sentAt?: SentAt,
  came?: number,
) => void;

/**
 * Opens the way in to a receiver.
 *
 * @param host Handle of the host, in lower case, where it is known.
 */
export function createIntake(
  onEvents: OnEvents,
  host: string | null = null,
): Intake {
  const likes = createLikeCounts();
  const counts: ConnectionCounts = emptyCounts();
  let viewers: number | null = null;

  // The room's total jumps back; what is passed on never does.
  function note(event: Incoming): Incoming {
    likes.add(event);
    if (event.type !== "room") return event;
    viewers = event.viewers ?? viewers;
    return event.likes === undefined
      ? event
      : { ...event, likes: likes.highest() ?? event.likes };
  }

  return {
    counts,
    roomViewers: () => viewers,
    roomLikes: likes.total,
    enter: likes.enter,
    read: (messages, at) =>
      messages.flatMap(({ method, data }) =>
        readMessage(method, data, counts, at, host)
      ),
    pass(events, sentAt, came) {
      if (events.length === 0) return;
      const noted = events.map(note);
      counts.events += events.filter(isLiveEvent).length;
      counts.namedLikes = likes.named();
      counts.roomLikes = likes.room();
      try {
        onEvents(noted, sentAt, came);
      } catch (error) {
        counts.errors += 1;
        console.error("Cannot take events in:", error);
      }
    },
  };
}
