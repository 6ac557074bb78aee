/**
 * Who may sign in with an account elsewhere, from the settings.
 *
 * @module
 */
import { allowList } from "@/access/allow_list.ts";
import { systemClock } from "@/ingest/clock.ts";
import type { RoleOfAccount } from "@/access/keys.ts";
import { type Config, ConfigError } from "@/core/shapes/config.ts";
import {
  type Account,
  accountsOf,
  discord,
  github,
  google,
  type OAuthStore,
  oauthStore,
  other,
  type Provider,
  type Registration,
  sharedOAuthStore,
} from "@/access/accounts/mod.ts";

/** The role of an account, by the lists of the settings. */
export function roleOfAccountIn(config: Config): RoleOfAccount {
  return allowList({ hosts: config.HOSTS, moderators: config.MODERATORS });
}

/** How long the start waits for the Redis of sign-ins, in ms. */
const START_MS = 2_000;

/**
 * The providers that are set up; without any, or without pages to sign in at,
 * nothing is opened.
 *
 * @param openKv Opens the Deno KV for what is not in Redis.
 * @throws {ConfigError} If a provider is set up by half.
 */
export async function openAccounts(
  config: Config,
  openKv: () => Promise<Deno.Kv>,
): Promise<{ accounts: Account[]; close(): void }> {
  const providers = providersOf(config);
  if (providers.length === 0 || config.ROLE === "ingest") {
    return { accounts: [], close() {} };
  }
  const { store, close } = await openSignIns(config, await openKv());
  const accounts = accountsOf(providers, { store, cookieName: "sign_in" });
  return { accounts, close };
}

/**
 * Where sign-ins with accounts elsewhere are kept: in Redis, so that one may
 * end in another process than it began in; without it, and while it is away, in
 * the Deno KV of this process.
 */
async function openSignIns(
  { REDIS_URL }: Config,
  kv: Deno.Kv,
): Promise<{ store: OAuthStore; close(): void }> {
  const here = oauthStore(kv, systemClock);
  if (REDIS_URL === undefined) return { store: here, close: () => kv.close() };
  const [{ openRedisLink }, { redisTexts }] = await Promise.all([
    import("@/redis/link.ts"),
    import("@/redis/texts.ts"),
  ]);
  const link = openRedisLink(REDIS_URL, systemClock);
  await link.ready(START_MS);
  return {
    store: sharedOAuthStore(redisTexts(link), here),
    close() {
      link.close();
      kv.close();
    },
  };
}

function providersOf(config: Config): Provider[] {
  const known = { GITHUB: github, GOOGLE: google, DISCORD: discord };
  const found: Provider[] = [];
  for (const name of Object.keys(known) as (keyof typeof known)[]) {
    const registered = registrationOf(config, name);
    if (registered) found.push(known[name](registered));
  }
  const registered = registrationOf(config, "OTHER");
  if (!registered) return found;
  const { OAUTH_OTHER_URL: url, OAUTH_OTHER_TITLE: title } = config;
  if (url === undefined) {
    throw new ConfigError(
      "Cannot use OAUTH_OTHER_ID: OAUTH_OTHER_URL must be set, too; for example OAUTH_OTHER_URL=https://login.example.com",
    );
  }
  return [...found, other({ ...registered, url, title })];
}

function registrationOf(
  config: Config,
  name: "GITHUB" | "GOOGLE" | "DISCORD" | "OTHER",
): Registration | null {
  const id = config[`OAUTH_${name}_ID`];
  const secret = config[`OAUTH_${name}_SECRET`];
  if (id === undefined && secret === undefined) return null;
  if (id !== undefined && secret !== undefined) return { id, secret };
  const [has, lacks] = id ? ["ID", "SECRET"] : ["SECRET", "ID"];
  throw new ConfigError(
    `Cannot use OAUTH_${name}_${has}: OAUTH_${name}_${lacks} must be set, too; for example OAUTH_${name}_${lacks}=what-the-provider-gave-you`,
  );
}
