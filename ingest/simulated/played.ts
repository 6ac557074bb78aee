/**
 * A source that is played rather than connected to: a simulated room, a
 * recording. It is live at once, and over when the play is.
 *
 * @module
 */
import type { Connection, Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import { type Clock, systemClock } from "../clock.ts";
import { createIntake, type Intake } from "../tiktok/intake.ts";
import { createStatus } from "../tiktok/status.ts";
import { messageOf } from "../tiktok/trouble.ts";

/** Whom a play tells. */
export interface PlayedOptions {
  /** Shown as the channel. */
  channel?: string;
  onEvents(events: Incoming[]): void;
  onChange?(connection: Connection): void;
  clock?: Clock;
}

/** What a play works with. */
export interface Player {
  readonly clock: Clock;
  readonly intake: Intake;
  /** Aborts when the host closes the source. */
  readonly closed: AbortSignal;
  /** Hands on what is due. */
  pass(events: Incoming[]): void;
}

/** Opens a source that plays until it returns, fails or is closed. */
export function openPlayed(
  options: PlayedOptions,
  roomId: string,
  play: (stage: Player) => Promise<void>,
): Source {
  const { channel = "rehearsal", clock = systemClock } = options;
  const closing = new AbortController();
  const intake = createIntake(options.onEvents);
  const status = createStatus(channel, clock, options.onChange);
  const done = run();

  async function run(): Promise<void> {
    status.setRoom(roomId);
    intake.enter(roomId);
    status.set({ state: "live" });
    try {
      await play({ clock, intake, closed: closing.signal, pass });
    } catch (error) {
      const message = messageOf(error);
      return status.set({ state: "failed", reason: "unknown", message });
    }
    if (closing.signal.aborted) return;
    intake.pass([{ type: "ended", at: clock.wall(), reason: "ended" }]);
    status.set({ state: "ended" });
  }

  function pass(events: Incoming[]): void {
    if (events.length === 0 || closing.signal.aborted) return;
    status.touch(clock.wall());
    intake.pass(events);
  }

  return {
    connection: status.current,
    counts: () => ({ ...intake.counts }),
    roomViewers: intake.roomViewers,
    roomLikes: intake.roomLikes,
    async close() {
      closing.abort();
      await done;
      status.off();
    },
  };
}
