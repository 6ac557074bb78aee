/**
 * What the desk keeps beside sessions: what ran when the program was last
 * alive, and the host's settings.
 *
 * @module
 */
import { z } from "zod";
import type { Store } from "@/core/ports.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { Settings, type SettingsChange } from "@/core/shapes/settings.ts";

type Documents = Pick<Store, "document" | "putDocument">;

/** What ran when the program was last alive. */
const Running = z.object({
  sessionId: z.string().nullable().default(null),
  channel: z.string().nullable().default(null),
  roomId: z.string().nullable().default(null),
});
export type Running = z.infer<typeof Running>;

/** What runs, as it is kept. */
export interface KeptRunning {
  now(): Running;
  /** What is kept, which another process may have written. */
  read(): Promise<Running>;
  /** Takes what is kept for what runs. */
  reload(): Promise<void>;
  /** @throws {Error} If it cannot be written. */
  keep(change: Partial<Running>): Promise<void>;
  /**
   * Whether that is what is kept. A write that failed may have come through:
   * until one succeeds, another process could go on with what never ran.
   */
  isSure(): boolean;
}

/** Reads what ran. */
export async function openRunning(store: Documents): Promise<KeptRunning> {
  const read = async () => Running.parse(await store.document("running") ?? {});
  let running = await read();
  let isSure = true;
  return {
    now: () => running,
    read,
    isSure: () => isSure,
    async reload() {
      running = await read();
      isSure = true;
    },
    async keep(change) {
      const before = running;
      const next = running = { ...running, ...change };
      try {
        await store.putDocument("running", next);
        isSure = running === next;
      } catch (error) {
        isSure = false;
        if (running === next) running = before; // nothing else was kept since
        throw error;
      }
    },
  };
}

/** The host's settings, as they are kept. */
export interface KeptSettings {
  now(): Settings;
  reload(): Promise<void>;
  /** @throws {Error} If it cannot be written; nothing changes then. */
  change(wanted: SettingsChange): Promise<Settings>;
}

/** Reads the settings; the defaults where what is kept cannot be understood. */
export async function openSettings(store: Documents): Promise<KeptSettings> {
  const read = async () => {
    const kept = Settings.safeParse(await store.document("settings") ?? {});
    return kept.success ? kept.data : DEFAULT_SETTINGS;
  };
  let settings = await read();
  return {
    now: () => settings,
    async reload() {
      settings = await read();
    },
    async change(wanted) {
      const next = Settings.parse({ ...settings, ...wanted });
      await store.putDocument("settings", next);
      return settings = next;
    },
  };
}
