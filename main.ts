/**
 * Puts the parts together and serves them; alone reads the environment.
 *
 * `deno task start` builds and runs this file. `app` is what the build attaches
 * routes and islands to; the parts open when the first request needs them, or
 * at the start when this file is the program.
 *
 * @module
 */
import { parseEnv } from "node:util";
import { App, staticFiles } from "fresh";
import { addressesOf } from "@/access/addresses.ts";
import {
  type KeyBook,
  type KeyChange,
  openKeyBook,
} from "@/access/key_book.ts";
import { type Keys, keysOf } from "@/access/keys.ts";
import type { Caller } from "@/access/role.ts";
import {
  type Config,
  ConfigError,
  readConfig,
  SETTING_NAMES,
  settingLines,
  shownAddress,
} from "@/core/shapes/config.ts";
import type { OpenDesk } from "@/core/desk.ts";
import { isLoopbackUrl } from "@/core/loopback.ts";
import type { Store } from "@/core/ports.ts";
import { traceOf } from "@/core/why.ts";
import type { Parts, Site, State } from "@/routes/(_http)/define.ts";
import { appConfig } from "./fresh.config.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openConnection } from "@/ingest/tiktok/connect.ts";
import { openDesk, type SourceOptions } from "@/ingest/desk/desk.ts";
import { simulatedRoom } from "@/ingest/simulated/room.ts";
import type { BusOwner } from "@/redis/bus_owner.ts";
import { deskOnBus } from "@/redis/desk_on_bus.ts";
import { openAccounts, roleOfAccountIn } from "@/server/accounts.ts";
import {
  type AvatarShelf,
  openAvatarFolder,
  openAvatarMemory,
} from "@/outputs/avatar_shelf.ts";
import { openAvatars } from "@/outputs/avatars.ts";
import { qrText } from "@/outputs/qr.ts";
import { createMetrics } from "@/outputs/metrics.ts";
import { openObs } from "@/outputs/obs.ts";
import { overlaysAt } from "@/outputs/obs_overlays.ts";
import { withOwnPictures } from "@/outputs/own_pictures.ts";
import { openHub } from "@/outputs/sse.ts";
import { pairingLink } from "@/routes/(_http)/pairing.ts";
import { problem } from "@/routes/(_http)/problem.ts";
import { secured } from "@/routes/(_http)/security.ts";
import { lookBefore } from "@/stores/kv_file.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { closeFolder } from "@/stores/private_folder.ts";
import { openRedisStore } from "@/redis/store.ts";
import { cannot } from "@/stores/why.ts";
import { openWebParts } from "@/server/web_parts.ts";

/** The version that pages and the health report show. */
const VERSION = "0.1.0";
/** Where this place offers its source, as the licence asks. */
const SOURCE = "/source.tar.gz";
/** How long open requests may take to end when the program stops. */
const FAREWELL_MS = 3_000;

/** All that a process answers that only runs the game. */
const OF_INGEST = /^\/(healthz|readyz|metrics)$/;

/** The program's parts, and how to put them away. */
interface Opened extends Parts {
  close(): Promise<void>;
}

/** The port it listens at, once it does. */
let listeningAt: number | null = null;

let opened: Promise<Opened> | undefined;
/** The parts, opened once. */
function parts(): Promise<Opened> {
  return opened ??= open(config());
}

let read: Config | undefined;
function config(): Config {
  return read ??= fitting(readConfig(environment()));
}

/**
 * Refuses to run a game on Deno Deploy, where files go with the process and
 * several run at once.
 *
 * @see {@link https://docs.deno.com/deploy/reference/env_vars_and_contexts/}
 */
