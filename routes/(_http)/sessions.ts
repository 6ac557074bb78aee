/**
 * The session an address means: `current`, one by its id, or none.
 *
 * @module
 */
import type { Desk, SessionView } from "@/core/desk.ts";
import { Problem } from "./problem.ts";

/** What routes about sessions need of a request. */
interface Asked {
  params: Record<string, string>;
  state: { desk: Desk };
}

/** The session of `params.id`, to read. @throws {Problem} 404. */
export async function sessionOf(ctx: Asked): Promise<SessionView> {
  const view = await ctx.state.desk.view(ctx.params.id!);
  if (!view) throw noSession(ctx.params.id!);
  return view;
}

/** The id that `params.id` means. @throws {Problem} 404. */
export function sessionIdOf(ctx: Asked): string {
  const id = ctx.params.id!;
  const meant = id === "current" ? ctx.state.desk.state().session?.id : id;
  if (meant === undefined) throw noSession(id);
  return meant;
}

/** The running session, or null. */
export function running(
  ctx: Pick<Asked, "state">,
): Promise<SessionView | null> {
  return ctx.state.desk.view("current");
}

/** 404 for a session. */
export function noSession(id: string): Problem {
  return new Problem(
    404,
    id === "current"
      ? "No session runs. Start one with the command `newSession`"
      : "There is no such session. `GET /api/sessions` lists them",
  );
}

/** 404 for a viewer. */
export function noViewer(): Problem {
  return new Problem(404, "This viewer has done nothing in the session");
}
