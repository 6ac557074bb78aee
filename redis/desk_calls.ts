/**
 * What members may ask of the desk over the bus: one list, for the side that
 * answers and for the side that asks.
 *
 * @module
 */
import type { Command } from "@/core/shapes/commands.ts";
import type { Refusal } from "@/core/refusals.ts";
import type {
  BoardAsked,
  CommentsAsked,
  Desk,
  Outcome,
  SessionView,
} from "@/core/desk.ts";
import type { AskedQuestion, Timeline, Winner } from "@/core/shapes/history.ts";
import type { ObsChange } from "@/core/shapes/obs.ts";
import type { ObsSettings } from "@/core/obs.ts";
import type { SessionInfo } from "@/core/ports.ts";
import type { Settings, SettingsChange } from "@/core/shapes/settings.ts";
import type {
  BoardPage,
  FeedComment,
  Page,
  Receipt,
  SessionSummary,
  ViewerDetails,
} from "@/core/views.ts";
import type { Calls } from "./bus_owner.ts";

type ReceiptsAsked = { cursor?: string; limit: number; newest?: boolean };

/** Answered once. JSON knows no `undefined`: what is left out comes as null. */
export interface DeskCalls {
  submit(command: Command, key: string): Promise<Outcome>;
  summary(id: string): Promise<SessionSummary | null>;
  board(id: string, asked: BoardAsked): Promise<BoardPage | null>;
  viewer(id: string, viewerId: string): Promise<ViewerDetails | null>;
  receipts(
    id: string,
    viewerId: string,
    asked: ReceiptsAsked,
  ): Promise<Page<Receipt> | null>;
  comments(id: string, asked: CommentsAsked): Promise<Page<FeedComment> | null>;
  boardAt(
    id: string,
    at: number,
    asked: BoardAsked,
  ): Promise<BoardPage & { seq: number } | null>;
  winners(id: string): Promise<Winner[] | null>;
  questions(id: string): Promise<AskedQuestion[] | null>;
  timeline(id: string): Promise<Timeline | null>;
  sessions(q: string | null): Promise<SessionInfo[]>;
  removedSessions(): Promise<SessionInfo[]>;
  renameSession(id: string, title: string): Promise<SessionInfo | null>;
  removeSession(id: string): Promise<boolean | Refusal>;
  restoreSession(id: string): Promise<boolean>;
  forgetViewer(id: string): Promise<{ sessions: number; pending: boolean }>;
  changeSettings(change: SettingsChange): Promise<Settings>;
  obsSettings(): Promise<ObsSettings>;
  changeObs(change: ObsChange): Promise<ObsSettings>;
  check(): Promise<void>;
  /** A change of the access keys, of which only `access` knows more. */
  changeKeys(change: unknown): Promise<boolean>;
}

/** Answered in parts. */
export type DeskFlow = "exportJsonl" | "exportCsv";
/** Takes parts in. */
export const IMPORT = "importSession";

/** After these everything is as before. */
const READS: readonly (keyof DeskCalls)[] = [
  ...["summary", "board", "viewer", "receipts", "comments"] as const,
  ...["winners", "questions", "timeline", "removedSessions"] as const,
  ...["boardAt", "sessions", "obsSettings", "check"] as const,
];

/** Answers members' asks from a desk and its keys. */
export function deskCalls(
  desk: Desk,
  changeKeys: (change: unknown) => Promise<boolean>,
): Calls {
  async function read<T>(
    id: string,
    what: (view: SessionView) => T | Promise<T>,
  ): Promise<T | null> {
    const view = await desk.view(id);
    return view && await what(view);
  }
  const answers: DeskCalls = {
    submit: (command, key) => desk.submit(command, key),
    summary: (id) => read(id, (view) => view.summary()),
    board: (id, asked) => read(id, (view) => view.board(asked)),
    viewer: (id, viewerId) => read(id, (view) => view.viewer(viewerId)),
    receipts: (id, viewerId, asked) =>
      read(id, (view) => view.receipts(viewerId, asked)),
    comments: (id, asked) => read(id, (view) => view.comments(asked)),
    boardAt: (id, at, asked) => read(id, (view) => view.boardAt(at, asked)),
    winners: (id) => read(id, (view) => view.winners()),
    questions: (id) => read(id, (view) => view.questions()),
    timeline: (id) => read(id, (view) => view.timeline()),
    removedSessions: () => desk.removedSessions(),
    sessions: (q) => desk.sessions(q ?? undefined),
    renameSession: (id, title) => desk.renameSession(id, title),
    removeSession: (id) => desk.removeSession(id),
    restoreSession: (id) => desk.restoreSession(id),
    forgetViewer: (id) => desk.forgetViewer(id),
    changeSettings: (change) => desk.changeSettings(change),
    obsSettings: () => desk.obsSettings(),
    changeObs: (change) => desk.changeObs(change),
    check: () => desk.check(),
    changeKeys,
  };
  return {
    answers: { ...answers },
    reads: new Set<string>(READS),
    flows: {
      exportJsonl: (id: string) => read(id, (view) => view.exportJsonl()),
      exportCsv: (id: string) => read(id, (view) => view.exportCsv()),
    } satisfies Record<DeskFlow, unknown>,
    intakes: { [IMPORT]: (lines) => desk.importSession(lines) },
  };
}
