/**
 * Sessions as they stand in the list: found, renamed, removed, brought back.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import type { InOrder } from "@/core/in_order.ts";
import type { SessionInfo, Store } from "@/core/ports.ts";
import type { Shelf } from "../past/shelf.ts";
import type { SessionHere } from "./session_here.ts";

/** How long a removed session can be restored, in ms. */
const RESTORABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** The list of sessions. */
export interface Lines {
  /** Those that are not removed, as they match. */
  all(q?: string): Promise<SessionInfo[]>;
  /** Those that can be restored, the latest first. */
  removed(): Promise<SessionInfo[]>;
  /** Changes a session's line; null where there is none. */
  change(id: string, wanted: Partial<SessionInfo>): Promise<SessionInfo | null>;
}

/** @param alone Opening, changing and reading one session that does not run. */
export function createLines(
  { store, shelf, clock, alone, here, onChange }: {
    store: Store;
    shelf: Shelf;
    clock: Clock;
    alone: InOrder;
    here: SessionHere;
    onChange(): void;
  },
): Lines {
  async function change(id: string, wanted: Partial<SessionInfo>) {
    const running = here.info();
    const line = running?.id === id ? running : await store.session(id);
    if (!line) return null;
    const changed = { ...line, ...wanted };
    await store.putSession(changed);
    if (here.info()?.id === id) here.setInfo(changed);
    shelf.forget(id);
    onChange();
    return changed;
  }

  return {
    async all(q) {
      const wanted = q?.trim().toLocaleLowerCase() ?? "";
      const lines = await store.listSessions();
      return lines.filter((line) =>
        line.deletedAt === null &&
        (line.title.toLocaleLowerCase().includes(wanted) ||
          line.channel.includes(wanted.replace(/^@/, "")))
      );
    },
    async removed() {
      const since = clock.wall() - RESTORABLE_MS;
      const lines = await store.listSessions();
      return lines.filter((line) => (line.deletedAt ?? 0) > since)
        .sort((a, b) => b.deletedAt! - a.deletedAt!);
    },
    change: (id, wanted) => alone(id, () => change(id, wanted)),
  };
}
