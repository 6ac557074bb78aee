/**
 * Opens a real Chromium for tests. Each one has an empty profile.
 *
 * @module
 */

import { existsSync } from "node:fs";
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

/** Where Debian has it; first the one that draws no window, at half the cost. */
const PLACES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/**
 * A browser that runs until it is closed.
 *
 * @param path The program; `$CHROMIUM` or the system's if not given.
 * @param more Further flags.
 * @throws {Error} If there is no such program.
 */
export async function openChromium(
  path: string | undefined = Deno.env.get("CHROMIUM") || undefined,
  more: string[] = [],
): Promise<Browser> {
  const places = path === undefined ? PLACES : [path];
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      `Cannot open Chromium: there is none at "${places.at(-1)}". ` +
        "`deno task setup` says how to get one; $CHROMIUM names another place",
    );
  }
  return await chromium.launch({ executablePath, args: [...FLAGS, ...more] });
}
