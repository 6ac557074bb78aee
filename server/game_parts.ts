/**
 * The parts of a process that runs the game: the desk over its store, OBS, and
 * what browsers get of it.
 *
 * @module
 */
import { type KeyBook, openKeyBook } from "@/access/key_book.ts";
import { keysOf, type RoleOfAccount } from "@/access/keys.ts";
import type { Source } from "@/core/connection.ts";
import { type OpenDesk, StandbyError } from "@/core/desk.ts";
import type { Obs } from "@/core/obs.ts";
import type { Store } from "@/core/ports.ts";
import type { SourceOptions } from "@/ingest/desk/channel.ts";
import { prepareDesk } from "@/ingest/desk/desk.ts";
import type { AvatarShelf } from "@/outputs/avatar_shelf.ts";
import { openUpdates, type Updates } from "@/outputs/updates.ts";
import { createMetrics } from "@/outputs/metrics.ts";
import type { BusOwner } from "@/redis/bus_owner.ts";
import type { Parts, Site } from "@/routes/(_http)/define.ts";
import { show } from "./shown.ts";
import { whyNot } from "./why_not.ts";

const NO_KEYS =
  "This process stands by, and keys are kept by the one that leads: change them there";

/** What a game is made of. */
export interface Game {
  store: Store;
  site: Site;
  /** Where pictures are kept. */
  shelf: AvatarShelf;
  /** Connects to where its events come from. */
  connect(options: SourceOptions): Source;
  /** Its events are made up. */
  rehearsal: boolean;
  roleOfAccount?: RoleOfAccount;
  /** `HOST_KEY`. */
  hostKey?: string;
  /** `AVATARS_FROM`. */
  avatarsFrom?: string;
  /** `UPDATE_URL`. */
  updateUrl?: string;
  /** Opens OBS; it is told how many overlays are open. */
  openObs?(overlays: () => number): Promise<Obs>;
  /** Lets other processes see the game. */
  openBus?(desk: OpenDesk, book: KeyBook): Promise<BusOwner | null>;
  /** Called when it begins to lead, at the start or later. */
  begin?(desk: OpenDesk): Promise<void>;
  /** Called with a host's key that was made after the start. */
  onHostKey?(key: string): void;
}

/** The parts of a game, which may be shown before it goes on. */
export interface OpenedGame extends Parts {
  /**
   * Goes on with what ran before. It leads at once, unless another process does.
   *
   * @throws {Error} If it cannot; or if the game's own `begin` cannot, which
   * later is only logged.
   */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a game, which loads until it has begun. */
export async function openGame(game: Game): Promise<OpenedGame> {
  const { store, site, begin } = game;
  const { clock, version, log } = site;
  /** The desk, once this process has led. */
  let led: OpenDesk | null = null;
  const book = await openKeyBook({
    documents: store,
    clock,
    // What another process leads is written there.
    mayNot: () => led?.leads() ? null : new StandbyError(NO_KEYS),
    ...(game.hostKey && { hostKey: game.hostKey }),
  });
  async function lead(desk: OpenDesk) {
    led = desk;
    await book.lead();
    await begin?.(desk);
  }
  const keys = keysOf(book, clock, game.roleOfAccount);
  let bus: BusOwner | null = null;
  const overlays = () => parts.hub.overlays() + (bus?.overlays() ?? 0);
  const obs = await game.openObs?.(overlays);
  const metrics = createMetrics({ version, clock });
  let updates: Updates | null = null;
  const desk = await prepareDesk({
    store,
    ...(obs && { obs }),
    clock,
    onFrame: metrics.observeLatency,
    connect: game.connect,
    rehearsal: game.rehearsal,
    version,
    overlays,
    ...(game.updateUrl && { newer: () => updates?.newer() ?? null }),
    onForgotten: (id) => void parts.avatars.forget(id),
    async onLead(desk) {
      try {
        await lead(desk);
        if (book.newHostKey) game.onHostKey?.(book.newHostKey);
      } catch (error) {
        log(whyNot(error));
      }
    },
    log,
  });
  const { shelf, avatarsFrom, updateUrl: address } = game;
  if (address) {
    updates = await openUpdates({
      ...{ address, version, documents: store, clock, log },
      isWanted: () => desk.leads() && desk.settings().checkUpdates,
      onChange: desk.tellState,
    });
    desk.watchState(updates.look);
  }
  const parts = show({
    desk,
    keys,
    metrics,
    site,
    shelf,
    ...(avatarsFrom && { avatarsFrom }),
  });
  let begun: Promise<void> | undefined;
  async function goOn() {
    await desk.begin();
    bus = await game.openBus?.(desk, book) ?? null;
    if (desk.token() > 0) await lead(desk);
  }
  return {
    ...parts,
    begin: () => begun ??= goOn(),
    async close() {
      parts.close();
      updates?.close();
      // Whoever waits for it to begin hears why it did not.
      await Promise.allSettled([begun]);
      await bus?.close();
      await desk.close();
    },
  };
}