function fitting(config: Config): Config {
  const { ROLE } = config;
  if (ROLE === "web" || !Deno.env.get("DENO_DEPLOY")) return config;
  throw new ConfigError(
    `Cannot use ROLE: it must be web on Deno Deploy, which keeps no game, not "${ROLE}"; set the variables for every context, as a build starts with those of its preview; for example ROLE=web`,
  );
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

/** What may stand behind `main.ts`. */
const ARGUMENTS: Record<string, string> = {
  "--demo": "a rehearsal in a simulated room, kept in ./data/demo",
  "--help": "says this",
};

const USAGE = `TikTok Live Support ${VERSION}

  deno task start            serves the panel and the overlay
  deno task demo             the same as a rehearsal

Arguments
${
  Object.entries(ARGUMENTS).map(([name, does]) => `  ${name}   ${does}`)
    .join("\n")
}

Settings, from the environment or a file .env; README.md says what they mean
${settingLines()}`;

/** What `deno task demo` sets where nobody says otherwise. */
const DEMO = {
  ROOM: "simulated",
  CHANNEL: "demo",
  DATA_DIR: "./data/demo",
};

/** The settings of the environment, and of `.env` where that has more. */
function environment(): Record<string, string | undefined> {
  return {
    ...(Deno.args.includes("--demo") ? DEMO : {}),
    ...readEnvFile(),
    ...Object.fromEntries(
      SETTING_NAMES.map((name) => [name, Deno.env.get(name)] as const)
        .filter(([, text]) => text !== undefined),
    ),
  };
}

function readEnvFile(): Record<string, string | undefined> {
  try {
    return parseEnv(Deno.readTextFileSync(".env"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw cannot("read .env", error);
  }
}

function siteOf(config: Config): Site {
  const { PUBLIC_URL, TRUSTED_PROXIES: proxies } = config;
  const isPublic = PUBLIC_URL !== undefined;
  return {
    version: VERSION,
    source: SOURCE,
    publicUrl: PUBLIC_URL ?? null,
    reach: () => originsOf(config),
    addresses: addressesOf({ isPublic, ...(proxies && { proxies }) }),
    localTrust: config.LOCAL_TRUST ?? !(isPublic || proxies !== undefined),
    metricsPublic: config.METRICS_PUBLIC,
    clock: systemClock,
    log,
  };
}

/** What is kept: in the data folder, and in Redis where there is one. */
async function openStore(config: Config): Promise<Store> {
  const archive = await openKvStore(config.DATA_DIR, log);
  if (config.REDIS_URL === undefined) return archive;
  return await openRedisStore({
    url: config.REDIS_URL,
    archive,
    keepDays: config.REDIS_KEEP_DAYS,
    name: processName(),
    // Whoever only runs the game has nobody who could begin one without Redis.
    beginsAlone: config.ROLE === "all",
  });
}

/** What people know this process by, over machines and containers. */
function processName(): string {
  const machine = machineName() ?? "nameless machine";
  return `${machine} (process ${Deno.pid}-${crypto.randomUUID().slice(0, 4)})`;
}

/**
 * The machine's or the container's name; null where it may not be asked for
 * without a question to whoever starts the program.
 */
function machineName(): string | null {
  const named = Deno.env.get("HOSTNAME") ?? Deno.env.get("COMPUTERNAME");
  if (named) return named;
  const asked = { name: "sys", kind: "hostname" } as const;
  const { state } = Deno.permissions.querySync(asked);
  return state === "granted" ? Deno.hostname() : null;
}

/** Lets other processes see this one's game, where there is a Redis. */
function openBus(
  { REDIS_URL }: Config,
  desk: OpenDesk,
  book: KeyBook,
): BusOwner | null {
  if (REDIS_URL === undefined) return null;
  return deskOnBus({
    url: REDIS_URL,
    token: desk.token,
    desk,
    access: {
      kept: book.kept,
      watch: book.watch,
      change: (change) => book.change(change as KeyChange),
    },
    onOusted: desk.doubt,
    log,
  });
}

async function open(config: Config): Promise<Opened> {
  const { accounts, close: closeAccounts } = await openAccounts(
    config,
    () => openAccountsKv(config),
  );
  if (config.ROLE === "web") {
    const parts = await openWebParts(
      config.REDIS_URL!,
      siteOf(config),
      roleOfAccountIn(config),
    );
    const close = async () => {
      closeAccounts();
      await parts.close();
    };
    return { ...parts, accounts, close };
  }
  const clock = systemClock;
  const store = await openStore(config);
  const book = await openKeyBook({
    documents: store,
    clock,
    ...(config.HOST_KEY && { hostKey: config.HOST_KEY }),
  });
  const keys = keysOf(book, clock, roleOfAccountIn(config));
  let bus: BusOwner | null = null;
  const overlays = () => hub.overlays() + (bus?.overlays() ?? 0);
  const obs = await openObs({
    documents: store,
    given: { address: config.OBS_URL, password: config.OBS_PASSWORD },
    isOurs: overlaysAt({
      publicUrl: config.PUBLIC_URL ?? null,
      port: () => listeningAt,
    }),
    overlays,
    clock,
    chance: Math.random,
    log,
  });
  const metrics = createMetrics({ version: VERSION, clock });
  const desk = await openDesk({
    store,
    obs,
    clock,
    onFrame: metrics.observeLatency,
    connect: (options) => connect(config, options),
    rehearsal: config.ROOM === "simulated",
    version: VERSION,
    overlays,
    onForgotten: (id) => void avatars.forget(id),
    async onLead(desk) {
      try {
        await book.reload();
        await begin(config, desk);
      } catch (error) {
        log(whyNot(error));
      }
    },
    log,
  });
  const avatars = openAvatars({
    shelf: await openPictures(`${config.DATA_DIR}/avatars`),
    ...(config.AVATARS_FROM && { alsoFrom: config.AVATARS_FROM }),
    now: clock.elapsed,
    log,
  });
  const shown = withOwnPictures(desk, avatars);
  const hub = openHub<Caller>({
    frame: shown.frame,
    watch: shown.watchFrames,
    watchState: desk.watchState,
    look: () => desk.state().settings.overlay,
    now: desk.now,
  });
  keys.watchGone(hub.closeStreams);
  bus = openBus(config, desk, book);
  if (desk.token() > 0) await begin(config, desk);
  return {
    desk: shown,
    hub,
    avatars,
    keys,
    accounts,
    metrics,
    site: siteOf(config),
    async close() {
      hub.close();
      closeAccounts();
      avatars.close();
      await bus?.close();
      await desk.close();
      await store.close();
    },
  };
}

/** Pictures are no reason not to start: without their folder they are forgotten. */
async function openPictures(folder: string): Promise<AvatarShelf> {
  try {
    return await openAvatarFolder(folder);
  } catch (error) {
    const { message } = cannot(`keep pictures in ${folder}`, error);
    log(`${message}. They are forgotten when the program stops`);
    return openAvatarMemory();
  }
}

/**
 * Where sign-ins with accounts elsewhere are kept that are not in Redis: in the
 * data folder, or in memory where a process keeps nothing.
 */
async function openAccountsKv({ ROLE, DATA_DIR }: Config): Promise<Deno.Kv> {
  if (ROLE === "web") return await Deno.openKv(":memory:");
  const file = `${DATA_DIR}/accounts.sqlite`;
  try {
    await closeFolder(DATA_DIR);
    await lookBefore(file);
    return await Deno.openKv(file);
  } catch (error) {
    throw cannot(`open ${file}`, error);
  }
}

/** What the settings want as soon as this process leads. */
async function begin(config: Config, desk: OpenDesk): Promise<void> {
  const { CHANNEL, ROOM } = config;
  const { channel } = desk.state().connection;
  if (CHANNEL && CHANNEL.replace(/^@/, "") !== channel) {
    const outcome = await desk.submit({ type: "connect", channel: CHANNEL });
    if (!outcome.ok) {
      throw new ConfigError(
        `Cannot use CHANNEL: ${outcome.reason}; for example CHANNEL=@yourname`,
      );
    }
  }
  if (ROOM === "simulated" && desk.state().session === null) {
    await desk.submit({ type: "newSession", title: "Rehearsal" });
  }
}

/** A connection to where this program's events come from. */
function connect(config: Config, options: SourceOptions) {
  if (config.ROOM === "simulated") {
    return simulatedRoom({
      ...options,
      seed: config.SIMULATED_SEED,
      pace: config.SIMULATED_PACE,
    });
  }
  return openConnection({
    ...options,
    ...(config.TIKTOK_WEB_URL && { webUrl: config.TIKTOK_WEB_URL }),
    ...(config.TIKTOK_SIGN_URL && { signUrl: config.TIKTOK_SIGN_URL }),
    ...(config.TIKTOK_SIGN_API_KEY &&
      { signApiKey: config.TIKTOK_SIGN_API_KEY }),
    ...(config.TIKTOK_PROXY_URL && { proxyUrl: config.TIKTOK_PROXY_URL }),
    ...(config.TIKTOK_SESSION_ID && { sessionId: config.TIKTOK_SESSION_ID }),
  });
}

function log(line: string): void {
  console.log(`${new Date().toLocaleTimeString("sv")} ${line}`);
}

/** Serves until it is told to stop. */
async function serve(): Promise<void> {
  const { HOST, PORT, ROOM, ROLE } = config();
  const { keys, site, close } = await parts();
  // Written by the build; TypeScript need not see it.
  const { default: built } = await import(`./_fresh/server.js`);
  const server = Deno.serve({
    hostname: HOST,
    port: PORT,
    handler: built.fetch,
    onListen: async ({ port }) => {
      listeningAt = port;
      const home = site.publicUrl ?? `http://${shownHost(HOST)}:${port}`;
      console.log(`
  TikTok Live Support ${VERSION}${ROOM === "simulated" ? " (rehearsal)" : ""}

${ROLE === "ingest" ? healthAt(home) : pagesAt(home)}

${placesOf(config())}
`);
      if (keys.newHostKey) {
        const pages = ROLE === "ingest"
          ? "http://ADDRESS-OF-A-WEB-PROCESS"
          : originsOf(config())[0] ?? home;
        const away = site.publicUrl ?? pages;
        console.log(
          `  From another device, sign in once with this link (it is not shown again):\n  ${away}/signin?key=${keys.newHostKey}\n`,
        );
      }
      if (!isLoopback(HOST) && ROLE === "all") await welcome(keys);
    },
  });
  let stopping: Promise<void> | undefined;
  const stop = () => stopping ??= farewell();
  async function farewell() {
    log("Stopping; everything is being written");
    try {
      await close();
    } catch (error) {
      console.error(`Not everything could be written: ${whyNot(error)}`);
      Deno.exit(1);
    }
    const late = setTimeout(() => Deno.exit(0), FAREWELL_MS);
    await server.shutdown();
    clearTimeout(late);
    Deno.exit(0);
  }
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  await server.finished;
}

/** Says who may come in now, and lets the first device in. */
async function welcome(keys: Keys): Promise<void> {
  const { HOST } = config();
  const origins = originsOf(config());
  const [origin] = origins;
  console.log(
    `  ${HOST} lets other devices in: everybody in this network can open the pages
  below, and needs a key, a pairing link or a sign-in to see or do anything.
${origins.map((each) => `\n  Network  ${each}/admin`).join("")}
`,
  );
  if (origin === undefined) return;
  const { code } = await keys.pair("host", { keyId: null, signInId: null });
  const link = pairingLink(origin, code);
  console.log(
    `  A tablet signs in with this code, once, within ten minutes. Whoever opens it\n  is the host, so keep it off your stream:\n\n${
      qrText(link).replaceAll(/^/gm, "  ")
    }\n\n  ${link}\n`,
  );
}

/** Where other devices of the network reach this process. */
function originsOf({ HOST }: Config): string[] {
  if (isLoopback(HOST) || listeningAt === null) return [];
  const isAny = HOST === "0.0.0.0" || HOST === "::";
  const hosts = isAny ? lanAddresses() : [shownHost(HOST)];
  return hosts.map((host) => `http://${host}:${listeningAt}`);
}

/** IPv4 addresses of this machine, those of home networks (RFC 1918) first. */
function lanAddresses(): string[] {
  const isHome = (address: string) =>
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
  try {
    return Deno.networkInterfaces()
      .filter(({ family }) => family === "IPv4")
      .map(({ address }) => address)
      .filter((address) => !isLoopback(address))
      .sort((a, b) => Number(isHome(b)) - Number(isHome(a)));
  } catch (error) {
    // Without the permission the addresses are only not shown.
    if (error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}

function pagesAt(home: string): string {
  return `  Panel    ${home}/admin
  Overlay  ${home}/overlay   (drag it into OBS as a browser source)`;
}

function healthAt(home: string): string {
  return `  Health   ${home}/healthz   (pages are served by ROLE=web)`;
}

/** Where things are kept. */
function placesOf({ DATA_DIR, REDIS_URL, ROLE }: Config): string {
  const data = ROLE === "web"
    ? "none here (the game runs in a process with ROLE=ingest)"
    : `${DATA_DIR} (Deno KV)`;
  const redis = REDIS_URL ? shownAddress(REDIS_URL) : "not used";
  return `  Data     ${data}\n  Redis    ${redis}`;
}

function isLoopback(host: string): boolean {
  return isLoopbackUrl(`http://${bracketed(host)}`);
}

/** How an address stands in a URL. */
function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** How a browser on this machine names the address. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return bracketed(host);
}

/** One plain sentence for what keeps the program from serving. */
function whyNot(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    const { PORT } = config();
    return `Cannot listen: port ${PORT} is taken; end the other program or set another one (PORT=${
      PORT + 1
    })`;
  }
  const { HOST } = read ?? {};
  if (error instanceof Deno.errors.AddrNotAvailable || isUnknownHost(error)) {
    return `Cannot use HOST: it must be an address or a name of this machine, not "${HOST}"; for example HOST=127.0.0.1`;
  }
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && error.message.startsWith("Cannot ")) {
    return error.message;
  }
  return traceOf(error);
}

function isUnknownHost(error: unknown): boolean {
  return error instanceof Error &&
    /failed to lookup address|name or service not known|no such host|^invalid argument \(os error 22\)$/i
      .test(error.message);
}

/** The exit code where the arguments want something else than to serve. */
function answerArguments(): number | null {
  const unknown = Deno.args.find((name) => !Object.hasOwn(ARGUMENTS, name));
  if (unknown !== undefined) {
    const known = Object.keys(ARGUMENTS).join(", ");
    console.error(`Unknown argument "${unknown}"; there are ${known}`);
    return 2;
  }
  if (!Deno.args.includes("--help")) return null;
  console.log(USAGE);
  return 0;
}

if (import.meta.main) {
  const code = answerArguments();
  if (code !== null) Deno.exit(code);
  // A library's stray promise must not end an evening.
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log(`Unexpected: ${event.reason?.stack ?? event.reason}`);
  });
  try {
    await serve();
  } catch (error) {
    console.error(whyNot(error));
    Deno.exit(1);
  }
}
