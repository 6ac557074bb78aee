/**
 * Short-lived texts in Redis, for what several processes must find: a sign-in
 * under way. While Redis is away there are none.
 *
 * @module
 */
import { RedisAwayError, type RedisLink } from "./link.ts";

/** Keeps and gives texts; nothing throws while Redis is away. */
export function redisTexts(link: RedisLink) {
  /** What Redis answers; `otherwise` while it is away. */
  async function asked<T>(command: string[], otherwise: T): Promise<T> {
    try {
      return await link.call(...command) as T;
    } catch (error) {
      if (!(error instanceof RedisAwayError)) throw error;
      return otherwise;
    }
  }

  return {
    /** Keeps a text for so many ms; false while Redis is away. */
    set: async (key: string, text: string, expireIn: number) =>
      await asked(["SET", key, text, "PX", String(expireIn)], null) === "OK",
    get: (key: string) => asked<string | null>(["GET", key], null),
    /** Gives a text to one of those who ask. */
    take: (key: string) => asked<string | null>(["GETDEL", key], null),
    async drop(key: string): Promise<void> {
      await asked(["DEL", key], 0);
    },
  };
}
