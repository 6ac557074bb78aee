/**
 * What one connection knows of its way: the room it is for, the LIVE that is
 * over, since when nothing comes.
 *
 * @module
 */
import type { ConnectionPhase } from "@/core/connection.ts";
import type { Clock } from "../clock.ts";
import type { Heard } from "./link_feed.ts";
import type { Intake } from "./intake.ts";
import type { SignLimit } from "./sign_limit.ts";
import type { Status } from "./status.ts";

/** All that the steps of a connection share. */
export interface Course {
  readonly clock: Clock;
  readonly status: Status;
  readonly intake: Intake;
  readonly signLimit: SignLimit;
  /** Aborts when the host closes the connection. */
  readonly closing: AbortSignal;
  roomId: string | null;
  triesWithRoom: number;
  /** The LIVE that has ended, until the next one is there. */
  over: { roomId: string; reason: "ended" | "suspended" } | null;
  /** The time that the word of its end had. */
  endedAt: number | null;
  /** The last frame before the link was lost. */
  downSince: Heard | null;
}

/** Goes to another room, or to none. */
export function enter(course: Course, id: string | null): void {
  course.roomId = id;
  course.triesWithRoom = 0;
  course.status.setRoom(id);
  if (id !== null) course.intake.enter(id);
}

/** Waits for a place among the requests to the signing service. */
export async function signPlace(
  { clock, status, intake, signLimit, closing }: Course,
  state: ConnectionPhase,
): Promise<void> {
  for (let wait = signLimit.take(); wait > 0; wait = signLimit.take()) {
    const retryAt = clock.wall() + wait;
    status.set({ state: "waiting", reason: "rate_limited", retryAt });
    await clock.after(wait, closing);
    if (closing.aborted) throw new Error("Cannot sign: closed");
  }
  intake.counts.signRequests += 1;
  status.set({ state });
}
