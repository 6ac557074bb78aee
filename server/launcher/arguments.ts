/**
 * What stands behind the launcher's name.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { CannotStart } from "./say.ts";

/** What was asked for. */
export interface Asked {
  /** From 1 to 65535. */
  port?: number;
  /** A data folder. */
  data?: string;
  browser: boolean;
  /** Something is only to be said. */
  only?: "version" | "help";
}

const OPTIONS = {
  port: { type: "string" },
  data: { type: "string" },
  "no-browser": { type: "boolean" },
  version: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** @throws {CannotStart} If something of it cannot be understood. */
export function readAsked(args: string[]): Asked {
  const { values, tokens } = parseArgs({
    args,
    options: OPTIONS,
    strict: false,
    tokens: true,
  });
  const unknown = tokens.find((token) =>
    token.kind !== "option" || !Object.hasOwn(OPTIONS, token.name)
  );
  if (unknown !== undefined) {
    const argument = args[unknown.index] ?? "";
    throw new CannotStart((texts) => texts.unknown(argument));
  }
  const { port, data } = values;
  if (data === true || data === "") {
    throw new CannotStart((texts) => texts.unknown("--data"));
  }
  return {
    ...(port !== undefined && { port: portOf(String(port)) }),
    ...(typeof data === "string" && { data }),
    browser: values["no-browser"] !== true,
    ...(values.help
      ? { only: "help" }
      : values.version
      ? { only: "version" }
      : {}),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new CannotStart((texts) => texts.noNumber(text));
}
