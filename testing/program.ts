/**
 * The real program as a process of its own, for tests that stop, kill and start
 * it again.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { dataFolder } from "@/tasks/data_folder.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A running program. */
export interface Program {
  /** Where it serves. */
  readonly url: string;
  readonly pid: number;
  /** All it has printed so far. */
  printed(): string;
  /** Sends a signal and waits for the end; the exit code. */
  end(signal?: Deno.Signal): Promise<number>;
}

/** What a program that was not to serve has left. */
interface Failed {
  code: number;
  printed: string;
}

/** What Deno itself says where another process of it looks after packages. */
const BLOCKING = /^Blocking waiting for file lock on .*\n/gm;

/** Settings of a program under test, on top of a free port on loopback. */
export type Environment = Record<string, string>;

let built: Promise<void> | undefined;
/**
 * Builds the project, once for all tests of a process; not where whoever runs
 * them says that it is built.
 */
export function build(): Promise<void> {
  return built ??= (async () => {
    if (Deno.env.get("PROJECT_IS_BUILT") === "1") return;
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "build"],
      cwd: ROOT,
    }).output();
    if (code !== 0) {
      throw new Error(`Cannot build: ${new TextDecoder().decode(stderr)}`);
    }
  })();
}

/**
 * Starts the program as `deno task start` does, but for the build.
 *
 * @param root Another copy of the project, built already.
 * @param through A command that runs the one behind it.
 * @throws {Error} With what it printed, if it does not come to serve.
 */
export async function startProgram(
  environment: Environment,
  root: string = ROOT,
  through: string[] = [],
): Promise<Program> {
  const program = await launch(environment, root, through);
  if ("url" in program) return program;
  throw new Error(`Cannot start the program: ${program.printed}`);
}

/** Starts the program with settings or arguments that it should refuse. */
export async function failToStart(
  environment: Environment,
  ...args: string[]
): Promise<Failed> {
  const program = await launch(environment, ROOT, [], args);
  if (!("url" in program)) return program;
  await program.end("SIGKILL");
  throw new Error(`It serves on ${program.url} and should not`);
}

async function launch(
  environment: Environment,
  root: string = ROOT,
  through: string[] = [],
  args: string[] = [],
): Promise<Program | Failed> {
  await build();
  const data = await dataFolder(environment.DATA_DIR);
  const [command, ...before] = [...through, Deno.execPath()];
  const child = new Deno.Command(command!, {
    args: [
      ...before,
      "run",
      "--no-prompt",
      "--allow-net",
      "--allow-env",
      // What only serves pages writes nothing, and has no data folder.
      ...(environment.ROLE === "web"
        ? ["--allow-read=."]
        : [`--allow-read=.,${data}`, `--allow-write=${data}`]),
      "_fresh/program.js",
      ...args,
    ],
    cwd: root,
    env: { PORT: "0", ...environment },
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  let text = "";
  let isOver = false;
  let tell: (url: string | null) => void = () => {};
  const url = new Promise<string | null>((resolve) => tell = resolve);
  const gather = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text = (text + part).replace(BLOCKING, "");
      const found = /(?:Panel|Health) +(\S+)\/(?:admin|healthz)/.exec(text);
      if (found) tell(found[1]!);
    }
  };
  const read = Promise.all([gather(child.stdout), gather(child.stderr)]);
  const ended = (async () => {
    const { code } = await child.status;
    isOver = true;
    await read;
    tell(null);
    return code;
  })();

  const address = await url;
  if (address === null) return { code: await ended, printed: text };
  return {
    url: address,
    pid: child.pid,
    printed: () => text,
    end(signal = "SIGTERM") {
      if (!isOver) child.kill(signal);
      return ended;
    },
  };
}

/** Asks the program's API; the status and the JSON of the answer. */
export async function api(
  program: Program,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(
    `${program.url}/api/${path}`,
    body
      ? {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }
      : {},
  );
  return { status: response.status, body: await response.json() };
}

/** Waits until something holds, at most for `seconds`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await holds()) {
    if (performance.now() > end) {
      throw new Error(`Cannot wait longer: ${what} did not come true`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
