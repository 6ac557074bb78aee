/**
 * A desk whose answers carry pictures of our own origin: what leaves for a
 * browser passes here, so that no page ever asks TikTok for anything.
 *
 * @module
 */
import type { Desk, SessionView } from "@/core/desk.ts";
import type { Frame } from "@/core/frame.ts";
import type { Avatars } from "./avatars.ts";

/** Anyone with a picture. */
interface Pictured {
  avatarUrl: string | null;
}

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
    };
  };
  const own = <T extends Pictured>(session: string, of: T): T => {
    const avatarUrl = avatars.own(session, of.avatarUrl);
    return avatarUrl === of.avatarUrl ? of : { ...of, avatarUrl };
  };

  /** The same session, whatever else it can do. */
  const ownView = (view: SessionView, id: string): SessionView => ({
    ...view,
    async board(asked) {
      const page = await view.board(asked);
      return { ...page, rows: page.rows.map((row) => own(id, row)) };
    },
    async boardAt(at, options) {
      const page = await view.boardAt(at, options);
      return { ...page, rows: page.rows.map((row) => own(id, row)) };
    },
    async viewer(viewerId) {
      const viewer = await view.viewer(viewerId);
      return viewer && own(id, viewer);
    },
    async winners() {
      return (await view.winners()).map((winner) => own(id, winner));
    },
    async questions() {
      return (await view.questions()).map((question) => own(id, question));
    },
    async comments(asked) {
      const page = await view.comments(asked);
      return { ...page, items: page.items.map((item) => own(id, item)) };
    },
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
