/**
 * The settings of the program itself, from the environment. A bad one is
 * refused with its name, what is wrong and an example.
 *
 * @module
 */
import { z } from "zod";

/** An address, read; what is wrong with its text where it is none. */
function parsed(text: string, schemes: string[]): URL | string {
  const begins = schemes.map((scheme) => `${scheme}://`);
  if (!begins.some((begin) => text.toLowerCase().startsWith(begin))) {
    return `must be an address that begins with ${begins.join(" or ")}`;
  }
  const url = URL.parse(text);
  return url?.hostname
    ? url
    : "must be an address with a host, and a port up to 65535 if any";
}

/**
 * Text that one look finds nothing wrong with.
 *
 * @param whatIsWrong What it must be instead, or null.
 */
function text(whatIsWrong: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = whatIsWrong(text);
    if (message !== null) context.addIssue({ code: "custom", message });
  });
}

/** An address of a server, without the slash at its end. */
function address(...schemes: string[]) {
  return text((text) => {
    const url = parsed(text, schemes);
    if (typeof url === "string") return url;
    if (url.username || url.password) {
      return "must be an address without a user and a password";
    }
    return url.search || url.hash ? "must be an address without ? and #" : null;
  }).transform((text) => text.replace(/\/+$/, ""));
}

/** An address without a path: a whole server. */
function origin(...schemes: string[]) {
  return address(...schemes).refine(
    (text) => URL.parse(text)?.pathname === "/",
    "must be an address without a path: scheme, host and port alone",
  ).transform((text) => new URL(text).origin);
}

/** The address of a proxy, with a user and a password where it wants them. */
function proxy() {
  return text((text) => {
    const url = parsed(text, ["http", "https"]);
    return typeof url === "string" ? url : isDecodable(url) ? null : ESCAPED;
  }).transform((text) => text.replace(/\/+$/, ""));
}

const ESCAPED =
  "must have special characters of its password written as %XX (@ as %40, # as %23, % as %25)";

/** The address of a Redis: its path, if any, is the number of a database. */
function redis() {
  return text((text) => {
    const url = parsed(text, ["redis", "rediss"]);
    const isWhole = typeof url !== "string" && !url.search && !url.hash &&
      /^\/?\d{0,9}$/.test(url.pathname) && isDecodable(url);
    const [scheme] = /^rediss?:\/\//i.exec(text) ?? [];
    if (scheme === undefined) return url as string;
    // What stands behind the last @: a password may have any other.
    const server = text.slice(scheme.length).split("@").at(-1)!;
    return wrongInServer(server.split("/")[0]!) ??
      (isWhole
        ? null
        : `${ESCAPED}, and nothing behind the port but the number of a database`);
  }).transform((text) => text.replace(/\/+$/, ""));
}

/** What is wrong with the host and port of an address; null if nothing. */
function wrongInServer(server: string): string | null {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(server) ?? [];
  if (!host) return "must name a host";
  const isPort = port === undefined ||
    /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return isPort ? null : "must have a port from 1 to 65535 behind its host";
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/** A name or an address of this machine; an IPv6 one may stand in brackets. */
const Host = z.string().regex(
  /^(\[[\w:.%]+\]|[\w.%]*:[\w.%]*:[\w:.%]*|[\w.-]+)$/,
  "must be an address or a name of this machine, without http:// and a port",
).transform((text) => text.replace(/^\[|\]$/g, ""));

/** What goes into a header as it is. */
const Token = z.string().regex(
  /^[\x21-\x3a\x3c-\x7e]+$/,
  "must be letters, digits and signs of ASCII alone, without spaces and ;",
);

/** Accounts elsewhere, separated by commas. */
const Accounts = z.string().refine(
  (text) =>
    text.split(",").map((name) => name.trim()).filter((name) => name !== "")
      .every((name) => /^(github|google|discord|other):.+$/i.test(name)),
  "must be accounts such as github:name, google:…, discord:… or other:…, separated by commas",
);

const Flag = z.enum(["0", "1"], { error: "must be 0 or 1" })
  .transform((text) => text === "1");

const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, "must be a whole number").transform(Number)
    .refine((n) => n >= min && n <= max, `must be from ${min} to ${max}`);

