/**
 * What a start costs, beside that of an earlier commit: the first one on a
 * machine that has nothing (without the download of Deno itself), the CPU of a
 * later one until it answers, the first answer with a large evening behind it,
 * and the bytes of the pages. A clone of the earlier commit is made for it, and
 * npm must answer.
 *
 * @example
 * ```sh
 * deno run -A testing/bench/start_bench.ts 1eb7914
 * ```
 *
 * @module
 */
import { get } from "node:http";
import { fileURLToPath } from "node:url";
import { openKvStore } from "@/stores/kv_store.ts";
import { dataFolder } from "@/tasks/data_folder.ts";
import { writeEvening } from "@/testing/large_evening.ts";
import { freePort } from "@/testing/free_port.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The last commit at which a start loaded what only tests need, too. */
const BEFORE = Deno.args[0] ?? "1eb7914";
/** Starts of which the median counts. */
const TIMES = 7;
/** A tick of /proc's counters, in ms. */
const TICK_MS = 10;
const LARGE = { viewers: 10_000, events: 490_000 };
const PAGES = ["/overlay", "/admin", "/api/openapi.json"];

/** A start: until it answers. */
interface Started {
  seconds: number;
  /** Of it and all that it has started. */
  cpuMs: number;
  url: string;
  end(): Promise<void>;
}

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  const scratch = await Deno.makeTempDir();
  try {
    const [before, after] = [`${scratch}/before`, `${scratch}/after`];
    if (!await cloned(BEFORE, before)) {
      console.log(`\nNo bench of starts: commit ${BEFORE} is not here`);
      return;
    }
    await cloned("HEAD", after);
    console.log(`\nA start, ${BEFORE} and now (${TIMES} each, medians)`);
    const [then, now] = [await bare(before), await bare(after)];
    tell("first start, nothing cached, s", then.seconds, now.seconds);
    tell("  what it has loaded, MB", then.mb, now.mb);
    await warm(before, after);
    await large(after, `${scratch}/large`);
    for (const page of PAGES) {
      tell(`${page}, bytes`, then.bytes[page]!, now.bytes[page]!);
    }
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

function tell(what: string, before: number, after: number): void {
  const [from, to] = [before, after].map((n) => String(+n.toPrecision(4)));
  const ratio = (after / before).toFixed(2);
  console.log(
    `${what.padEnd(36)} ${from!.padStart(8)} ${to!.padStart(8)}  × ${ratio}`,
  );
}

/** A clone of this project at a commit; false where there is none. */
async function cloned(commit: string, to: string): Promise<boolean> {
  const git = async (...args: string[]) =>
    (await new Deno.Command("git", { args, stderr: "null" }).output()).success;
  return await git("clone", "--quiet", "--no-checkout", ROOT, to) &&
    await git("-C", to, "checkout", "--quiet", commit);
}

/** The first start on a machine that has nothing. */
async function bare(root: string) {
  const cache = `${root}.cache`;
  const started = await start(root, ["task", "start"], {
    DENO_DIR: cache,
    DATA_DIR: `${root}.data`,
  });
  const bytes: Record<string, number> = {};
  for (const page of PAGES) bytes[page] = await bytesOf(started.url + page);
  await started.end();
  const mb = await sizeOf(cache, `${root}/node_modules`) / 1e6;
  return { seconds: started.seconds, mb, bytes };
}

/** CPU of a start where all is there. */
async function warm(before: string, after: string) {
  tell(
    "CPU of `deno task start`, ms",
    ...await medians(
      "cpuMs",
      () => start(before, ["task", "start"], kept(before)),
      () => start(after, ["task", "start"], kept(after)),
    ),
  );
  tell(
    "CPU of the program alone, ms",
    ...await medians(
      "cpuMs",
      () => program(before, fileOf(before), kept(before)),
      () => program(after, fileOf(after), kept(after)),
    ),
  );
}

/** What a task runs to serve. */
function fileOf(root: string): string {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  return (tasks.serve.command ?? tasks.serve).split(" ").at(-1);
}

/** A first answer with nothing behind it, and with a large evening. */
async function large(root: string, folder: string) {
  const store = await openKvStore(folder);
  await writeEvening(store, "host", LARGE);
  await store.close();
  const answer = (DATA_DIR: string) => () =>
    program(root, "_fresh/program.js", {
      ...kept(root),
      DATA_DIR,
      TIKTOK_WEB_URL: "http://127.0.0.1:9", // nobody is to be looked up
    });
  tell(
    "empty folder, 500,000 entries, s",
    ...await medians("seconds", answer(`${folder}.empty`), answer(folder)),
  );
}

/** What a bare start has left. */
function kept(root: string): Record<string, string> {
  return { DENO_DIR: `${root}.cache`, DATA_DIR: `${root}.data` };
}

/** Starts the program without its task, with the rights that this gives. */
async function program(
  root: string,
  file: string,
  env: Record<string, string>,
): Promise<Started> {
  const data = await dataFolder(env.DATA_DIR);
  return await start(root, [
    ...["run", "--no-prompt", "--allow-net", "--allow-env"],
    ...[`--allow-read=.,${data}`, `--allow-write=${data}`],
    ...["--allow-sys=networkInterfaces,hostname", file],
  ], env);
}

async function start(
  cwd: string,
  args: string[],
  env: Record<string, string>,
): Promise<Started> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    ...{ args, cwd, stdout: "null", stderr: "null" },
    env: { ...env, PORT: String(port), HOST: "127.0.0.1" },
  }).spawn();
  while (!await answers(url)) await new Promise((go) => setTimeout(go, 5));
  const seconds = (performance.now() - from) / 1_000;
  const pids = treeOf(child.pid);
  const cpuMs = pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * TICK_MS;
  return {
    ...{ seconds, cpuMs, url },
    async end() {
      // The program first: whoever waits for it ends with it.
      for (const pid of pids.toReversed()) kill(pid);
      await child.status;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // nobody listens yet
  }
}

