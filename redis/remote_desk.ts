/**
 * The desk as a web process has it: the news of the bus for what everybody
 * looks at, the live board straight from Redis, and the owner for the rest. It
 * keeps nothing of its own.
 *
 * @module
 */
import { type Clock, within } from "@/core/clock.ts";
import { AwayError, type Desk } from "@/core/desk.ts";
import type { SessionInfo } from "@/core/ports.ts";
import type { BusMember } from "./bus_member.ts";
import { type DeskCalls, IMPORT } from "./desk_calls.ts";
import { hearOn } from "./heard.ts";
import { type LiveBoard, remoteViews } from "./remote_views.ts";

/** How long the owner may take to say whether it could take a command, in ms. */
const CHECK_MS = 1_500;

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
  const heard = hearOn(bus, clock, options.version);

  function call<K extends keyof DeskCalls>(
    name: K,
    ...args: Parameters<DeskCalls[K]>
  ): ReturnType<DeskCalls[K]> {
    return bus.ask(name, args) as ReturnType<DeskCalls[K]>;
  }

  return {
    // A key of our own, so that it may be asked again without a second effect.
    submit: (command, key = `bus-${crypto.randomUUID()}`) =>
      call("submit", command, key),
    state: heard.state,
    frame: heard.frame,
    now: heard.now,
    watchFrames: (listener) =>
      bus.watch("frame", () => {
        const newest = bus.newest("frame");
        if (newest) listener(newest);
      }),
    watchState(listener) {
      const stops = [bus.watch("state", listener), bus.watchTrouble(listener)];
      return () => stops.forEach((stop) => stop());
    },
    view: remoteViews(bus, board),
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
    // What it shows it is told; until then the owner is away.
    loads: () => false,
    async check() {
      const trouble = bus.trouble();
      if (trouble) throw new AwayError(trouble);
      await inTime(clock, call("check"));
    },
    close() {
      heard.close();
      return bus.close();
    },
  };
}

/** A look that takes longer is a no: whoever asks does not wait longer either. */
async function inTime(clock: Clock, look: Promise<unknown>): Promise<void> {
  let isDone = false;
  await within(clock, CHECK_MS, look.then(() => void (isDone = true)));
  if (isDone) return;
  throw new AwayError(
    "The process that runs the game does not answer in time",
  );
}
