/**
 * What a game is called where its host gave it no name.
 *
 * @module
 */
import type { SessionInfo } from "@/core/ports.ts";
import type { Texts } from "@/locales/mod.ts";

/** See the module. */
export function gameTitle(
  { app, game }: Texts,
  { title, rehearsal }: Pick<SessionInfo, "title" | "rehearsal">,
): string {
  return title || (rehearsal ? app.rehearsed : game.untitled);
}
