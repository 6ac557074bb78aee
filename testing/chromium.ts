/**
 * Opens a real Chromium for tests. Each one has an empty profile.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";

/** Flags that keep a browser to itself: no window, no calls of its own. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A browser that runs until it is closed.
 *
 * @param path The program; `$CHROMIUM` or `/usr/bin/chromium` if not given.
 * @param more Further flags.
 * @throws {Error} If there is no such program.
 */
export async function openChromium(
  path: string = Deno.env.get("CHROMIUM") || "/usr/bin/chromium",
  more: string[] = [],
): Promise<Browser> {
  try {
    await Deno.stat(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `Cannot open Chromium: there is none at "${path}". ` +
        "`deno task setup` says how to get one; $CHROMIUM names another place",
    );
  }
  return await chromium.launch({
    executablePath: path,
    args: [...FLAGS, ...more],
  });
}
