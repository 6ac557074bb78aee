/**
 * What is scored, apart from what is only shown.
 *
 * @module
 */
import type { Incoming, LiveEvent } from "@/core/shapes/events.ts";

/** Whether it is an event of somebody, and no news of the room as a whole. */
export function isLiveEvent(incoming: Incoming): incoming is LiveEvent {
  return incoming.type !== "room" && incoming.type !== "ended";
}