/** A process and all that it has started and that still runs. */
function treeOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  const children = Array.from(
    Deno.readDirSync(`/proc/${pid}/task`),
    ({ name }) => Deno.readTextFileSync(path.replace(/\d+\/ch/, `${name}/ch`)),
  ).join(" ").match(/\d+/g) ?? [];
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

/** What it has used, with that of its children which have ended. */
function ticksOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Medians of two kinds of starts, one after the other: both meet one machine. */
async function medians(
  of: "cpuMs" | "seconds",
  ...kinds: (() => Promise<Started>)[]
): Promise<[number, number]> {
  const all: number[][] = kinds.map(() => []);
  for (let i = 0; i < TIMES; i++) {
    for (const [n, starting] of kinds.entries()) {
      const started = await starting();
      all[n]!.push(started[of]);
      await started.end();
    }
  }
  const [one, other] = all.map((each) =>
    each.sort((a, b) => a - b)[TIMES >> 1]!
  );
  return [one!, other!];
}

/** The body of an answer as it travels, for who takes it compressed. */
function bytesOf(url: string): Promise<number> {
  const headers = { "accept-encoding": "gzip, br" };
  return new Promise((resolve, reject) =>
    get(url, { headers }, async (response) => {
      let bytes = 0;
      for await (const part of response) bytes += part.length;
      resolve(bytes);
    }).on("error", reject)
  );
}

/** What folders take on the disk, a file of two names once. */
async function sizeOf(...folders: string[]): Promise<number> {
  const args = ["--summarize", "--total", "--block-size=1", ...folders];
  const { stdout } = await new Deno.Command("du", { args }).output();
  return parseInt(new TextDecoder().decode(stdout).split("\n").at(-2)!);
}

if (import.meta.main) await run();
