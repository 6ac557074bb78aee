/**
 * Finds the room of a channel's LIVE: the one that is known, or what TikTok says
 * today.
 *
 * @module
 */
import type { Link } from "./connector.ts";
import { type Course, enter, signPlace } from "./course.ts";
import { lookUp, stateOf } from "./lookup.ts";
import type { Outcome } from "./outcome.ts";
import { lookTrouble } from "./trouble.ts";

/** Every so many tries a known room id is looked up afresh. */
const FRESH_EVERY = 3;

type Found = Awaited<ReturnType<typeof lookUp>>;

/** Makes sure that there is a room to connect to; null when there is. */
export async function reach(
  course: Course,
  link: Link,
): Promise<Outcome | null> {
  const { clock, status, over } = course;
  status.set({ state: "looking" });
  if (over && course.roomId === over.roomId) enter(course, null);
  const known = course.roomId;
  const knownOver = known !== null && await isOver(course, link, known);
  course.triesWithRoom += 1;
  const isFresh = course.triesWithRoom % FRESH_EVERY === 0;
  if (known && !knownOver && !isFresh) return null;

  const place = () => signPlace(course, "looking");
  const found = await lookUp(link, clock, place);
  if (found.type === "live") {
    return await goTo(course, link, found.roomId, knownOver);
  }
  if (found.type === "offline" || knownOver) {
    enter(course, null);
    return { type: "offline" };
  }
  // Nobody knows better than the id we have; but connecting signs, too.
  const isRefused = link.signAnswer()?.status === 429;
  return known && !isRefused ? null : notFound(course, link, found);
}

/** A room was found; null where it is on, and not the one that is over. */
async function goTo(
  course: Course,
  link: Link,
  roomId: string,
  knownOver: boolean,
): Promise<Outcome | null> {
  const { clock, over, roomId: known } = course;
  // Pages show a room for a while after its end; the room itself knows.
  const isOld = roomId === over?.roomId;
  if (isOld && await stateOf(link, clock, roomId) !== "live") {
    return { type: "offline" };
  }
  if (roomId !== known) enter(course, roomId);
  const isPast = roomId === known
    ? knownOver
    : await isOver(course, link, roomId);
  return isPast ? { type: "offline" } : null;
}

function notFound(
  { clock }: Course,
  link: Link,
  found: Exclude<Found, { type: "live" | "offline" }>,
): Outcome {
  if (found.type !== "unclear") return { type: "refused", reason: found.type };
  const answer = link.signAnswer();
  return {
    type: "trouble",
    ...lookTrouble(found.errors, answer, clock.wall()),
  };
}

async function isOver(
  { clock }: Course,
  link: Link,
  roomId: string,
): Promise<boolean> {
  return await stateOf(link, clock, roomId) === "over";
}
