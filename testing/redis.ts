/**
 * A real Redis for tests: on a free port of loopback, with a folder of its own,
 * ended by the process that started it.
 *
 * @module
 */
import { freePort } from "./free_port.ts";

/** A running Redis. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash does (SIGKILL); the folder stays. */
  kill(): Promise<void>;
  /** Sends it a signal, such as SIGSTOP, and waits for nothing. */
  signal(signal: Deno.Signal): void;
  /** Starts it again where it was, on the same port, after `kill()`. */
  restart(): Promise<void>;
}

/** What a test may want of its Redis; `--name value` each. */
export interface RedisOptions {
  /** `yes` unless given: what is acknowledged is in the append-only file. */
  appendonly?: "yes" | "no";
  /** Further settings, such as `{ maxmemory: "10mb" }`. */
  settings?: Record<string, string>;
}

const INSTALL =
  "Cannot start Redis: there is no redis-server; install it (on Debian: apt-get install redis-server)";
/** How long a Redis may take to answer. */
const START_MS = 30_000;

/** Starts a Redis. @throws {Error} How to install it, where it is missing. */
export async function startRedis(
  { appendonly = "yes", settings = {} }: RedisOptions = {},
): Promise<TestRedis> {
  const folder = await Deno.makeTempDir({ prefix: "redis-" });
  const port = freePort();
  const given = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    appendonly,
    appendfsync: "everysec",
    save: "",
    daemonize: "no",
    ...settings,
  };
  const args = Object.entries(given).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  let child = launch(args);

  const end = async (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    await child.status;
  };
  const remove = () => Deno.remove(folder, { recursive: true });
  try {
    await answers(port);
  } catch (error) {
    await end("SIGKILL");
    await remove();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid;
    },
    async stop() {
      await end("SIGKILL"); // nobody reads the folder again
      await remove();
    },
    kill: () => end("SIGKILL"),
    signal: (signal) => child.kill(signal),
    async restart() {
      child = launch(args);
      await answers(port);
    },
  };
}

function launch(args: string[]): Deno.ChildProcess {
  try {
    return new Deno.Command("redis-server", {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new Error(INSTALL);
    throw error;
  }
}

/** Waits until it answers a PING, with anything but that it is still loading. */
async function answers(port: number): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    const said = await ping(port);
    if (said !== "" && !said.startsWith("-LOADING")) return;
    if (performance.now() > end) {
      throw new Error(`Cannot start Redis: port ${port} does not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ping(port: number): Promise<string> {
  let connection: Deno.TcpConn | undefined;
  try {
    connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("PING\r\n"));
    const bytes = new Uint8Array(100);
    const length = await connection.read(bytes);
    return new TextDecoder().decode(bytes.subarray(0, length ?? 0));
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return "";
    if (error instanceof Deno.errors.ConnectionReset) return "";
    throw error;
  } finally {
    connection?.close();
  }
}
