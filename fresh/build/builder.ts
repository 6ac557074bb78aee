/**
 * `Builder`: makes a project ready to be served.
 *
 * @module
 */

import { type App, attachBuild } from "../server/app.ts";
import { bundle } from "./bundle.ts";
import { listenForChanges, type ListenOptions } from "./listen.ts";
import { memoryBuild } from "./memory.ts";
import { type BuilderPlan, type BuildOptions, planOf } from "./options.ts";
import { scan } from "./scan.ts";
import { listStatics, newBuildId } from "./static_list.ts";
import { type BuildParts, writeBuild } from "./write.ts";

/** Puts a build into an app. Call it before the app answers a request. */
export type ApplyBuild = <State>(app: App<State>) => void;

/** Builds a project: its file routes, islands and static files. */
export class Builder {
  readonly #plan: BuilderPlan;

  constructor(options: BuildOptions = {}) {
    this.#plan = planOf(options);
  }

  /** Writes `server.js` and the bundles into `outDir`. */
  build(options?: { snapshot?: "disk" }): Promise<void>;
  /** Writes nothing; what it gives puts the build into an app, as in tests. */
  build(options: { snapshot: "memory" }): Promise<ApplyBuild>;
  async build(
    options: { snapshot?: "disk" | "memory" } = {},
  ): Promise<ApplyBuild | void> {
    const parts = await partsOf(this.#plan, false);
    if (options.snapshot !== "memory") return writeBuild(this.#plan, parts);
    const build = await memoryBuild(parts, "production");
    return (app) => attachBuild(app, build);
  }

  /**
   * Serves the project while it is worked on. Run it with `deno run --watch`:
   * a change of code starts it again, and pages reload.
   *
   * @param load Imports the module that exports `app`.
   */
  async listen<State>(
    load: () => Promise<{ app: App<State> }>,
    options: ListenOptions = {},
  ): Promise<Deno.HttpServer<Deno.NetAddr>> {
    return await listenForChanges(this.#plan, options, async () => {
      const parts = await partsOf(this.#plan, true);
      const build = await memoryBuild(parts, "development");
      const { app } = await load();
      attachBuild(app, build);
      return { build, handler: app.handler() };
    });
  }
}

async function partsOf(
  plan: BuilderPlan,
  development: boolean,
): Promise<BuildParts> {
  const project = await scan(plan);
  const statics = await listStatics(project.statics);
  // In development files change under one build: asset() locks nothing.
  const id = development ? "" : newBuildId();
  const options = { buildId: id, development };
  const bundled = await bundle(plan, project.islands, options);
  return { id, project, statics, bundle: bundled };
}
