/**
 * Builds a project and serves it while it is worked on. Needs a bundler, so a
 * deployed server does not import it.
 *
 * @module
 */

export { type ApplyBuild, Builder } from "./build/builder.ts";
export type { ListenOptions } from "./build/listen.ts";
export type { BuilderOptions } from "./build/options.ts";
