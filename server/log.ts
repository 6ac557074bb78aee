/**
 * The log of the program, for whoever looks at its window.
 *
 * @module
 */

/** Writes a line with the time of day. */
export function log(line: string): void {
  console.log(`${new Date().toLocaleTimeString("sv")} ${line}`);
}
