/**
 * The parts of a process that only serves (`ROLE=web`): a desk, a hub and keys
 * made of the bus and of the board in Redis. Nothing is opened on the disk, so
 * any number of these may run, also as threads of one process.
 *
 * @module
 */
import type { KeyChange } from "@/access/key_book.ts";
import { keysOf, type RoleOfAccount } from "@/access/keys.ts";
import { remoteBook } from "@/access/remote_book.ts";
import type { Parts, Site } from "@/routes/(_http)/define.ts";
import { openAvatarMemory } from "@/outputs/avatar_shelf.ts";
import { joinBus } from "@/redis/bus_member.ts";
import { createMetrics } from "@/outputs/metrics.ts";
import { remoteDesk } from "@/redis/remote_desk.ts";
import { redisPages } from "@/redis/pages.ts";
import { show } from "./shown.ts";

/** Joins the bus and makes the parts of it. */
export async function openWebParts(
  url: string,
  site: Site,
  roleOfAccount: RoleOfAccount,
): Promise<Parts & { close(): Promise<void> }> {
  const { clock, version, log } = site;
  const bus = await joinBus({
    url,
    clock,
    onTrouble: (trouble) => log(trouble ?? "The game can be heard"),
  });
  const board = redisPages(bus.client);
  const desk = remoteDesk({ bus, board, version, clock });
  const keys = keysOf(
    remoteBook({
      newest: () => bus.newest("access"),
      watch: (listener) => bus.watch("access", listener),
      change: (change: KeyChange) =>
        bus.ask("changeKeys", [change]) as Promise<boolean>,
    }),
    clock,
    roleOfAccount,
  );
  const parts = show({
    desk,
    keys,
    metrics: createMetrics({ version, clock }),
    site,
    shelf: openAvatarMemory(),
    onOverlays: bus.tellOverlays,
  });
  return {
    ...parts,
    async close() {
      parts.close();
      await desk.close();
    },
  };
}
