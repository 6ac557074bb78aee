/**
 * Starts the program: settings, parts, serve. Nothing else.
 *
 * `deno task start` builds and runs this file. `app` is what the build attaches
 * routes and islands to; the parts open when the first request needs them, or
 * at the start when this file is the program. Pages are served at once; what ran
 * before is loaded meanwhile.
 *
 * @module
 */
import { App, staticFiles } from "fresh";
import type { Config } from "@/core/shapes/config.ts";
import type { State } from "@/routes/(_http)/define.ts";
import { guarded } from "@/routes/(_http)/guard.ts";
import { problem } from "@/routes/(_http)/problem.ts";
import { secured } from "@/routes/(_http)/security.ts";
import { answerArguments, readSettings } from "@/server/environment.ts";
import { greet, loadingWords } from "@/server/greeting.ts";
import { log, tell } from "@/server/log.ts";
import { type Opened, openProgram } from "@/server/program.ts";
import { type Reach, reachOf } from "@/server/reach.ts";
import { whyNot } from "@/server/why_not.ts";
import { appConfig } from "./fresh.config.ts";

/** How long open requests may take to end when the program stops. */
const FAREWELL_MS = 3_000;

/** Ctrl-C, a shutdown, and the window that was closed. */
const ENDS: Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A game that loads longer than this is spoken of, in ms. */
const LONG_MS = 1_000;

/** All that a process answers that only runs the game. */
const OF_INGEST = /^\/(healthz|readyz|metrics)$/;

let read: Config | undefined;
function config(): Config {
  return read ??= readSettings();
}

let known: Reach | undefined;
function reach(): Reach {
  return known ??= reachOf(config());
}

let opened: Promise<Opened> | undefined;
/** What ran before goes on. */
let begun: Promise<void> | undefined;
/** The parts, opened once; what ran before is loaded behind them. */
function parts(): Promise<Opened> {
  return opened ??= open();
}

async function open(): Promise<Opened> {
  const parts = await openProgram(config(), reach());
  begun = parts.begin();
  return parts;
}

export const app = new App<State>(appConfig)
  .use(async (ctx) => {
    Object.assign(ctx.state, await parts());
    return await ctx.next();
  })
  .use((ctx) => {
    if (config().ROLE !== "ingest" || OF_INGEST.test(ctx.url.pathname)) {
      return ctx.next();
    }
    return problem(404, "This process serves no pages (ROLE=ingest)");
  })
  .use(...secured)
  .use(staticFiles())
  .fsRoutes();

/** Serves until it is told to stop. */
async function serve(): Promise<void> {
  const { HOST, PORT } = config();
  // Written by the build; TypeScript need not see it.
  const { default: built } = await import(`./_fresh/server.js`);
  const server = Deno.serve({
    hostname: HOST,
    port: PORT,
    // Event streams say `no-transform`, and stay as they are.
    automaticCompression: true,
    handler: guarded(built.fetch),
    onListen: ({ port }) => reach().listens(port),
  });
  const stop = farewell(server);
  for (const signal of ENDS) Deno.addSignalListener(signal, stop);
  // Only now: a start that cannot listen leaves nothing behind, a host's key for
  // instance.
  const { keys } = await parts();
  await saidWhereLong(begun!);
  await greet(config(), reach(), keys);
  await server.finished;
}

/** Waits, and says where the pages are meanwhile if it takes long. */
async function saidWhereLong(loading: Promise<void>): Promise<void> {
  const timer = setTimeout(() => log(loadingWords(reach())), LONG_MS);
  try {
    await loading;
  } finally {
    clearTimeout(timer);
  }
}

/** Writes everything down, lets open requests end, and exits; once. */
function farewell(server: Deno.HttpServer): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  async function leave() {
    log("Stopping; everything is being written");
    try {
      const { desk, close } = await parts();
      // Nothing was taken yet, and what is being loaded is written.
      if (desk.loads()) setTimeout(() => Deno.exit(0), FAREWELL_MS);
      await close();
    } catch (error) {
      const why = whyNot(error, read);
      tell(`Not everything could be written: ${why}`, console.error);
      Deno.exit(1);
    }
    const late = setTimeout(() => Deno.exit(0), FAREWELL_MS);
    await server.shutdown();
    clearTimeout(late);
    Deno.exit(0);
  }
  return () => stopping ??= leave();
}

/** Answers the arguments, or serves. */
export function start(): void {
  const code = answerArguments();
  if (code !== null) Deno.exit(code);
  // A library's stray promise must not end an evening.
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log(`Unexpected: ${event.reason?.stack ?? event.reason}`);
  });
  // Not waited for: the build imports this module, and would wait for it.
  serve().catch((error) => {
    console.error(whyNot(error, read));
    Deno.exit(1);
  });
}

if (import.meta.main) start();