/** Addresses and networks, separated by commas. */
const Networks = z.string().refine(
  (text) =>
    text.split(",").every((each) => Network.safeParse(each.trim()).success),
  "must be addresses or networks, separated by commas",
);
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

const Config = z.object({
  /** Where it listens; port 0 takes any free one. */
  PORT: whole(0, 65_535).default(8000),
  HOST: Host.default("127.0.0.1"),
  /** Deno KV's file and all else that is kept. */
  DATA_DIR: z.string().regex(
    /^[^~]/,
    "must be a path without ~ at its beginning, which only a shell understands",
  ).default("./data"),
  /** Where several processes meet; `rediss://` is TLS. */
  REDIS_URL: redis().optional(),
  /** Days that Redis keeps what belongs to an ended session. */
  REDIS_KEEP_DAYS: whole(1, 3_650).default(7),
  /** What this process does: everything, or one side of it. */
  ROLE: z.enum(["all", "web", "ingest"], {
    error: "must be all, web or ingest",
  }).default("all"),
  HOST_KEY: z.string().min(16, "must have 16 characters or more").regex(
    /^[\x21-\x7e][\x20-\x7e]*[\x21-\x7e]$/,
    "must be letters, digits and signs of ASCII alone: no request carries others",
  ).optional(),
  /** Connects to this channel at the start. */
  CHANNEL: z.string().optional(),
  /** Unless said otherwise: 1, and 0 where a proxy is to be expected. */
  LOCAL_TRUST: Flag.optional(),
  METRICS_PUBLIC: Flag.default(false),
  PUBLIC_URL: origin("https", "http").optional(),
  /** Proxies that are believed about who is behind them. */
  TRUSTED_PROXIES: Networks.optional(),
  /** Accounts elsewhere that may sign in, and who they are for. */
  HOSTS: Accounts.default(""),
  MODERATORS: Accounts.default(""),
  OAUTH_GITHUB_ID: z.string().optional(),
  OAUTH_GITHUB_SECRET: z.string().optional(),
  OAUTH_GOOGLE_ID: z.string().optional(),
  OAUTH_GOOGLE_SECRET: z.string().optional(),
  OAUTH_DISCORD_ID: z.string().optional(),
  OAUTH_DISCORD_SECRET: z.string().optional(),
  /** Another provider, with `/authorize`, `/token` and `/userinfo`. */
  OAUTH_OTHER_ID: z.string().optional(),
  OAUTH_OTHER_SECRET: z.string().optional(),
  OAUTH_OTHER_URL: address("https", "http").optional(),
  OAUTH_OTHER_TITLE: z.string().max(40, "must have 40 characters or fewer")
    .default("OpenID"),
  /** Other places that speak TikTok's and Euler Stream's protocols. */
  TIKTOK_WEB_URL: address("https", "http").optional(),
  TIKTOK_SIGN_URL: address("https", "http").optional(),
  TIKTOK_SIGN_API_KEY: Token.optional(),
  TIKTOK_PROXY_URL: proxy().optional(),
  TIKTOK_SESSION_ID: Token.optional(),
  /** An origin that pictures of viewers may come from, beside TikTok's. */
  AVATARS_FROM: origin("http", "https").optional(),
  /** Is asked whether a newer version is out, where the host wants it. */
  UPDATE_URL: address("https", "http").optional(),
  /** OBS, instead of what the panel says. */
  OBS_URL: address("ws", "wss").optional(),
  OBS_PASSWORD: z.string().optional(),
  /** Where the events come from: TikTok, or a simulated room. */
  ROOM: z.enum(["tiktok", "simulated"], {
    error: "must be tiktok or simulated",
  }).default("tiktok"),
  /** The same seed gives the same simulated evening. */
  SIMULATED_SEED: whole(0, 2 ** 31).default(1),
  /** Events a second of the simulated room. */
  SIMULATED_PACE: whole(1, 5_000).default(12),
  /** Whether it begins with rounds of two teams, one after the other. */
  SIMULATED_ROUNDS: Flag.default(false),
}).superRefine(({ ROLE, REDIS_URL }, context) => {
  if (ROLE === "all" || REDIS_URL !== undefined) return;
  context.addIssue({
    code: "custom",
    path: ["REDIS_URL"],
    message: `must be set for ROLE=${ROLE}, which meets the others there`,
  });
});
/** As the schema of that name gives it. */
export type Config = z.infer<typeof Config>;

