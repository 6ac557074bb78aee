/**
 * Who may sign in with an account elsewhere, from the settings.
 *
 * @module
 */
import { allowList } from "@/access/allow_list.ts";
import { systemClock } from "@/ingest/clock.ts";
import type { RoleOfAccount } from "@/access/keys.ts";
import { type Config, ConfigError } from "@/core/config.ts";
import {
  type Account,
  accountsOf,
  discord,
  github,
  google,
  oauthStore,
  other,
  type Provider,
  type Registration,
} from "@/oauth/mod.ts";

/** The role of an account, by the lists of the settings. */
export function roleOfAccountIn(config: Config): RoleOfAccount {
  return allowList({ hosts: config.HOSTS, moderators: config.MODERATORS });
}

/**
 * The providers that are set up; none opens no database.
 *
 * @param openKv Opens the Deno KV that sign-ins are kept in.
 * @throws {ConfigError} If a provider is set up by half.
 */
export async function openAccounts(
  config: Config,
  openKv: () => Promise<Deno.Kv>,
): Promise<{ accounts: Account[]; close(): void }> {
  const providers = providersOf(config);
  if (providers.length === 0) return { accounts: [], close() {} };
  const kv = await openKv();
  const accounts = accountsOf(providers, {
    store: oauthStore(kv, systemClock),
    cookieName: "sign_in",
  });
  return { accounts, close: () => kv.close() };
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
