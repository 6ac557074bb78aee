/**
 * Opens an address in the browser that the user has chosen.
 *
 * @module
 */

/** Programs of a system that do it, the best first. */
const OPENERS: Partial<Record<typeof Deno.build.os, string[][]>> = {
  windows: [["rundll32", "url.dll,FileProtocolHandler"]],
  darwin: [["open"]],
};
const OTHERS = [["xdg-open"], ["gio", "open"], ["wslview"]];

/** Whether one of them has said that it did. */
export async function openBrowser(
  address: string,
  openers = OPENERS[Deno.build.os] ?? OTHERS,
): Promise<boolean> {
  for (const [program, ...args] of openers) {
    if (await runs(program!, [...args, address])) return true;
  }
  return false;
}

async function runs(program: string, args: string[]): Promise<boolean> {
  try {
    const command = new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      // It outlives this window.
      detached: true,
    });
    return (await command.output()).success;
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    if (isMissing) return false;
    throw error;
  }
}
