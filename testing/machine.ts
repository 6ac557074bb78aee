/**
 * The program on a machine whose clock is set while it runs: libfaketime moves
 * the wall clock of that one process, and leaves alone what only runs forward.
 *
 * @module
 */
import { strictEqual } from "node:assert";
import type { Frame } from "@/core/frame.ts";
import type { SessionSummary } from "@/core/views.ts";
import { api, type Program, startProgram } from "./program.ts";
import { startTikTok, type TikTokServer } from "./tiktok_server.ts";

/** The channel that it is connected to. */
export const CHANNEL = "studio";

/** Debian's library for this processor; null where it is not installed. */
export async function libfaketime(): Promise<string | null> {
  for await (const { name } of Deno.readDir("/usr/lib")) {
    const path = `/usr/lib/${name}/faketime/libfaketimeMT.so.1`;
    if (await Deno.stat(path).catch(() => null)) return path;
  }
  return null;
}

/** The program on such a machine. */
export interface Machine {
  program: Program;
  tiktok: TikTokServer;
  /** Sets the clock so many seconds off the real one. */
  set(seconds: number): Promise<void>;
  state(): Promise<{ frame: Frame; session: SessionSummary }>;
  command(command: Record<string, unknown>): Promise<void>;
}

/**
 * Runs the program on a machine of its own clock.
 *
 * @param library Of `libfaketime()`.
 * @param offset Seconds that the clock is off from the start.
 */
export async function onMachine(
  library: string,
  work: (machine: Machine) => Promise<void>,
  offset = 0,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/clock`;
  const set = (seconds: number) =>
    Deno.writeTextFile(file, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  await set(offset);
  const tiktok = await startTikTok();
  tiktok.room(CHANNEL);
  const program = await startProgram({
    DATA_DIR: `${folder}/data`,
    TIKTOK_WEB_URL: tiktok.url,
    TIKTOK_SIGN_URL: tiktok.url,
    CHANNEL,
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  try {
    await work({
      program,
      tiktok,
      set,
      async state() {
        const { body } = await api(program, "state");
        return body as { frame: Frame; session: SessionSummary };
      },
      async command(command) {
        const { status, body } = await api(program, "commands", command);
        strictEqual(status, 200, JSON.stringify(body));
      },
    });
  } finally {
    await program.end();
    await tiktok.close();
    await Deno.remove(folder, { recursive: true });
  }
}
