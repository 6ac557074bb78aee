/**
 * Starts a downloaded program: finds the user's data folder and a free port,
 * runs the program, opens its panel, and keeps on the screen what went wrong.
 *
 * `start.sh`, `start.command` and `Start.cmd` of a package run this file.
 *
 * @module
 */
import { homedir } from "node:os";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import {
  type Config,
  readConfig,
  SETTING_NAMES,
} from "@/core/shapes/config.ts";
import { whyOf } from "@/core/why.ts";
import { dataFolder } from "@/tasks/data_folder.ts";
import { VERSION } from "../identity.ts";
import { reachOf } from "../reach.ts";
import { type Asked, readAsked } from "./arguments.ts";
import { openBrowser } from "./browser.ts";
import { type Child, startChild } from "./child.ts";
import { usualDataFolder } from "./data_folder.ts";
import { answers, comesTrue } from "./health.ts";
import { addressOfFirst, type Place, takePlace } from "./one_at_a_time.ts";
import { freePortFrom } from "./port.ts";
import { CannotStart, inBoth, say } from "./say.ts";

/** What people have pressed. */
const STARTS: Partial<Record<typeof Deno.build.os, string>> = {
  windows: "Start.cmd",
  darwin: "./start.command",
};
const START = STARTS[Deno.build.os] ?? "./start.sh";
/** Where the program lies: beside this file. */
const PROGRAM = new URL("./", import.meta.url);
/** Over a large evening it may take as long to answer. */
const LONGEST_MS = 120_000;

/** Where it runs: all that follows from what was asked and set. */
interface Setup {
  folder: string;
  settings: Record<string, string>;
  config: Config;
}

/** Does what was asked; the exit code, once the program has ended. */
async function launch(asked: Asked): Promise<number> {
  const folder = resolve(dataFolderOf(asked));
  if (asked.only === "version") console.log(VERSION);
  if (asked.only === "help") {
    console.log(inBoth((texts) => texts.usage(START, folder) + "\n"));
  }
  if (asked.only) return 0;
  await makeFolder(folder);
  const place = await takePlace(folder);
  if (place === null) return await showFirst(folder, asked);
  try {
    return await serve(await setupIn(folder, asked), place, asked);
  } finally {
    await place.leave();
  }
}

/** Opens the panel of the program that is in the folder already. */
async function showFirst(folder: string, { browser }: Asked): Promise<number> {
  const panel = `${await addressOfFirst(folder)}/admin`;
  say((texts) => texts.runsAlready(panel));
  if (browser) await show(panel);
  return 0;
}

/** Runs the program until it ends. */
async function serve(
  { folder, settings, config }: Setup,
  place: Place,
  asked: Asked,
): Promise<number> {
  const { HOST, PORT } = config;
  const port = freePortFrom(HOST, PORT);
  if (PORT !== 0 && port !== PORT) say((texts) => texts.taken(PORT, port));
  say((texts) => texts.starting);
  const data = await dataFolder(folder);
  const child = startChild({ program: PROGRAM, data, port, settings });
  const home = homeOf(config, port);
  const serves = await hasAnswered(home, child);
  if (serves) {
    await place.tell(home);
    say((texts) => texts.keepOpen);
    // Not waited for: some ways to open a browser last as long as it does.
    if (asked.browser && config.ROLE !== "ingest") show(`${home}/admin`);
  }
  const code = await child.ended;
  if (code !== 0) say((texts) => serves ? texts.ended : texts.failed);
  if (code !== 0 && !leaves(child)) waitForEnter();
  return code;
}

/** Whether nobody looks at the window any more. */
function leaves(child: Child): boolean {
  return child.toldBy() === "SIGHUP" || child.toldBy() === "SIGTERM";
}

/** Whether it has answered before it ended. */
async function hasAnswered(home: string, child: Child): Promise<boolean> {
  return await Promise.race([
    comesTrue(() => answers(home), LONGEST_MS),
    child.ended.then(() => false),
  ]);
}

/** Where a browser on this machine finds it. */
function homeOf(config: Config, port: number): string {
  const reach = reachOf({ ...config, PUBLIC_URL: undefined });
  reach.listens(port);
  return reach.home();
}

async function show(address: string): Promise<void> {
  if (!await openBrowser(address)) say((texts) => texts.openYourself(address));
}

function dataFolderOf({ data }: Asked): string {
  const home = homedir() || null;
  const env = (name: string) => Deno.env.get(name)?.trim() || undefined;
  const folder = data ?? env("DATA_DIR") ??
    usualDataFolder({ os: Deno.build.os, env, home });
  if (folder === null) throw new CannotStart((texts) => texts.noHome);
  return folder;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = whyOf(error);
    throw new CannotStart((texts) => texts.noFolder(folder, why), {
      cause: error,
    });
  }
}

/** The settings: of the arguments, the environment, and the folder's `.env`. */
async function setupIn(folder: string, { port }: Asked): Promise<Setup> {
  const has = (name: string) => Deno.env.get(name)?.trim();
  const settings: Record<string, string> = {};
  for (const [name, text] of Object.entries(await envFile(folder))) {
    if (SETTING_NAMES.includes(name) && !has(name)) settings[name] = text ?? "";
  }
  settings.DATA_DIR = folder;
  const config = readConfig({
    ...Object.fromEntries(SETTING_NAMES.map((name) => [name, has(name)])),
    ...settings,
    ...(port !== undefined && { PORT: String(port) }),
  });
  return { folder, settings, config };
}

async function envFile(folder: string) {
  try {
    return parseEnv(await Deno.readTextFile(`${folder}/.env`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}

/** Keeps the window, where there is one, until what it says was read. */
function waitForEnter(): void {
  if (!Deno.stdin.isTerminal()) return;
  say((texts) => texts.pressEnter);
  Deno.stdin.readSync(new Uint8Array(1));
}

if (import.meta.main) {
  try {
    Deno.exit(await launch(readAsked(Deno.args)));
  } catch (error) {
    console.error(`${whyOf(error)}\n`);
    if (!(error instanceof CannotStart)) say((texts) => texts.failed);
    waitForEnter();
    Deno.exit(1);
  }
}
