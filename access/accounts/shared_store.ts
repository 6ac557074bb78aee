/**
 * Sign-ins where several processes share a Redis: one may begin in one of them
 * and end in another. What cannot be put there stays where it was begun.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Flow, OAuthStore } from "./store.ts";

/** Texts by key that all processes reach, most of the time. */
interface SharedTexts {
  /** Keeps a text for so many ms; false while that is not possible. */
  set(key: string, text: string, expireIn: number): Promise<boolean>;
  /** Null where there is none, or none can be reached. */
  get(key: string): Promise<string | null>;
  /** The same, and it is gone: of those who ask, one gets it. */
  take(key: string): Promise<string | null>;
  drop(key: string): Promise<void>;
}

/**
 * The store in shared texts, under hashes of what browsers hold.
 *
 * @param here Where it is kept while they cannot be reached.
 */
export function sharedOAuthStore(
  texts: SharedTexts,
  here: OAuthStore,
): OAuthStore {
  return {
    async putFlow(secret, flow, expireIn) {
      const text = JSON.stringify(flow);
      if (await texts.set(keyOf("flow", secret), text, expireIn)) return;
      await here.putFlow(secret, flow, expireIn);
    },
    async takeFlow(secret) {
      const text = await texts.take(keyOf("flow", secret));
      if (text === null) return await here.takeFlow(secret);
      return JSON.parse(text) as Flow;
    },
    async putSession(secret, expireIn) {
      if (await texts.set(keyOf("session", secret), "1", expireIn)) return;
      await here.putSession(secret, expireIn);
    },
    async hasSession(secret) {
      const text = await texts.get(keyOf("session", secret));
      return text !== null || await here.hasSession(secret);
    },
    async dropSession(secret) {
      await texts.drop(keyOf("session", secret));
      await here.dropSession(secret);
    },
  };
}

/** Every key begins with `oauth:`; the secret itself is in none. */
function keyOf(kind: "flow" | "session", secret: string): string {
  const hash = createHash("sha256").update(secret).digest("hex");
  return `oauth:${kind}:${hash}`;
}
