/**
 * The desk as a web process has it: the news of the bus for what everybody
 * looks at, the live board straight from Redis, and the owner for the rest. It
 * keeps nothing of its own.
 *
 * @module
 */
import { type Blocker, blockerOf } from "@/core/blocked_words.ts";
import type { Clock } from "@/core/clock.ts";
import { connectionOff } from "@/core/connection.ts";
import { AwayError, type Desk } from "@/core/desk.ts";
import type { BoardAsked, SessionView } from "@/core/desk.ts";
import { type Frame, idleFrame } from "@/core/frame.ts";
import { OBS_OFF } from "@/core/obs.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { forEachRead, READS, type ReadsSoon } from "@/core/reads.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import type { BoardPage, DeskState, SessionSummary } from "@/core/views.ts";
import type { BusMember } from "./bus_member.ts";
import { type DeskCalls, type DeskFlow, IMPORT } from "./desk_calls.ts";

/** How long the owner may take to say whether it could take a command, in ms. */
const CHECK_MS = 1_500;

/** Reads the live board of a session where every process can. */
interface LiveBoard {
  /**
   * @returns Null where the board is not there, or not up to `seq` yet: then
   * the owner is to be asked.
   */
  page(
    sessionId: string,
    asked: BoardAsked,
    options: { seq: number; blocker: Blocker },
  ): Promise<BoardPage | null>;
}

/** What a remote desk needs. */
interface RemoteDeskOptions {
  bus: BusMember;
  board: LiveBoard | null;
  version: string;
  clock: Clock;
}

/** A desk whose sessions run in another process. */
export function remoteDesk(options: RemoteDeskOptions): Desk {
  const { bus, board, clock } = options;
  /** The newest frame that has come, and when, by the clock that runs forward. */
  let come: { frame: Frame; at: number } | null = null;
  const stopNoting = bus.watch("frame", noteFrame);
  noteFrame();

  function call<K extends keyof DeskCalls>(
    name: K,
    ...args: Parameters<DeskCalls[K]>
  ): ReturnType<DeskCalls[K]> {
    return bus.ask(name, args) as ReturnType<DeskCalls[K]>;
  }

  function noteFrame() {
    const frame = bus.newest("frame");
    if (frame && frame !== come?.frame) come = { frame, at: clock.elapsed() };
  }

  /** By the owner's clock: this machine's may be another. */
  function now(): number {
    noteFrame();
    if (!come) return clock.wall();
    return Math.round(come.frame.now + clock.elapsed() - come.at);
  }

  function frame(): Frame {
    return { ...(bus.newest("frame") ?? idleFrame(0)), now: now() };
  }

  function state(): DeskState {
    const told = bus.newest("state") ?? nothingTold();
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
        version: options.version,
      },
      settings: DEFAULT_SETTINGS,
      obs: OBS_OFF,
      rehearsal: false,
    };
  }

  async function livePage(
    id: string,
    asked: BoardAsked,
  ): Promise<BoardPage | null> {
    if (!board) return null;
    const state = bus.newest("state");
    if (!state) return null;
    const running = state.session;
    const seq = running?.id === id ? running.seq : 0;
    try {
      const blocker = blockerOf(state.settings.blockedWords);
      return await board.page(id, asked, { seq, blocker });
    } catch (error) {
      if (error instanceof AwayError) return null;
      throw error;
    }
  }

  function viewOf(
    id: string,
    summary: () => SessionSummary | Promise<SessionSummary>,
  ): SessionView {
    const reads = forEachRead((name) => async (...args: unknown[]) => {
      const found = await bus.ask(name, [id, ...args]);
      if (found !== null) return found;
      const { gone } = READS[name];
      if (gone !== undefined) return gone;
      throw new AwayError("The session is not there any more");
    }) as unknown as ReadsSoon;
    return {
      ...reads,
      summary,
      board: async (asked) =>
        await livePage(id, asked) ?? await reads.board(asked),
      exportJsonl: () => bus.flow("exportJsonl" satisfies DeskFlow, [id]),
      exportCsv: () => bus.flow("exportCsv" satisfies DeskFlow, [id]),
    };
  }

  return {
    // A key of our own, so that it may be asked again without a second effect.
    submit: (command, key = `bus-${crypto.randomUUID()}`) =>
      call("submit", command, key),
    state,
    frame,
    now,
    watchFrames: (listener) =>
      bus.watch("frame", () => {
        const newest = bus.newest("frame");
        if (newest) listener(newest);
      }),
    watchState(listener) {
      const stops = [bus.watch("state", listener), bus.watchTrouble(listener)];
      return () => stops.forEach((stop) => stop());
    },
    async view(id) {
      const running = bus.newest("state")?.session ?? null;
      if (id === "current" && !running) {
        if (bus.trouble()) throw new AwayError(bus.trouble()!);
        return null;
      }
      if (running && (id === "current" || id === running.id)) {
        const { id } = running;
        return viewOf(
          id,
          async () => await call("summary", id) ?? running,
        );
      }
      const summary = await call("summary", id);
      return summary && viewOf(id, () => summary);
    },
    sessions: (q) => call("sessions", q ?? null),
    removedSessions: () => call("removedSessions"),
    renameSession: (id, title) => call("renameSession", id, title),
    removeSession: (id) => call("removeSession", id),
    restoreSession: (id) => call("restoreSession", id),
    importSession: (lines) => bus.send(IMPORT, lines) as Promise<SessionInfo>,
    forgetViewer: (id) => call("forgetViewer", id),
    changeSettings: (change) => call("changeSettings", change),
    obsSettings: () => call("obsSettings"),
    changeObs: (change) => call("changeObs", change),
    leads: () => false,
    async check() {
      const trouble = bus.trouble();
      if (trouble) throw new AwayError(trouble);
      await inTime(call("check"));
    },
    close() {
      stopNoting();
      return bus.close();
    },
  };
}

/** A look that takes longer is a no: whoever asks does not wait longer either. */
async function inTime(look: Promise<unknown>): Promise<void> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const none = new Promise<never>((_, reject) => {
    const error = new AwayError(
      "The process that runs the game does not answer in time",
    );
    late = setTimeout(() => reject(error), CHECK_MS);
  });
  try {
    await Promise.race([look, none]);
  } finally {
    clearTimeout(late);
  }
}

function isOff({ connection }: Omit<DeskState, "frame">): boolean {
  return connection.state === "off";
}