const EXAMPLES: Record<keyof Config, string> = {
  PORT: "8000",
  HOST: "127.0.0.1",
  DATA_DIR: "./data",
  REDIS_URL: "redis://127.0.0.1:6379",
  REDIS_KEEP_DAYS: "7",
  ROLE: "all",
  HOST_KEY: "a-long-secret-of-your-own",
  CHANNEL: "@yourname",
  LOCAL_TRUST: "0",
  METRICS_PUBLIC: "1",
  PUBLIC_URL: "https://panel.example.com",
  TRUSTED_PROXIES: "127.0.0.1,172.16.0.0/12",
  HOSTS: "github:yourname",
  MODERATORS: "github:friend,google:friend@gmail.com",
  OAUTH_GITHUB_ID: "the-client-id",
  OAUTH_GITHUB_SECRET: "the-client-secret",
  OAUTH_GOOGLE_ID: "the-client-id",
  OAUTH_GOOGLE_SECRET: "the-client-secret",
  OAUTH_DISCORD_ID: "the-client-id",
  OAUTH_DISCORD_SECRET: "the-client-secret",
  OAUTH_OTHER_ID: "the-client-id",
  OAUTH_OTHER_SECRET: "the-client-secret",
  OAUTH_OTHER_URL: "https://login.example.com",
  OAUTH_OTHER_TITLE: "Our login",
  TIKTOK_WEB_URL: "https://www.tiktok.com",
  TIKTOK_SIGN_URL: "https://tiktok.eulerstream.com",
  TIKTOK_SIGN_API_KEY: "the-key-you-were-given",
  TIKTOK_PROXY_URL: "http://127.0.0.1:3128",
  TIKTOK_SESSION_ID: "the-sessionid-cookie",
  AVATARS_FROM: "http://127.0.0.1:9000",
  UPDATE_URL: "https://example.com/newest.json",
  OBS_URL: "ws://127.0.0.1:4455",
  OBS_PASSWORD: "the-password-that-OBS-shows",
  ROOM: "simulated",
  SIMULATED_SEED: "7",
  SIMULATED_PACE: "12",
  SIMULATED_ROUNDS: "1",
};

/** Settings that must not be repeated on a screen. */
const SECRETS = new Set<string>([
  "REDIS_URL",
  "HOST_KEY",
  "OAUTH_GITHUB_SECRET",
  "OAUTH_GOOGLE_SECRET",
  "OAUTH_DISCORD_SECRET",
  "OAUTH_OTHER_SECRET",
  "TIKTOK_SIGN_API_KEY",
  "TIKTOK_PROXY_URL",
  "TIKTOK_SESSION_ID",
  "OBS_PASSWORD",
]);

/** An address to print: without its user and password. */
export function shownAddress(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** A line for each setting, with a value that it could have. */
export function settingLines(): string {
  return Object.entries(EXAMPLES)
    .map(([name, example]) => `  ${name}=${example}`).join("\n");
}

/** The names of all settings. */
export const SETTING_NAMES = Object.keys(EXAMPLES);

/** A setting cannot be used; the message says which, why, and how else. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * Reads the settings.
 *
 * @param environment Their text by name; an empty text counts as not set.
 * @throws {ConfigError} With a line for each setting that cannot be used.
 */
export function readConfig(
  environment: Record<string, string | undefined>,
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, text]) => text?.trim()),
  );
  const config = Config.safeParse(given);
  if (config.success) return config.data;
  const lines = config.error.issues.map(({ path, message }) => {
    const name = path[0] as keyof Config;
    const value = given[name] ?? "";
    const isSecret = SECRETS.has(name) || /\/\/[^/]*@/.test(value);
    const text = isSecret ? "" : `, not "${value}"`;
    const example = EXAMPLES[name] && `; for example ${name}=${EXAMPLES[name]}`;
    return `Cannot use ${name}: it ${message}${text}${example}`;
  });
  throw new ConfigError(lines.join("\n"));
}
