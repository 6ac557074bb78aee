/**
 * The settings of the program itself, from the environment. A bad one is
 * refused with its name, what is wrong and an example.
 *
 * @module
 */
import { z } from "zod";

/** An address of a server, without the slash at its end. */
function address(...schemes: string[]) {
  const begins = schemes.map((scheme) => `${scheme}://`).join(" or ");
  return z.string().refine(
    (text) => schemes.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ""),
    `must be an address that begins with ${begins}`,
  ).transform((text) => text.replace(/\/+$/, ""));
}

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
  HOST: z.string().default("127.0.0.1"),
  /** Deno KV's file and all else that is kept. */
  DATA_DIR: z.string().default("./data"),
  /** Where several processes meet; `rediss://` is TLS. */
  REDIS_URL: address("redis", "rediss").optional(),
  /** Days that Redis keeps what belongs to an ended session. */
  REDIS_KEEP_DAYS: whole(1, 3_650).default(7),
  /** What this process does: everything, or one side of it. */
  ROLE: z.enum(["all", "web", "ingest"], {
    error: "must be all, web or ingest",
  }).default("all"),
  HOST_KEY: z.string().min(16, "must have 16 characters or more").optional(),
  /** Connects to this channel at the start. */
  CHANNEL: z.string().optional(),
  /** Unless said otherwise: 1, and 0 where a proxy is to be expected. */
  LOCAL_TRUST: Flag.optional(),
  METRICS_PUBLIC: Flag.default(false),
  PUBLIC_URL: address("https", "http").optional(),
  /** Proxies that are believed about who is behind them. */
  TRUSTED_PROXIES: Networks.optional(),
  /** Accounts elsewhere that may sign in, and who they are for. */
  HOSTS: z.string().default(""),
  MODERATORS: z.string().default(""),
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
  OAUTH_OTHER_TITLE: z.string().max(40).default("OpenID"),
  /** Other places that speak TikTok's and Euler Stream's protocols. */
  TIKTOK_WEB_URL: address("https", "http").optional(),
  TIKTOK_SIGN_URL: address("https", "http").optional(),
  TIKTOK_SIGN_API_KEY: z.string().optional(),
  TIKTOK_PROXY_URL: address("http", "https").optional(),
  TIKTOK_SESSION_ID: z.string().optional(),
  /** An origin that pictures of viewers may come from, beside TikTok's. */
  AVATARS_FROM: address("http", "https").optional(),
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
}).superRefine(({ ROLE, REDIS_URL }, context) => {
  if (ROLE === "all" || REDIS_URL !== undefined) return;
  context.addIssue({
    code: "custom",
    path: ["REDIS_URL"],
    message: `must be set for ROLE=${ROLE}, which meets the others there`,
  });
});
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
  OBS_URL: "ws://127.0.0.1:4455",
  OBS_PASSWORD: "the-password-that-OBS-shows",
  ROOM: "simulated",
  SIMULATED_SEED: "7",
  SIMULATED_PACE: "12",
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
    const text = SECRETS.has(name) ? "" : `, not "${given[name]}"`;
    const example = EXAMPLES[name] && `; for example ${name}=${EXAMPLES[name]}`;
    return `Cannot use ${name}: it ${message}${text}${example}`;
  });
  throw new ConfigError(lines.join("\n"));
}
