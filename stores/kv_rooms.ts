/**
 * What rooms have sent, in Deno KV: a row for each part, which is small enough
 * for one, and a row that says up to where they go.
 *
 * @module
 */
import type { Rooms, RoomUpTo } from "../core/ports.ts";
import { commit } from "./kv_commit.ts";
import { roomKey } from "./kv_keys.ts";
import { costOf, groupsThatFit } from "./kv_limits.ts";
import { byName } from "./batch_order.ts";
import { cannot } from "./why.ts";

/** How long a part is kept after it was written, in ms: twice the promised day. */
export const ROOM_KEPT_MS = 48 * 60 * 60 * 1_000;
/** Parts fetched at a time: up to 5 MB. */
const PARTS_AT_A_TIME = 100;

/** The rooms in an open Deno KV. */
export function kvRooms(kv: Deno.Kv): Rooms {
  return {
    async room(channel) {
      const prefix = roomKey(channel);
      // First, so that it never goes further than the parts do.
      const { value: upTo } = await kv.get<RoomUpTo>(prefix);
      const options = { batchSize: PARTS_AT_A_TIME };
      const rows = kv.list<Uint8Array>({ prefix }, options);
      const parts = await Array.fromAsync(rows, ({ key, value }) => ({
        name: String(key[prefix.length]),
        bytes: value,
      }));
      return { parts: parts.sort(byName), upTo };
    },

    async keepRoom(channel, { parts, gone }, upTo) {
      const keyOf = (name: string) => [...roomKey(channel), name];
      const sets = [
        ...parts.map(({ name, bytes }) => ({ key: keyOf(name), bytes })),
        ...gone.map((name) => ({ key: keyOf(name), bytes: undefined })),
      ];
      const groups = groupsThatFit(
        sets,
        ({ key, bytes }) => costOf(key, bytes),
      );
      const last = groups.pop() ?? [];
      const atomicOf = (group: typeof sets) => {
        const atomic = kv.atomic();
        for (const { key, bytes } of group) {
          if (bytes) atomic.set(key, bytes, { expireIn: ROOM_KEPT_MS });
          else atomic.delete(key);
        }
        return atomic;
      };
      try {
        for (const group of groups) await commit(atomicOf(group));
        const options = { expireIn: ROOM_KEPT_MS };
        await commit(atomicOf(last).set(roomKey(channel), upTo, options));
      } catch (error) {
        throw cannot(`keep what the room of "${channel}" has sent`, error);
      }
    },
  };
}
