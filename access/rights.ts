/**
 * Who may do what: by address, as the table of the API says, and by command.
 * What is in neither is refused, so that a new route begins closed.
 *
 * @module
 */
import { API, type Method, type Right } from "@/core/shapes/api.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { Role } from "@/core/views.ts";

export type { Method, Right } from "@/core/shapes/api.ts";
export type Rights = Partial<Record<Method, Right>>;

/** Roles by address and method. */
export const RIGHTS: Record<string, Rights> = Object.fromEntries(
  Object.entries(API).map(([pattern, methods]) => [
    pattern,
    Object.fromEntries(
      Object.entries(methods).map(([method, { right }]) => [method, right]),
    ),
  ]),
);

const HOST = ["host"] as const;
const HELPERS = ["host", "moderator"] as const;

/**
 * Roles by command. A moderator looks after viewers and comments; what the
 * audience sees and what decides the game is the host's. A button has addresses
 * of its own (`/api/buttons/…`) and gives no commands.
 */
export const COMMAND_RIGHTS: Record<Command["type"], readonly Role[]> = {
  connect: HOST,
  disconnect: HOST,
  newSession: HOST,
  continueSession: HOST,
  endSession: HOST,
  freeze: HOST,
  cancelFreeze: HOST,
  open: HOST,
  selectWinner: HOST,
  showComment: HOST,
  clearStage: HELPERS,
  markComment: HELPERS,
  hideComment: HELPERS,
  queueComment: HELPERS,
  unqueueComment: HELPERS,
  adjustPoints: HOST,
  sitOut: HELPERS,
  comeBack: HELPERS,
  blockViewer: HELPERS,
  unblockViewer: HELPERS,
  setRates: HOST,
  undo: HOST,
  redo: HOST,
  startRound: HOST,
  setClock: HOST,
  pause: HOST,
  resume: HOST,
  setTeams: HOST,
  assignTeam: HELPERS,
  setGoals: HOST,
  boost: HOST,
  endBoost: HOST,
  countLate: HOST,
  markPrize: HOST,
  switchScene: HOST,
  refreshOverlays: HOST,
  reconnectObs: HOST,
  simulate: HOST,
};

const ROWS = Object.entries(RIGHTS)
  .map(([pattern, rights]) => ({ parts: pattern.split("/"), rights, pattern }))
  .sort((a, b) => named(a.parts) - named(b.parts));

/** The row of an address, the most exact one first; null for none. */
export function rightsOf(
  path: string,
): { pattern: string; rights: Rights } | null {
  const parts = (path.length > 1 ? path.replace(/\/$/, "") : path).split("/");
  return ROWS.find((row) =>
    row.parts.length === parts.length &&
    row.parts.every((part, i) =>
      part.startsWith(":") ? parts[i] !== "" : part === parts[i]
    )
  ) ?? null;
}

/** The right that a method needs; HEAD reads as GET does. */
export function rightOf(rights: Rights, method: string): Right | null {
  const asked = method === "HEAD" ? "GET" : method;
  return Object.hasOwn(rights, asked) ? rights[asked as Method] ?? null : null;
}

function named(parts: string[]): number {
  return parts.filter((part) => part.startsWith(":")).length;
}
