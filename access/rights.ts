/**
 * Who may do what: one table of every address, and one of every command. What
 * is in neither is refused, so that a new route begins closed.
 *
 * @module
 */
import type { Command } from "@/core/shapes/commands.ts";
import type { Role } from "@/core/views.ts";

/** The roles that may, or `anyone`, key or not. */
export type Right = readonly Role[] | "anyone";
export type Method = "GET" | "POST" | "PATCH" | "DELETE";
export type Rights = Partial<Record<Method, Right>>;

const HOST = ["host"] as const;
const HELPERS = ["host", "moderator"] as const;
const PRESSERS = ["host", "button"] as const;
const READERS = ["host", "moderator", "display"] as const;

/** Roles by address (`:name` is one part of any content) and method. */
export const RIGHTS: Record<string, Rights> = {
  "/": { GET: HELPERS },
  "/admin": { GET: HELPERS },
  "/buttons": { GET: HOST },
  "/overlay": { GET: READERS },
  "/sessions": { GET: HELPERS },
  "/sessions/:id": { GET: HELPERS },
  "/verify": { GET: "anyone" },
  "/signin": { GET: "anyone" },
  "/pair": { GET: "anyone", POST: "anyone" },
  "/oauth/:provider/signin": { GET: "anyone" },
  "/oauth/:provider/callback": { GET: "anyone" },
  "/signout": { POST: READERS },

  "/source.tar.gz": { GET: "anyone" },

  "/healthz": { GET: "anyone" },
  "/readyz": { GET: "anyone" },
  "/metrics": { GET: HOST },

  "/api/commands": { POST: HELPERS },
  "/api/state": { GET: READERS },
  "/api/frames": { GET: READERS },
  "/api/avatars/:id": { GET: READERS },
  "/api/board": { GET: READERS },
  "/api/viewers/:id": { GET: HELPERS, DELETE: HOST },
  "/api/viewers/:id/receipts": { GET: HELPERS },
  "/api/comments": { GET: HELPERS },
  "/api/questions": { GET: HELPERS },
  "/api/settings": { GET: HELPERS, PATCH: HOST },
  "/api/obs": { GET: HOST, PATCH: HOST },
  "/api/buttons/state": { GET: PRESSERS },
  "/api/buttons/:action": { POST: PRESSERS },
  "/api/buttons/scene/:name": { POST: PRESSERS },
  "/api/keys": { GET: HOST, POST: HOST },
  "/api/keys/:id": { POST: HOST, DELETE: HOST },
  "/api/signins": { DELETE: HOST },
  "/api/signins/:id": { DELETE: HOST },
  "/api/pairings": { GET: HOST, POST: HOST },
  "/api/openapi.json": { GET: READERS },

  "/api/sessions": { GET: HELPERS },
  "/api/sessions/import": { POST: HOST },
  "/api/sessions/removed": { GET: HOST },
  "/api/sessions/:id": { GET: HELPERS, PATCH: HOST, DELETE: HOST },
  "/api/sessions/:id/restore": { POST: HOST },
  "/api/sessions/:id/board": { GET: HELPERS },
  "/api/sessions/:id/winners": { GET: HELPERS },
  "/api/sessions/:id/timeline": { GET: HELPERS },
  "/api/sessions/:id/comments": { GET: HELPERS },
  "/api/sessions/:id/viewers/:viewer": { GET: HELPERS },
  "/api/sessions/:id/viewers/:viewer/receipts": { GET: HELPERS },
  "/api/sessions/:id/export.csv": { GET: HOST },
  "/api/sessions/:id/export.jsonl": { GET: HOST },
};

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
