/**
 * Whether a program answers on this machine. Not by `fetch`, which would ask a
 * proxy that the environment names.
 *
 * @module
 */
import { get } from "node:http";

/** Longer than this is no answer. */
const LONGEST_MS = 2_500;
/** Between two looks. */
const LOOK_MS = 50;

/** Whether what listens there is this program. */
export function answers(home: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${home}/healthz`, { timeout: LONGEST_MS }, (found) => {
      let text = "";
      found.setEncoding("utf8").on("data", (part) => text += part)
        .on("end", () => resolve(isHealth(text)))
        .on("error", () => resolve(false));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}

/** Whether this is what `/healthz` says, and no other server's page. */
function isHealth(text: string): boolean {
  return /^\{.*"ok":true.*\}$/.test(text) && /"version":"/.test(text);
}

/** Waits until something holds; whether it came true in time. */
export async function comesTrue(
  holds: () => Promise<boolean>,
  longestMs: number,
): Promise<boolean> {
  const end = performance.now() + longestMs;
  while (!await holds()) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}
