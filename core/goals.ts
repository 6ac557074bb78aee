/**
 * Goals: numbers to reach together. They count what came, also while nothing
 * earns points; none of them ever falls.
 *
 * @module
 */
import { roundOf } from "./rounds.ts";
import type { RoomTotal } from "./connection.ts";
import type { Session } from "./session.ts";
import type { EntryOf, FactOf } from "./shapes/entries.ts";
import type { Goal } from "./shapes/rounds.ts";
import type { GoalShown } from "./frame.ts";

/** What has come in the session so far, of all that a goal may count. */
export interface Came {
  diamonds: number;
  /** Points that events gave. */
  points: number;
  /** Likes with a name that counted. */
  likes: number;
  /** Units by gift. */
  gifts: Map<string, number>;
  /** Seq of each viewer's last follow. */
  follows: Map<string, number>;
  room: RoomLikes | null;
}

/** Likes of the room as TikTok counts them. */
export interface RoomLikes {
  roomId: string;
  /** The highest total: TikTok's jumps back. */
  highest: number;
  /** Of the rooms before. */
  before: number;
  /** When it was told last, Unix ms. */
  at: number;
}

/** What had come when a round began. */
export interface CameBefore
  extends Pick<Came, "diamonds" | "points" | "likes"> {
  gifts: [id: string, units: number][];
  /** Null until the room's total is known. */
  roomLikes: number | null;
}

/** What has come so far, to count from there. */
export function cameSoFar({ came }: Session): CameBefore {
  const { diamonds, points, likes, gifts, room } = came;
  return {
    ...{ diamonds, points, likes, gifts: [...gifts] },
    roomLikes: room && roomTotal(room),
  };
}

/** Takes the room's total of likes in. */
export function noteRoomLikes(
  session: Session,
  { roomId, total, at }: EntryOf<"roomLiked">,
): void {
  const { came } = session;
  const last = came.room;
  const isSame = last?.roomId === roomId;
  came.room = {
    ...{ roomId, at },
    highest: Math.max(total, isSame ? last.highest : 0),
    before: isSame ? last.before : last ? roomTotal(last) : 0,
  };
  const before = session.cameBefore.get(session.controls.round);
  if (before) before.roomLikes ??= roomTotal(came.room);
}

function roomTotal({ highest, before }: RoomLikes): number {
  return highest + before;
}

/** How far a goal has come since its scope began. */
function valueOf(session: Session, { of, scope }: Goal): number {
  const { came, cameBefore, controls } = session;
  const before = scope === "round" ? cameBefore.get(controls.round) : undefined;
  switch (of) {
    case "roomLikes": {
      if (!came.room) return 0;
      return roomTotal(came.room) - (before?.roomLikes ?? 0);
    }
    case "likes":
    case "diamonds":
    case "points":
      return came[of] - (before?.[of] ?? 0);
    case "followers": {
      const { follows } = came;
      const round = scope === "round" ? roundOf(session) : null;
      if (!round) return follows.size;
      let count = 0;
      for (const seq of follows.values()) if (seq > round.seq) count++;
      return count;
    }
    default: {
      const id = of.slice("gift:".length);
      const [, had = 0] = before?.gifts.find(([each]) => each === id) ?? [];
      return (came.gifts.get(id) ?? 0) - had;
    }
  }
}

/** Under what a goal's steps are remembered: anew in each round, if of rounds. */
function keyOf({ controls }: Session, { id, scope }: Goal): string {
  return scope === "round" ? `${id}|${controls.round}` : id;
}

/** A goal as it is shown. */
export function shownGoal(session: Session, goal: Goal): GoalShown {
  const { id, title, of, steps } = goal;
  const step = Math.min(
    session.goalSteps.get(keyOf(session, goal)) ?? 0,
    steps.length,
  );
  return {
    ...{ id, title, of, step, steps: steps.length },
    value: valueOf(session, goal),
    from: step === 0 ? 0 : steps[Math.min(step, steps.length - 1) - 1] ?? 0,
    to: steps[Math.min(step, steps.length - 1)]!,
  };
}

/** The next step of a goal that has been reached and was not told; or null. */
export function goalReached(session: Session): FactOf<"goalReached"> | null {
  for (const goal of session.controls.goals) {
    const told = session.goalSteps.get(keyOf(session, goal)) ?? 0;
    const next = goal.steps[told];
    if (next === undefined || valueOf(session, goal) < next) continue;
    return { type: "goalReached", goalId: goal.id, step: told + 1 };
  }
  return null;
}

/** Remembers a step for good. */
export function noteGoal(
  session: Session,
  { goalId, step }: EntryOf<"goalReached">,
): void {
  const goal = session.controls.goals.find(({ id }) => id === goalId);
  if (goal) session.goalSteps.set(keyOf(session, goal), step);
}

/**
 * The room's total as a fact, where a goal counts it and it has grown.
 *
 * @param at Unix ms; it is told at most once a second.
 */
export function roomLikesToTell(
  { controls, came }: Session,
  room: RoomTotal | null,
  at: number,
): FactOf<"roomLiked"> | null {
  if (!room || !controls.goals.some(({ of }) => of === "roomLikes")) {
    return null;
  }
  if (controls.phase === "idle" || controls.phase === "ended") return null;
  const last = came.room;
  const isNew = last?.roomId !== room.roomId || room.total > last.highest;
  if (!isNew || (last && at - last.at < 1_000)) return null;
  return { type: "roomLiked", ...room };
}
