/**
 * What everybody looks at, as a web process has heard it on the bus, and how it
 * looks while nothing is heard.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { connectionOff } from "@/core/connection.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import { OBS_OFF } from "@/core/obs.ts";
import { NO_ROUNDS } from "@/core/no_rounds.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import type { DeskState } from "@/core/views.ts";
import type { BusMember } from "./bus_member.ts";

/** What was told, and is as old as the bus. */
export interface Heard {
  state(): DeskState;
  frame(): Frame;
  /** By the owner's clock: this machine's may be another. */
  now(): number;
  close(): void;
}

/**
 * Hears along.
 *
 * @param version Of this program, said where nothing was told yet.
 */
export function hearOn(bus: BusMember, clock: Clock, version: string): Heard {
  /** The newest frame that has come, and when, by the clock that runs forward. */
  let come: { frame: Frame; at: number } | null = null;
  const stopNoting = bus.watch("frame", noteFrame);
  noteFrame();

  function noteFrame() {
    const frame = bus.newest("frame");
    if (frame && frame !== come?.frame) come = { frame, at: clock.elapsed() };
  }

  function now(): number {
    noteFrame();
    if (!come) return clock.wall();
    return Math.round(come.frame.now + clock.elapsed() - come.at);
  }

  function frame(): Frame {
    return { ...idleFrame(0), ...bus.newest("frame"), now: now() };
  }

  function state(): DeskState {
    // Whoever leads may be of an older version, which does not tell all of it.
    const heard = bus.newest("state");
    const told = {
      ...{ ...nothingTold(), ...heard },
      late: { ...NO_ROUNDS.late, ...heard?.late },
    };
    const trouble = bus.trouble();
    if (!trouble) return { ...told, frame: frame() };
    return {
      ...told,
      frame: frame(),
      connection: isOff(told)
        ? told.connection
        : { ...told.connection, ...cutOff(trouble) },
      health: { ...told.health, storage: trouble, away: trouble, ...redis() },
    };
  }

  /** How Redis does, where it is known better here than by who told last. */
  function redis(): Pick<DeskState["health"], "redis"> {
    const detail = bus.redisTrouble();
    return detail === null ? {} : { redis: { state: "unreachable", detail } };
  }

  /** How a connection looks while nobody can say how it stands. */
  function cutOff(trouble: string) {
    const state = "waiting" as const;
    const reason = "lost" as const;
    const since = bus.heardAt();
    return { state, reason, message: trouble, since, retryAt: null };
  }

  function nothingTold(): Omit<DeskState, "frame"> {
    return {
      connection: connectionOff(bus.heardAt()),
      session: null,
      undo: null,
      redo: null,
      ...NO_ROUNDS,
      queue: [],
      health: {
        eventsPerSecond: 0,
        lastEventAt: null,
        counts: null,
        roomViewers: null,
        overlays: 0,
        queued: 0,
        refused: 0,
        storage: null,
        version,
      },
      settings: DEFAULT_SETTINGS,
      obs: OBS_OFF,
      rehearsal: false,
    };
  }

  return { state, frame, now, close: stopNoting };
}

function isOff({ connection }: Omit<DeskState, "frame">): boolean {
  return connection.state === "off";
}
