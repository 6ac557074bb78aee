/**
 * Sessions as a web process reads them: the live board straight from Redis, and
 * the rest from the process that runs the game.
 *
 * @module
 */
import { type Blocker, blockerOf } from "@/core/blocked_words.ts";
import { AwayError, type BoardAsked, type SessionView } from "@/core/desk.ts";
import { READS, readsSoon } from "@/core/reads.ts";
import type { BoardPage, SessionSummary } from "@/core/views.ts";
import type { BusMember } from "./bus_member.ts";
import type { DeskFlow } from "./desk_calls.ts";

/** Reads the live board of a session where every process can. */
export interface LiveBoard {
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

/** Finds a session's view; null where there is none. */
export type FindView = (id: string) => Promise<SessionView | null>;

/** Finds views: `current` is the session that runs. */
export function remoteViews(
  bus: BusMember,
  board: LiveBoard | null,
): FindView {
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
    const reads = readsSoon(async (name, args) => {
      const found = await bus.ask(name, [id, ...args]);
      if (found !== null) return found;
      const { gone } = READS[name];
      if (gone !== undefined) return gone;
      throw new AwayError("The session is not there any more");
    });
    return {
      ...reads,
      summary,
      board: async (asked) =>
        await livePage(id, asked) ?? await reads.board(asked),
      exportJsonl: () => bus.flow("exportJsonl" satisfies DeskFlow, [id]),
      exportCsv: () => bus.flow("exportCsv" satisfies DeskFlow, [id]),
    };
  }

  const summaryOf = (id: string) =>
    bus.ask("summary", [id]) as Promise<SessionSummary | null>;

  return async (id) => {
    const running = bus.newest("state")?.session ?? null;
    if (id === "current" && !running) {
      if (bus.trouble()) throw new AwayError(bus.trouble()!);
      return null;
    }
    if (running && (id === "current" || id === running.id)) {
      const { id } = running;
      return viewOf(id, async () => await summaryOf(id) ?? running);
    }
    const summary = await summaryOf(id);
    return summary && viewOf(id, () => summary);
  };
}
