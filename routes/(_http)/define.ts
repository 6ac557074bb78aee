/**
 * What every request carries, and the types of routes made from it. Apart from
 * `server/`, which fills it, because every route imports this file.
 *
 * @module
 */
import { createDefine } from "fresh";
import type { Addresses } from "@/access/addresses.ts";
import type { Keys } from "@/access/keys.ts";
import type { Caller } from "@/access/role.ts";
import type { Clock } from "@/core/clock.ts";
import type { Role } from "@/core/views.ts";
import type { Desk } from "@/core/desk.ts";
import type { Language } from "@/locales/mod.ts";
import type { Avatars } from "@/outputs/avatars.ts";
import type { Metrics } from "@/outputs/metrics.ts";
import type { Account } from "@/access/accounts/mod.ts";
import type { Hub } from "@/outputs/sse.ts";

/** What routes know of this place besides the game. */
export interface Site {
  version: string;
  /** Address of the source code. */
  source: string;
  /** `PUBLIC_URL`, where people outside reach this place; null if unset. */
  publicUrl: string | null;
  /** Origins by which other devices of the network reach this place. */
  reach?(): string[];
  /** Tells askers apart by where they are: `TRUSTED_PROXIES`. */
  addresses: Addresses;
  /** `LOCAL_TRUST`: whether this machine needs no key. */
  localTrust: boolean;
  /** `METRICS_PUBLIC`. */
  metricsPublic: boolean;
  clock: Clock;
  /** Writes one line to the log. */
  log(line: string): void;
}

/** The parts of the program that routes translate for; the same for all. */
export interface Parts {
  desk: Desk;
  hub: Hub<Caller>;
  avatars: Avatars;
  keys: Keys;
  /** With whom people sign in here. */
  accounts?: Account[];
  metrics: Metrics;
  site: Site;
}

/** What every request carries. */
export interface State extends Parts {
  /** Who asks; null for a stranger, where strangers may. */
  caller: Caller | null;
  /** The caller's role; null for a stranger. */
  role: Role | null;
  language: Language;
}

/** Types for routes, pages and middlewares. */
export const define = createDefine<State>();
