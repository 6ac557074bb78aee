/**
 * What rooms have sent, in Redis and in the archive beside it: whoever leads
 * next, here or elsewhere, finds it. The archive has it first; what Redis has
 * missed while it was away is sent when the room is opened, or when Redis is
 * back.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Rooms, RoomUpTo } from "@/core/ports.ts";
import type { RoomPart } from "@/core/room.ts";
import { ROOM_KEPT_MS } from "@/stores/kv_rooms.ts";
import { byName } from "@/stores/batch_order.ts";
import { ROOM_UP_TO, roomKey, TOKEN_KEY } from "./keys.ts";
import { RedisAwayError, type RedisLink } from "./link.ts";
import { KEEP_ROOM } from "./scripts.ts";

/** Parts of one call: up to 3 MB. */
const PARTS_AT_A_TIME = 50;

type Kept = Awaited<ReturnType<Rooms["room"]>>;

/**
 * @param token What this process leads with.
 */
export function redisRooms(
  link: RedisLink,
  archive: Rooms,
  token: () => number,
): Rooms & {
  /** Sends what Redis has missed, or lost. */
  send(): Promise<void>;
} {
  /** Channels of which Redis may lack something when it is back. */
  const opened = new Set<string>();

  /** Null while Redis is away. */
  async function there(channel: string): Promise<Kept | null> {
    try {
      const key = roomKey(channel);
      // First, so that it never goes further than the parts do.
      const upTo = await link.call("HGET", key, ROOM_UP_TO) as string | null;
      const names = await link.call("HKEYS", key) as string[];
      const parts: RoomPart[] = [];
      for (const some of inGroups(names.filter((n) => n !== ROOM_UP_TO))) {
        const texts = await link.call("HMGET", key, ...some);
        (texts as (string | null)[]).forEach((text, i) => {
          if (text !== null) {
            parts.push({ name: some[i]!, bytes: bytesOf(text) });
          }
        });
      }
      return { parts, upTo: upTo === null ? null : JSON.parse(upTo) };
    } catch (error) {
      if (error instanceof RedisAwayError) return null;
      throw error;
    }
  }

  /** Sends to Redis, unless it is away. */
  async function send(
    channel: string,
    parts: RoomPart[],
    gone: string[],
    upTo: RoomUpTo,
  ) {
    const key = roomKey(channel);
    const ttl = String(ROOM_KEPT_MS / 1_000);
    const groups = inGroups(parts);
    const last = groups.pop() ?? [];
    const run = (set: string[], gone: string[]) =>
      link.run(KEEP_ROOM, [TOKEN_KEY, key], [
        ...[String(token()), ttl, JSON.stringify(set), JSON.stringify(gone)],
      ]);
    try {
      for (const group of groups) await run(group.flatMap(fieldOf), []);
      const upToField = [ROOM_UP_TO, JSON.stringify(upTo)];
      await run([...last.flatMap(fieldOf), ...upToField], gone);
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
    }
  }

  /** What either has, after each was given what only the other had. */
  async function level(channel: string): Promise<Kept> {
    opened.add(channel);
    const ours = await archive.room(channel);
    const theirs = await there(channel);
    const upTo = furthest(ours.upTo, theirs?.upTo ?? null);
    if (!theirs || !upTo) return ours;
    const [onlyOurs, onlyTheirs] = [
      missingIn(theirs.parts, ours.parts),
      missingIn(ours.parts, theirs.parts),
    ];
    if (onlyTheirs.length > 0) {
      await archive.keepRoom(channel, { parts: onlyTheirs, gone: [] }, upTo);
    }
    if (onlyOurs.length > 0) await send(channel, onlyOurs, [], upTo);
    const parts = new Map(
      [...ours.parts, ...onlyTheirs].map((part) => [part.name, part]),
    );
    return { parts: [...parts.values()].sort(byName), upTo };
  }

  return {
    room: level,
    async keepRoom(channel, change, upTo) {
      opened.add(channel);
      await archive.keepRoom(channel, change, upTo);
      await send(channel, change.parts, change.gone, upTo);
    },
    async send() {
      for (const channel of opened) await level(channel);
    },
  };
}

function fieldOf({ name, bytes }: RoomPart): string[] {
  return [name, Buffer.from(bytes).toString("base64")];
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** Parts that these lack, or have when they were shorter: a part only grows. */
function missingIn(these: RoomPart[], others: RoomPart[]): RoomPart[] {
  const lengths = new Map(these.map((p) => [p.name, p.bytes.length]));
  return others.filter((p) => p.bytes.length > (lengths.get(p.name) ?? -1));
}

/** With the parts of both at hand, both are right. */
function furthest(a: RoomUpTo | null, b: RoomUpTo | null): RoomUpTo | null {
  if (!a || !b) return a ?? b;
  const sessions = { ...a.sessions };
  for (const [id, seq] of Object.entries(b.sessions)) {
    sessions[id] = Math.max(seq, sessions[id] ?? 0);
  }
  return { at: Math.max(a.at, b.at), sessions };
}

function inGroups<T>(all: T[]): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < all.length; at += PARTS_AT_A_TIME) {
    groups.push(all.slice(at, at + PARTS_AT_A_TIME));
  }
  return groups;
}
