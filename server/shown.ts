/**
 * What browsers get of a desk: its frames with pictures of our own origin, the
 * streams that carry them, and who may have them. The same for the program that
 * runs a game, for one that only serves, and for tests.
 *
 * @module
 */
import type { Keys } from "@/access/keys.ts";
import type { Caller } from "@/access/role.ts";
import type { Desk } from "@/core/desk.ts";
import type { AvatarShelf } from "@/outputs/avatar_shelf.ts";
import { openAvatars } from "@/outputs/avatars.ts";
import type { Metrics } from "@/outputs/metrics.ts";
import { withOwnPictures } from "@/outputs/own_pictures.ts";
import { openHub } from "@/outputs/sse.ts";
import type { Parts, Site } from "@/routes/(_http)/define.ts";

/** What is shown, and how. */
interface Shown {
  desk: Desk;
  keys: Keys;
  metrics: Metrics;
  site: Site;
  /** Where pictures are kept. */
  shelf: AvatarShelf;
  /** `AVATARS_FROM`: where pictures may come from beside TikTok's hosts. */
  avatarsFrom?: string;
  /** Told how many overlays listen, whenever that changes. */
  onOverlays?(count: number): void;
}

/** Joins the parts; closing them leaves the desk open. */
export function show(
  { desk, keys, metrics, site, shelf, avatarsFrom, onOverlays }: Shown,
): Parts & { close(): void } {
  const avatars = openAvatars({
    shelf,
    ...(avatarsFrom && { alsoFrom: avatarsFrom }),
    clock: site.clock,
    log: site.log,
  });
  const shown = withOwnPictures(desk, avatars);
  const hub = openHub<Caller>({
    frame: shown.frame,
    watch: shown.watchFrames,
    watchState: desk.watchState,
    loads: desk.loads,
    look: () => desk.state().settings.overlay,
    ...(onOverlays && { onOverlays }),
    now: desk.now,
    clock: site.clock,
  });
  keys.watchGone(hub.closeStreams);
  return {
    desk: shown,
    hub,
    avatars,
    keys,
    metrics,
    site,
    close() {
      hub.close();
      avatars.close();
    },
  };
}
