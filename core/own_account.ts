/**
 * Accounts that the host may not mean to play: the channel's own, and those of
 * its moderators.
 *
 * @module
 */
import type { Blocker } from "./blocked_words.ts";
import { rowOf } from "./board.ts";
import type { Session, Tally } from "./session.ts";
import type { OwnAccount } from "./views.ts";

/** Places that are looked at: further down nobody wins. */
const PLACES = 10;

/** Which of them a viewer is; null for anybody else. */
export function ownOf(
  { channel }: Pick<Session, "channel">,
  { viewer }: Pick<Tally, "viewer">,
): OwnAccount["is"] | null {
  const isHost = channel !== "" &&
    viewer.handle.toLowerCase() === channel.toLowerCase();
  return isHost ? "host" : viewer.moderator ? "moderator" : null;
}

/** The first of them among the first of the board, so that it can be asked. */
export function ownOnTop(
  session: Session,
  blocker: Blocker,
): OwnAccount | null {
  for (const tally of session.order.slice(0, PLACES)) {
    const is = ownOf(session, tally);
    if (is === null) continue;
    const { viewerId, nickname } = rowOf(tally, 0, blocker);
    return { viewerId, nickname, is };
  }
  return null;
}
