/**
 * The program as the launcher's child: what the launcher is told to do, it is
 * told, too.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { servingArguments } from "./serving.ts";

/** A program that was started. */
export interface Child {
  /** Its exit code. */
  ended: Promise<number>;
  /** The signal that it was told to stop by, if any. */
  toldBy(): Deno.Signal | null;
}

/** How people and systems end a program: Ctrl-C, a shutdown, a closed window. */
const ENDS: Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Where a package's program runs. */
interface Where {
  /** The folder of the bundle's folder. */
  program: URL;
  /** The data folder as a permission names it. */
  data: string;
  port: number;
  /** Settings that the environment does not have. */
  settings: Record<string, string>;
}

/** Starts it in this window. */
export function startChild({ program, data, port, settings }: Where): Child {
  const child = new Deno.Command(Deno.execPath(), {
    args: servingArguments(data, port),
    cwd: fileURLToPath(program),
    env: settings,
    stdin: "null",
  }).spawn();
  let told: Deno.Signal | null = null;
  for (const signal of ENDS) {
    Deno.addSignalListener(signal, () => {
      told = signal;
      // Windows tells every process of a window by itself.
      if (Deno.build.os !== "windows") tell(child, signal);
    });
  }
  return {
    toldBy: () => told,
    ended: child.status.then(({ code }) => code),
  };
}

function tell(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    // It has ended already.
    const isGone = error instanceof Deno.errors.NotFound ||
      error instanceof TypeError;
    if (!isGone) throw error;
  }
}
