export interface ListenOptions {
  port?: number;
  hostname?: string;
  signal?: AbortSignal;
}
import type { BuilderPlan } from "./options.ts";
import type { Handler } from "../server/types.ts";
export async function listenForChanges(
  _plan: BuilderPlan,
  options: ListenOptions,
  load: () => Promise<Handler>,
) {
  const handler = await load();
  return Deno.serve(options, handler);
}
