/**
 * The log of the program, for whoever looks at its window.
 *
 * @module
 */

/** Writes a line with the time of day. */
export function log(line: string): void {
  tell(`${new Date().toLocaleTimeString("sv")} ${line}`);
}

/**
 * Writes a text where it can still be read. A window that was closed takes
 * none, and whoever is ending because of that must not break off over it.
 *
 * @returns Whether it was written.
 */
export function tell(
  text: string,
  write: (text: string) => void = console.log,
): boolean {
  try {
    write(text);
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // the system's word for it differs
    throw error;
  }
}
