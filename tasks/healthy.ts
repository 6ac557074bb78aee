/**
 * Whether the program on this machine is alive, for a container's health
 * check: ends with 0 or 1.
 *
 * @module
 */
import { whyOf } from "@/core/why.ts";

const port = Deno.env.get("PORT") ?? "8000";
/** Longer than this is not alive. */
const LONGEST_MS = 2_500;

try {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, {
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  Deno.exit(response.ok ? 0 : 1);
} catch (error) {
  console.error(whyOf(error));
  Deno.exit(1);
}
