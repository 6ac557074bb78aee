/**
 * What members may ask of the desk over the bus: one list, for the side that
 * answers and for the side that asks.
 *
 * @module
 */
import type { Desk, Outcome, SessionView } from "@/core/desk.ts";
import {
  forEachRead,
  READ_NAMES,
  type ReadAnswer,
  type ReadName,
  type Reads,
} from "@/core/reads.ts";
import type { ObsSettings } from "@/core/obs.ts";
import type { SessionInfo } from "@/core/ports.ts";
import type { Refusal } from "@/core/refusals.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { ObsChange } from "@/core/shapes/obs.ts";
import type { Settings, SettingsChange } from "@/core/shapes/settings.ts";
import type { Calls } from "./bus_works.ts";

/** What can be read of a session, by its id; null where there is none. */
type SessionCalls = {
  [K in ReadName]: (
    id: string,
    ...args: Parameters<Reads[K]>
  ) => Promise<ReadAnswer<K> | null>;
};

/** Answered once. JSON knows no `undefined`: what is left out comes as null. */
export interface DeskCalls extends SessionCalls {
  submit(command: Command, key: string): Promise<Outcome>;
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
const UNCHANGING: readonly (keyof DeskCalls)[] = [
  ...READ_NAMES,
  ...["removedSessions", "sessions", "obsSettings", "check"] as const,
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
    ...forEachRead((name) => (id: string, ...args: unknown[]) =>
      read(id, (view) => callOf(view, name)(...args))
    ) as unknown as SessionCalls,
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
    reads: new Set<string>(UNCHANGING),
    flows: {
      exportJsonl: (id: string) => read(id, (view) => view.exportJsonl()),
      exportCsv: (id: string) => read(id, (view) => view.exportCsv()),
    } satisfies Record<DeskFlow, unknown>,
    intakes: { [IMPORT]: (lines) => desk.importSession(lines) },
  };
}

/** A read of a view, whatever it takes and gives. */
function callOf(
  view: SessionView,
  name: ReadName,
): (...args: unknown[]) => unknown {
  return view[name] as (...args: unknown[]) => unknown;
}
