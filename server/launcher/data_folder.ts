/**
 * Where a downloaded program keeps everything: in the user's own folder for
 * data, which an update does not touch.
 *
 * @see {@link https://specifications.freedesktop.org/basedir-spec/latest/}
 * @module
 */
import { posix, win32 } from "node:path";

/** What the choice depends on. */
export interface Machine {
  os: typeof Deno.build.os;
  /** A variable of the environment. */
  env(name: string): string | undefined;
  /** The user's own folder; null where there is none. */
  home: string | null;
}

const TITLE = "TikTok Live Support";

/** The folder, in full; null where the user has none. */
export function usualDataFolder({ os, env, home }: Machine): string | null {
  const at = (folder: string | null | undefined, ...parts: string[]) =>
    folder ? (os === "windows" ? win32 : posix).join(folder, ...parts) : null;
  if (os === "windows") {
    return at(env("LOCALAPPDATA"), TITLE) ??
      at(home, "AppData", "Local", TITLE);
  }
  if (os === "darwin") {
    return at(home, "Library", "Application Support", TITLE);
  }
  const named = env("XDG_DATA_HOME");
  // A relative one counts as none, says the specification.
  const base = named?.startsWith("/") ? named : at(home, ".local", "share");
  return at(base, "tiktok-live-support");
}
