/**
 * Ends well if there is nothing to build: sooner than the build itself, which
 * asks first where its bundler is.
 *
 * @module
 */
import { builtOf } from "./built.ts";
import { sourceHash } from "./source_hash.ts";

Deno.exit(await builtOf() === sourceHash() ? 0 : 1);
