/**
 * Starts the program where it is bundled: `tasks/program.ts` makes
 * `_fresh/program.js` of this file.
 *
 * @module
 */
import { start } from "@/main.ts";

start();
