/**
 * The list of sessions: a line each, in Redis and in the archive.
 *
 * @module
 */
import type { SessionInfo, Store } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { newestFirst } from "@/stores/batch_order.ts";
import type { Archiver } from "./archiver.ts";
import { KEYS_AT_A_TIME, sessionKey, SESSIONS_KEY } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import type { Availability } from "./availability.ts";

/** The list of sessions. */
export interface Lines
  extends Pick<Store, "listSessions" | "session" | "putSession"> {
  /** A session's line as Redis has it; null where it has none, or is away. */
  line(id: string): Promise<SessionInfo | null>;
  /** Gives Redis what it does not have yet. */
  sendUnsent(): Promise<void>;
  /** Takes a line out of the list. */
  remove(id: string): Promise<void>;
}

/** The list in both, with what Redis does not have yet. */
export function createLines(
  { link, archive, archiver, availability, keepSeconds }: {
    link: RedisLink;
    archive: KvStore;
    archiver: Archiver;
    availability: Availability;
    keepSeconds: number;
  },
): Lines {
  const { unsent } = availability;

  async function line(id: string): Promise<SessionInfo | null> {
    const text = await availability.ask(
      () => link.call("GET", sessionKey(id)) as Promise<string | null>,
      null,
    );
    return text === null ? null : JSON.parse(text) as SessionInfo;
  }

  async function sendLine(info: SessionInfo): Promise<void> {
    const { id, startedAt } = info;
    const ttl = String(keepSeconds);
    await link.call("SET", sessionKey(id), JSON.stringify(info), "EX", ttl);
    await link.call("ZADD", SESSIONS_KEY, String(startedAt), id);
    unsent.lines.delete(id);
  }

  async function linesInRedis(): Promise<SessionInfo[]> {
    const ids = await link.call("ZRANGE", SESSIONS_KEY, "0", "-1") as string[];
    const found: SessionInfo[] = [];
    const gone: string[] = [];
    for (let at = 0; at < ids.length; at += KEYS_AT_A_TIME) {
      const some = ids.slice(at, at + KEYS_AT_A_TIME);
      const texts = await link.call("MGET", ...some.map(sessionKey)) as (
        | string
        | null
      )[];
      texts.forEach((text, i) => {
        if (text === null) gone.push(some[i]!);
        else found.push(JSON.parse(text) as SessionInfo);
      });
    }
    if (gone.length > 0) await link.call("ZREM", SESSIONS_KEY, ...gone);
    return found;
  }

  return {
    line,
    async sendUnsent() {
      for (const info of [...unsent.lines.values()]) await sendLine(info);
    },
    async remove(id) {
      await link.call("ZREM", SESSIONS_KEY, id);
      unsent.lines.delete(id);
    },
    async listSessions() {
      const lines = new Map<string, SessionInfo>();
      const here = await archive.listSessions();
      const there = await availability.ask(linesInRedis, []);
      for (const info of [...here, ...there, ...unsent.lines.values()]) {
        lines.set(info.id, info);
      }
      return [...lines.values()].sort(newestFirst);
    },
    async session(id) {
      return unsent.lines.get(id) ?? await line(id) ??
        await archive.session(id);
    },
    async putSession(info) {
      await archiver.drained(info.id);
      await archive.putSession(info);
      unsent.lines.set(info.id, info);
      await availability.ask(() => sendLine(info), undefined);
    },
  };
}
