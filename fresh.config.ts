/**
 * The options given to `new App()` and to `new Builder()`.
 *
 * Fresh 2 itself does not look for this file: `main.ts` and the build
 * (`tasks/build.ts`, `tasks/dev.ts`) take their options from it.
 *
 * @module
 */

import type { FreshConfig } from "fresh";
import type { Builder } from "fresh/dev";

/** Options of the app. */
export const appConfig: FreshConfig = {};

/** Options of the build; folders are relative to this file's. */
export const buildConfig: ConstructorParameters<typeof Builder>[0] = {
  root: import.meta.dirname,
  // OBS 28 to 30.2 show overlays with Chromium 103.
  target: "chrome103",
  staticDir: "static",
  islandDir: "islands",
  routeDir: "routes",
  outDir: "_fresh",
};
