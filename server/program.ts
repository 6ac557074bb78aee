/**
 * The program by its settings: which parts it has, and what they are made of.
 *
 * @module
 */
import { addressesOf } from "@/access/addresses.ts";
import type { KeyBook, KeyChange } from "@/access/key_book.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Store } from "@/core/ports.ts";
import type { Config } from "@/core/shapes/config.ts";
import { systemClock } from "@/ingest/clock.ts";
import type { SourceOptions } from "@/ingest/desk/channel.ts";
import { hostRounds } from "@/ingest/simulated/host.ts";
import { simulatedRoom } from "@/ingest/simulated/room.ts";
import { openConnection } from "@/ingest/tiktok/connect.ts";
import {
  type AvatarShelf,
  openAvatarFolder,
  openAvatarMemory,
} from "@/outputs/avatar_shelf.ts";
import { openObs } from "@/outputs/obs.ts";
import { overlaysAt } from "@/outputs/obs_overlays.ts";
import type { BusOwner } from "@/redis/bus_owner.ts";
import type { Parts, Site } from "@/routes/(_http)/define.ts";
import { lookBefore } from "@/stores/kv_file.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { closeFolder } from "@/stores/private_folder.ts";
import { cannot } from "@/stores/why.ts";
import { openAccounts, roleOfAccountIn } from "./accounts.ts";
import { openGame } from "./game_parts.ts";
import { firstLink } from "./greeting.ts";
import { processName, SOURCE, VERSION } from "./identity.ts";
import { log } from "./log.ts";
import type { Reach } from "./reach.ts";

/** The program's parts, and how to put them away. */
export interface Opened extends Parts {
  /**
   * Goes on with what ran before; until then the parts say that they load.
   *
   * @throws {Error} If it cannot: the program is of no use then.
   */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the parts that the settings ask for, so far that pages can be shown.
 *
 * @throws {ConfigError} If what a setting names cannot be used.
 */
export async function openProgram(
  config: Config,
  reach: Reach,
): Promise<Opened> {
  const { accounts, close: closeAccounts } = await openAccounts(
    config,
    () => openAccountsKv(config),
  );
  const site = siteOf(config, reach);
  const parts = config.ROLE === "web"
    ? await openWeb(config, site)
    : await openOwnGame(config, site, reach);
  return {
    ...parts,
    accounts,
    async close() {
      closeAccounts();
      await parts.close();
    },
  };
}

// What speaks to Redis is loaded where there is one: a start without is sooner.
async function openWeb(config: Config, site: Site) {
  const { openWebParts } = await import("./web_parts.ts");
  const parts = await openWebParts(
    config.REDIS_URL!,
    site,
    roleOfAccountIn(config),
  );
  // The game runs, and loads, elsewhere.
  return { ...parts, begin: () => Promise.resolve() };
}

function siteOf(config: Config, reach: Reach): Site {
  const { PUBLIC_URL, TRUSTED_PROXIES: proxies } = config;
  const isPublic = PUBLIC_URL !== undefined;
  return {
    version: VERSION,
    source: SOURCE,
    publicUrl: PUBLIC_URL ?? null,
    reach: reach.origins,
    addresses: addressesOf({ isPublic, ...(proxies && { proxies }) }),
    localTrust: config.LOCAL_TRUST ?? !(isPublic || proxies !== undefined),
    metricsPublic: config.METRICS_PUBLIC,
    clock: systemClock,
    log,
  };
}

/** A game over what the settings say it is kept in. */
async function openOwnGame(
  config: Config,
  site: Site,
  reach: Reach,
): Promise<Opened> {
  const store = await openStore(config);
  const game = await openGame({
    store,
    site,
    shelf: await openPictures(`${config.DATA_DIR}/avatars`),
    connect: (options) => connect(config, options),
    rehearsal: config.ROOM === "simulated",
    roleOfAccount: roleOfAccountIn(config),
    ...(config.HOST_KEY && { hostKey: config.HOST_KEY }),
    ...(config.AVATARS_FROM && { avatarsFrom: config.AVATARS_FROM }),
    ...(config.UPDATE_URL && { updateUrl: config.UPDATE_URL }),
    openObs: (overlays) =>
      openObs({
        documents: store,
        given: { address: config.OBS_URL, password: config.OBS_PASSWORD },
        isOurs: overlaysAt({
          publicUrl: config.PUBLIC_URL ?? null,
          port: reach.port,
        }),
        overlays,
        clock: site.clock,
        chance: Math.random,
        log,
      }),
    openBus: (desk, book) => openBus(config, desk, book),
    begin: async (desk) => {
      await begin(config, desk);
      if (config.ROOM === "simulated" && config.SIMULATED_ROUNDS) {
        await hostRounds(desk, site.clock);
      }
    },
    onHostKey: (key) => console.log(firstLink(config, reach, key)),
  });
  return {
    ...game,
    async close() {
      await game.close();
      await store.close();
    },
  };
}

/** What is kept: in the data folder, and in Redis where there is one. */
async function openStore(config: Config): Promise<Store> {
  const archive = await openKvStore(config.DATA_DIR, log);
  if (config.REDIS_URL === undefined) return archive;
  const { openRedisStore } = await import("@/redis/store.ts");
  return await openRedisStore({
    url: config.REDIS_URL,
    archive,
    clock: systemClock,
    keepDays: config.REDIS_KEEP_DAYS,
    name: processName(),
    // Whoever only runs the game has nobody who could begin one without Redis.
    beginsAlone: config.ROLE === "all",
  });
}

/** Lets other processes see this one's game, where there is a Redis. */
async function openBus(
  { REDIS_URL }: Config,
  desk: OpenDesk,
  book: KeyBook,
): Promise<BusOwner | null> {
  if (REDIS_URL === undefined) return null;
  const { deskOnBus } = await import("@/redis/desk_on_bus.ts");
  return deskOnBus({
    url: REDIS_URL,
    clock: systemClock,
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
    await desk.submit({ type: "connect", channel: CHANNEL });
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
