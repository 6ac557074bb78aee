/**
 * The provider that an address means.
 *
 * @module
 */
import type { State } from "./define.ts";
import type { Account } from "@/access/accounts/mod.ts";
import { Problem } from "./problem.ts";

/** The provider of `params.provider`. @throws {Problem} 404. */
export function accountFor(
  ctx: { params: Record<string, string>; state: State },
): Account {
  const { provider } = ctx.params;
  const found = ctx.state.accounts?.find(({ id }) => id === provider);
  if (!found) throw new Problem(404, "Nobody signs in with this here");
  return found;
}
