/**
 * Which accounts may come in, and as what.
 *
 * @module
 */
import type { RoleOfAccount } from "./keys.ts";

/** Lists of accounts, separated by commas, for example `github:name`. */
interface AllowList {
  hosts: string;
  moderators: string;
}

/** The role of an account: of its names, one on a list is enough. */
export function allowList({ hosts, moderators }: AllowList): RoleOfAccount {
  const [host, moderator] = [namesOf(hosts), namesOf(moderators)];
  return (account) => {
    if (account.some((name) => host.has(name))) return "host";
    return account.some((name) => moderator.has(name)) ? "moderator" : null;
  };
}

function namesOf(list: string): Set<string> {
  const names = list.toLowerCase().split(",").map((name) => name.trim());
  return new Set(names.filter((name) => name.includes(":")));
}
