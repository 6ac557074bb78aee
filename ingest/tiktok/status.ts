/**
 * Where a connection stands, kept in one place so that every change is told
 * once and `since` is always right.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { connectionOff } from "@/core/connection.ts";
import type { Connection, ConnectionPhase } from "@/core/connection.ts";

/** What changes together; what is left out goes back to nothing. */
export interface Change {
  state: ConnectionPhase;
  reason?: Connection["reason"];
  message?: string | null;
  retryAt?: number | null;
}

/** A connection's state that tells its changes. */
export interface Status {
  current(): Connection;
  set(change: Change): void;
  setRoom(roomId: string | null): void;
  /** Notes a message; not told, because it happens all the time. */
  touch(at: number): void;
  /** Forgets the channel: nothing is connected any more. */
  off(): void;
}

/** Starts with the state `looking`. */
export function createStatus(
  channel: string,
  clock: Clock,
  onChange: (connection: Connection) => void = () => {},
): Status {
  /** When it is tried again, by the clock that only runs forward. */
  let retry: number | null = null;
  let connection: Connection = {
    ...connectionOff(clock.wall()),
    state: "looking",
    channel,
  };

  function put(next: Partial<Connection>): void {
    const keys = Object.keys(next) as (keyof Connection)[];
    if (keys.every((key) => connection[key] === next[key])) return;
    const moved = next.state !== undefined && next.state !== connection.state;
    connection = {
      ...connection,
      ...next,
      since: moved ? clock.wall() : connection.since,
    };
    if (next.retryAt === null) retry = null;
    else if (next.retryAt !== undefined) {
      retry = next.retryAt - clock.wall() + clock.elapsed();
    }
    onChange(connection);
  }

  /** As it is now: what is left of a pause is never more than the pause. */
  function current(): Connection {
    if (retry === null) return connection;
    const retryAt = Math.round(clock.wall() + retry - clock.elapsed());
    return { ...connection, retryAt };
  }

  return {
    current,
    set: ({ state, reason = null, message = null, retryAt = null }) =>
      put({ state, reason, message, retryAt }),
    setRoom: (roomId) => put({ roomId }),
    touch(at) {
      connection = { ...connection, lastMessageAt: at };
    },
    off() {
      put({
        state: "off",
        reason: null,
        message: null,
        channel: null,
        roomId: null,
        retryAt: null,
      });
    },
  };
}
