/**
 * Small documents that all processes share: settings, keys, what runs. Redis
 * has them, and the archive a copy of each that this process has read or
 * written, for the time when Redis is away.
 *
 * What is written without Redis is sent when it is back. A document that the
 * archive did not know before is only sent if Redis has none of that name:
 * a process that has never seen the others' keys must not replace them.
 *
 * @module
 */
import type { Sessions } from "@/core/ports.ts";
import { createTurn } from "@/core/turn.ts";
import { documentKey } from "./keys.ts";
import { RedisAwayError, type RedisLink } from "./link.ts";

/** The archive's list of what is still to be sent: name → known before. */
const UNSENT = "redis-unsent";

type Documents = Pick<Sessions, "document" | "putDocument">;

/** Documents in both, read from Redis first. */
export function redisDocuments(
  link: RedisLink,
  archive: Documents,
): Documents & { send(): Promise<void>; drop(): Promise<void> } {
  /** One after the other: the list of what is to be sent is one document. */
  const inTurn = createTurn();

  async function unsent(): Promise<Record<string, boolean>> {
    return (await archive.document(UNSENT) ?? {}) as Record<string, boolean>;
  }

  async function mark(name: string, knownBefore: boolean | null) {
    const names = await unsent();
    if (knownBefore === null) {
      if (!(name in names)) return;
      delete names[name];
    } else names[name] ??= knownBefore;
    await archive.putDocument(UNSENT, names);
  }

  async function sendOne(name: string, value: unknown, knownBefore: boolean) {
    const set = ["SET", documentKey(name), JSON.stringify(value ?? null)];
    await link.call(...set, ...(knownBefore ? [] : ["NX"]));
    await mark(name, null);
  }

  /** Whether it worked; false while Redis is away. */
  async function tried(work: () => Promise<void>): Promise<boolean> {
    if (!link.isUp()) return false;
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof RedisAwayError) return false;
      throw error;
    }
  }

  return {
    document: (name) =>
      inTurn(async () => {
        const waits = await unsent();
        let text: string | null = null;
        const asked = !(name in waits) && await tried(async () => {
          text = await link.call("GET", documentKey(name)) as string | null;
        });
        const kept = await archive.document(name);
        if (!asked) return kept;
        if (text === null) {
          if (kept !== null) await tried(() => sendOne(name, kept, false));
          return kept;
        }
        if (text !== JSON.stringify(kept)) {
          await archive.putDocument(name, JSON.parse(text));
        }
        return JSON.parse(text) as unknown;
      }),
    putDocument: (name, value) =>
      inTurn(async () => {
        const knownBefore = await archive.document(name) !== null;
        if (!link.isUp()) await mark(name, knownBefore);
        await archive.putDocument(name, value);
        if (!await tried(() => sendOne(name, value, true))) {
          await mark(name, knownBefore);
        }
      }),
    /** Gives up what is still to be sent: another process has the say. */
    drop: () => inTurn(() => archive.putDocument(UNSENT, {})),
    send: () =>
      inTurn(async () => {
        for (const [name, knownBefore] of Object.entries(await unsent())) {
          const value = await archive.document(name);
          await tried(() => sendOne(name, value, knownBefore));
        }
      }),
  };
}
