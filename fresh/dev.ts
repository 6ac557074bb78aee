/**
 * Builds a project and serves it while it is worked on. Needs a bundler, so a
 * deployed server does not import it.
 *
 * @module
 */

export { Builder } from "./build/builder.ts";
export type { BuildOptions } from "./build/options.ts";
