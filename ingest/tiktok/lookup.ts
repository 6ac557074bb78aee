/**
 * Looking a channel up: which room it has, and whether it is on air. Asks
 * TikTok's LIVE page, then its room lookup, and the signing service only when
 * neither gives an answer, because that one counts.
 *
 * The connector's own lookup tells "not found", "offline" and "blocked" apart
 * only in the text of an error, so this reads the answers themselves. What
 * they mean was seen in public clients: `statusCode` 19881007 is an unknown
 * name, `status_code` 4003110 a room behind a login, `status` 4 a LIVE that is
 * over.
 *
 * @module
 */
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Link } from "./connector.ts";

/** What a look at a channel found. */
type Found =
  | { type: "live"; roomId: string }
  | { type: "offline" }
  | { type: "not_found" }
  | { type: "age_restricted" }
  /** Nobody could tell; the errors say why, in the order of asking. */
  | { type: "unclear"; errors: unknown[] };

/**
 * How long an answer is waited for alone, in ms. The connector itself waits
 * for ten seconds, and a host whose points are not counted has no time.
 */
const SLOW_MS = 2_000;
const OVER = 4;
const UNKNOWN_NAME = 19_881_007;
const BEHIND_LOGIN = 4_003_110;

const RoomId = z.string().regex(/^[1-9]\d{0,19}$/);
const Status = z.number().optional().catch(undefined);
const Room = z.object({
  user: z.object({ roomId: z.string().catch(""), status: Status }),
  liveRoom: z.object({ status: Status }).nullish(),
});
const Page = z.object({
  LiveRoom: z.object({
    isAgeGateRoom: z.boolean().optional().catch(undefined),
    liveRoomUserInfo: Room.optional().catch(undefined),
  }).optional(),
});
const ApiLive = z.object({
  statusCode: z.number().catch(0),
  message: z.string().optional().catch(undefined),
  data: Room.optional().catch(undefined),
});
const SignRoomId = z.object({
  code: z.number(),
  room_id: z.string().optional().catch(undefined),
  is_live: z.boolean().optional().catch(undefined),
});
const RoomInfo = z.object({
  data: z.object({ status: Status }).optional().catch(undefined),
});

/**
 * Looks a channel up. TikTok's second place is asked when the first one does
 * not know, or takes long to say.
 *
 * @param beforeSign Resolves when the signing service may be asked.
 */
export async function lookUp(
  link: Link,
  clock: Clock,
  beforeSign: () => Promise<void>,
): Promise<Found> {
  const errors: unknown[] = [];
  const attempt = async (ask: () => Promise<Found | null>) => {
    try {
      return await ask();
    } catch (error) {
      errors.push(error); // the next one may know
      return null;
    }
  };

  const askedPage = attempt(async () => readPage(await link.livePage()));
  const early = await soon(askedPage, clock);
  if (isKnown(early)) return early;
  const askedApi = attempt(async () => readApiLive(await link.apiLive()));
  const known = await firstKnown([askedPage, askedApi]);
  if (known) return known;
  const [page, api] = await Promise.all([askedPage, askedApi]);
  if (api && (api.type !== "age_restricted" || page)) return api;
  if (page) return page;
  await beforeSign();
  const sign = await attempt(async () => readSign(await link.signRoomId()));
  if (sign ?? api) return (sign ?? api)!;
  const missing = link.signAnswer()?.status === 404 ||
    errors.some((error) => /status code 404/.test(String(error)));
  return missing ? { type: "not_found" } : { type: "unclear", errors };
}

/**
 * Whether TikTok says that a room is on air or that its LIVE is over. It says
 * nothing of a room behind a login, and an answer that cannot be had says
 * nothing either: null.
 */
export async function stateOf(
  link: Link,
  clock: Clock,
  roomId: string,
): Promise<"live" | "over" | null> {
  try {
    const answer = await soon(link.roomInfo(roomId), clock);
    const status = RoomInfo.safeParse(answer).data?.data?.status;
    if (status === undefined) return null;
    return status === OVER ? "over" : "live";
  } catch {
    return null; // the connection itself will show what is wrong
  }
}

/** What is answered within two seconds, or null. */
async function soon<T>(answer: Promise<T>, clock: Clock): Promise<T | null> {
  const answered = new AbortController();
  const late = clock.after(SLOW_MS, answered.signal).then(() => null);
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort();
    answer.catch(() => {}); // too late to matter
  }
}

function isKnown(
  found: Found | null,
): found is Extract<Found, { type: "live" | "offline" }> {
  return found?.type === "live" || found?.type === "offline";
}

/** The first that knows whether the channel is on air; null if none does. */
async function firstKnown(asked: Promise<Found | null>[]) {
  try {
    return await Promise.any(asked.map(async (answer) => {
      const found = await answer;
      if (isKnown(found)) return found;
      throw new Error("Cannot tell");
    }));
  } catch {
    return null; // none of them, which is an answer too
  }
}

function readPage(state: unknown): Found | null {
  if (state === null) {
    throw new Error("Cannot read the LIVE page: TikTok sent another page");
  }
  const room = Page.parse(state).LiveRoom;
  const found = room?.liveRoomUserInfo ? readRoom(room.liveRoomUserInfo) : null;
  if (found?.type === "live") return found;
  return room?.isAgeGateRoom ? { type: "age_restricted" } : found;
}

function readApiLive(answer: unknown): Found | null {
  const { statusCode, message, data } = ApiLive.parse(answer);
  if (statusCode === UNKNOWN_NAME || message === "user_not_found") {
    return { type: "not_found" };
  }
  if (statusCode === BEHIND_LOGIN) return { type: "age_restricted" };
  if (statusCode !== 0 || !data) {
    throw new Error(`Cannot look the room up: TikTok says ${statusCode}`);
  }
  return readRoom(data);
}

function readRoom({ user, liveRoom }: z.infer<typeof Room>): Found {
  const status = liveRoom?.status ?? user.status;
  const roomId = RoomId.safeParse(user.roomId);
  return roomId.success && status !== OVER
    ? { type: "live", roomId: roomId.data }
    : { type: "offline" };
}

function readSign(answer: unknown): Found | null {
  const { code, room_id, is_live } = SignRoomId.parse(answer);
  if (code === 404) return { type: "not_found" };
  if (is_live === false) return { type: "offline" };
  const roomId = RoomId.safeParse(room_id);
  if (code !== 200 || !roomId.success) {
    throw new Error(
      `Cannot look the room up: the signing service says ${code}`,
    );
  }
  return { type: "live", roomId: roomId.data };
}
