/**
 * Serves a project while it is worked on: pages reload on changes, and errors
 * are shown with their place.
 *
 * @module
 */

import type { Build } from "../server/build.ts";
import type { Handler } from "../server/types.ts";
import { type Changes, createChanges, RELOAD_SCRIPT } from "./changes.ts";
import { showError } from "./error_page.ts";
import { addStatics } from "./memory.ts";
import type { BuilderPlan } from "./options.ts";
import { scan } from "./scan.ts";
import { listStatics } from "./static_list.ts";

/** Where to listen, as `Deno.serve` takes it. */
export type ListenOptions = Deno.ServeTcpOptions;

/**
 * @param load Builds the project and gives the app's handler. If it fails,
 * its error is served until the program is started again.
 */
export async function listenForChanges(
  plan: BuilderPlan,
  options: ListenOptions,
  load: () => Promise<{ build: Build; handler: Handler }>,
): Promise<Deno.HttpServer<Deno.NetAddr>> {
  const changes = createChanges();
  const app = await load().catch((error: unknown) => {
    console.error(error);
    return { build: null, handler: failing(error, plan) };
  });
  if (app.build) {
    app.build.scripts.push(RELOAD_SCRIPT);
    app.build.showError = (error, request) =>
      showError(error, request, plan.root);
  }
  const stop = app.build ? watchStatics(plan, app.build, changes) : () => {};
  const server = Deno.serve(
    options,
    async (request, info) =>
      await changes.answer(request) ?? await app.handler(request, info),
  );
  options.signal?.addEventListener("abort", () => {
    stop();
    changes.close();
  });
  return server;
}

function failing(error: unknown, plan: BuilderPlan): Handler {
  return (request) => showError(error, request, plan.root);
}

/** Serves static files as they are now; gives a function that stops it. */
function watchStatics(
  plan: BuilderPlan,
  build: Build,
  changes: Changes,
): () => void {
  const watcher = watchFolder(plan.staticDir);
  if (!watcher) return () => {};
  const follow = async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      const { statics } = await scan(plan);
      addStatics(build.files, await listStatics(statics));
      changes.tell();
    }
  };
  follow().catch((error: unknown) => console.error(error));
  return () => watcher.close();
}

/** Null if there is no such folder. */
function watchFolder(folder: string): Deno.FsWatcher | null {
  try {
    return Deno.watchFs(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
