/**
 * Where sign-ins under way and sessions are kept: Deno KV, under hashes of
 * what browsers hold, so that a copied database opens nothing.
 *
 * @module
 */

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
  endsAt: number;
  value: T;
}

/** The store in an open Deno KV. @param now Unix ms. */
export function oauthStore(kv: Deno.Kv, now = Date.now): OAuthStore {
  const put = async <T>(key: Deno.KvKey, value: T, expireIn: number) => {
    const kept: Kept<T> = { endsAt: now() + expireIn, value };
    await kv.set(key, kept, { expireIn });
  };
  return {
    putFlow: async (secret, flow, expireIn) =>
      put(await keyOf("flow", secret), flow, expireIn),
    async takeFlow(secret) {
      const key = await keyOf("flow", secret);
      const row = await kv.get<Kept<Flow>>(key);
      if (!row.value) return null;
      const taken = await kv.atomic().check(row).delete(key).commit();
      return taken.ok && now() < row.value.endsAt ? row.value.value : null;
    },
    putSession: async (secret, expireIn) =>
      put(await keyOf("session", secret), true, expireIn),
    async hasSession(secret) {
      const row = await kv.get<Kept<true>>(await keyOf("session", secret));
      return row.value !== null && now() < row.value.endsAt;
    },
    dropSession: async (secret) => kv.delete(await keyOf("session", secret)),
  };
}

async function keyOf(kind: string, secret: string): Promise<Deno.KvKey> {
  const bytes = new TextEncoder().encode(secret);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return ["oauth", kind, hash];
}
