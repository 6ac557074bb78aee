/**
 * A desk whose answers carry pictures of our own origin: what leaves for a
 * browser passes here, so that no page ever asks TikTok for anything.
 *
 * @module
 */
import type { Desk, SessionView } from "@/core/desk.ts";
import type { Frame } from "@/core/frame.ts";
import { type Own, READS, type ReadsSoon, readsSoon } from "@/core/reads.ts";
import type { Avatars } from "./avatars.ts";

/** The desk, with TikTok's addresses replaced by ours in all it tells. */
export function withOwnPictures(desk: Desk, avatars: Avatars): Desk {
  const ownFrame = (frame: Frame): Frame => {
    const id = frame.session?.id;
    if (id === undefined) return frame;
    const { stage } = frame;
    return {
      ...frame,
      rows: frame.rows.map((row) => own(id, row)),
      stage: stage && own(id, stage),
      teams: frame.teams.map((team) => ({
        ...team,
        best: team.best && own(id, team.best),
      })),
    };
  };
  const own = <T extends { avatarUrl: string | null }>(
    session: string,
    of: T,
  ): T => {
    const avatarUrl = avatars.own(session, of.avatarUrl);
    return avatarUrl === of.avatarUrl ? of : { ...of, avatarUrl };
  };

  /** The same session, whatever else it can do. */
  const ownView = (view: SessionView, id: string): SessionView => ({
    ...view,
    ...picturedReads(view, (of) => own(id, of)),
  });

  const ownDesk: Pick<
    Desk,
    "frame" | "state" | "watchFrames" | "view" | "removeSession"
  > = {
    frame: () => ownFrame(desk.frame()),
    state() {
      const state = desk.state();
      return { ...state, frame: ownFrame(state.frame) };
    },
    watchFrames(listener) {
      const stopFrames = desk.watchFrames((frame) => listener(ownFrame(frame)));
      const stopPictures = avatars.watch(() =>
        listener(ownFrame(desk.frame()))
      );
      return () => {
        stopFrames();
        stopPictures();
      };
    },
    async view(id) {
      const view = await desk.view(id);
      if (!view) return null;
      const { id: session } = await view.summary();
      return ownView(view, session);
    },
    async removeSession(id) {
      const removed = await desk.removeSession(id);
      if (removed === true) await avatars.forget(id);
      return removed;
    },
  };
  return { ...desk, ...ownDesk };
}

/** The reads that tell of people, with our own pictures of them. */
function picturedReads(view: SessionView, own: Own): ReadsSoon {
  return readsSoon(async (name, args) => {
    const read = view[name] as (...args: unknown[]) => unknown;
    const answer = await read(...args);
    const { pictured } = READS[name] as {
      pictured?(answer: unknown, own: Own): unknown;
    };
    return pictured ? pictured(answer, own) : answer;
  });
}
