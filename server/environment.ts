/**
 * What whoever starts the program says: its arguments, the environment and a
 * file `.env`. Nothing else reads them.
 *
 * @module
 */
import { parseArgs, parseEnv } from "node:util";
import {
  type Config,
  ConfigError,
  readConfig,
  SETTING_NAMES,
  settingLines,
} from "@/core/shapes/config.ts";
import { badChannel } from "@/ingest/desk/refused.ts";
import { parseChannel } from "@/ingest/tiktok/messages.ts";
import { cannot } from "@/stores/why.ts";
import { VERSION } from "./identity.ts";

/** What may stand behind the program. */
const ARGUMENTS: Record<string, { type: "boolean" | "string"; does: string }> =
  {
    demo: {
      type: "boolean",
      does: "a rehearsal in a simulated room, kept in ./data/demo",
    },
    port: { type: "string", does: "where it listens, whatever PORT says" },
    version: { type: "boolean", does: "says which version this is" },
    help: { type: "boolean", does: "says this" },
  };

const USAGE = `TikTok Live Support ${VERSION}

  deno task start            serves the panel and the overlay
  deno task demo             the same as a rehearsal

Arguments
${
  Object.entries(ARGUMENTS).map(([name, { type, does }]) =>
    `  --${type === "string" ? `${name} N` : name}`.padEnd(13) + `  ${does}`
  ).join("\n")
}

Settings, from the environment or a file .env; README.md says what they mean
${settingLines()}`;

/** What `deno task demo` sets where nobody says otherwise. */
const DEMO = {
  ROOM: "simulated",
  CHANNEL: "demo",
  DATA_DIR: "./data/demo",
  SIMULATED_ROUNDS: "1",
};

function readArguments() {
  return parseArgs({
    args: Deno.args,
    options: ARGUMENTS,
    strict: false,
    tokens: true,
  });
}

/** The exit code where the arguments want something else than to serve. */
export function answerArguments(): number | null {
  const { values, tokens } = readArguments();
  const unknown = tokens.find((token) =>
    token.kind !== "option" || !Object.hasOwn(ARGUMENTS, token.name)
  );
  if (unknown !== undefined) {
    const known = Object.keys(ARGUMENTS).map((name) => `--${name}`).join(", ");
    const text = Deno.args[unknown.index];
    console.error(`Unknown argument "${text}"; there are ${known}`);
    return 2;
  }
  if (values.help) console.log(USAGE);
  else if (values.version) console.log(VERSION);
  else return null;
  return 0;
}

/**
 * The settings of the environment, and of `.env` where that has more.
 *
 * @throws {ConfigError} With a line for each setting that cannot be used.
 */
export function readSettings(): Config {
  const { demo, port } = readArguments().values;
  const config = readConfig({
    ...(demo ? DEMO : {}),
    ...readEnvFile(),
    ...Object.fromEntries(
      SETTING_NAMES.map((name) => [name, Deno.env.get(name)] as const)
        .filter(([, text]) => text !== undefined),
    ),
    // An empty setting is none; an argument without its number is a mistake.
    ...(port === undefined
      ? {}
      : { PORT: typeof port === "string" && port || "nothing" }),
  });
  mustFit(config);
  mustBeChannel(config);
  return config;
}

/** Refuses what is no channel, before anything is served. */
function mustBeChannel({ CHANNEL }: Config): void {
  if (!CHANNEL || parseChannel(CHANNEL).ok) return;
  throw new ConfigError(
    `Cannot use CHANNEL: ${
      badChannel(CHANNEL).reason
    }; for example CHANNEL=@yourname`,
  );
}

function readEnvFile(): Record<string, string | undefined> {
  try {
    return parseEnv(Deno.readTextFileSync(".env"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw cannot("read .env", error);
  }
}

/**
 * Refuses to run a game on Deno Deploy, where files go with the process and
 * several run at once.
 *
 * @see {@link https://docs.deno.com/deploy/reference/env_vars_and_contexts/}
 */
function mustFit({ ROLE }: Config): void {
  if (ROLE === "web" || !Deno.env.get("DENO_DEPLOY")) return;
  throw new ConfigError(
    `Cannot use ROLE: it must be web on Deno Deploy, which keeps no game, not "${ROLE}"; set the variables for every context, as a build starts with those of its preview; for example ROLE=web`,
  );
}
