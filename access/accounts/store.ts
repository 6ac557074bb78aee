/**
 * Where sign-ins under way and sessions are kept: Deno KV, under hashes of
 * what browsers hold, so that a copied database opens nothing.
 *
 * @module
 */
import type { Clock } from "@/core/clock.ts";
import { createEnds } from "@/core/ends.ts";

/** A sign-in that has been begun. */
export interface Flow {
  provider: string;
  state: string;
  codeVerifier: string;
  redirectUri: string;
  /** A path of our own to go on to. */
  successUrl: string;
}

/** What the helpers keep. Secrets come plain and are kept as hashes. */
export interface OAuthStore {
  putFlow(secret: string, flow: Flow, expireIn: number): Promise<void>;
  /** Gives a flow once: of two that ask, one gets it. */
  takeFlow(secret: string): Promise<Flow | null>;
  putSession(secret: string, expireIn: number): Promise<void>;
  hasSession(secret: string): Promise<boolean>;
  dropSession(secret: string): Promise<void>;
}

/** A flow with its end: KV removes expired rows late. */
interface Kept<T> {
  /** Unix ms. */
  endsAt: number;
  /** Its full length, in ms; older versions kept none. */
  length?: number;
  value: T;
}

/** The store in an open Deno KV. */
export function oauthStore(kv: Deno.Kv, clock: Clock): OAuthStore {
  const ends = createEnds(clock);
  const isOver = (
    key: Deno.KvKey,
    { endsAt, length = Infinity }: Kept<unknown>,
  ) => ends.isOver(String(key), endsAt, length);
  const put = async <T>(key: Deno.KvKey, value: T, length: number) => {
    const kept = { endsAt: clock.wall() + length, length, value };
    ends.begin(String(key), kept.endsAt, length);
    await kv.set(key, kept, { expireIn: length });
  };
  return {
    putFlow: async (secret, flow, expireIn) =>
      put(await keyOf("flow", secret), flow, expireIn),
    async takeFlow(secret) {
      const key = await keyOf("flow", secret);
      const row = await kv.get<Kept<Flow>>(key);
      if (!row.value) return null;
      const taken = await kv.atomic().check(row).delete(key).commit();
      return taken.ok && !isOver(key, row.value) ? row.value.value : null;
    },
    putSession: async (secret, expireIn) =>
      put(await keyOf("session", secret), true, expireIn),
    async hasSession(secret) {
      const key = await keyOf("session", secret);
      const row = await kv.get<Kept<true>>(key);
      return row.value !== null && !isOver(key, row.value);
    },
    dropSession: async (secret) => kv.delete(await keyOf("session", secret)),
  };
}

async function keyOf(kind: string, secret: string): Promise<Deno.KvKey> {
  const bytes = new TextEncoder().encode(secret);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return ["oauth", kind, hash];
}
