/**
 * Copies text, also where the browser has no clipboard: on a phone that
 * reaches the panel over plain HTTP, and in an OBS dock.
 *
 * @module
 */

/**
 * Copies what an input holds.
 *
 * @returns Whether it worked; if not, the text is selected, ready to copy.
 */
export async function copyFrom(input: HTMLInputElement): Promise<boolean> {
  input.focus();
  input.select();
  if (!globalThis.isSecureContext) return document.execCommand("copy");
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    return document.execCommand("copy"); // not allowed here: the older way
  }
}
