/**
 * Sends one of the host's commands and is not put off by a bad network: the
 * same key is sent again until there is an answer, so that a press counts once.
 *
 * @module
 */
import type { After, RefusalCode } from "@/core/refusals.ts";
import type { Command } from "@/core/shapes/commands.ts";
import type { AwayCode } from "@/core/desk.ts";

/** Why a request did nothing. */
export type Problem =
  | { kind: "refused"; code: RefusalCode; after?: After }
  /** The game was not reached; `isSure`: nothing of it was done. */
  | { kind: "away"; isSure: boolean }
  | { kind: "network" }
  | { kind: "http"; status: number };

/** What became of a command; `seq` is that of its entry, if it made one. */
type Sent = { ok: true; seq: number | null } | {
  ok: false;
  problem: Problem;
};

/** Waits between tries, in ms; one try more than there are waits. */
export const WAITS_MS = [300, 1_000, 2_500];
/** How long one try may take, in ms. */
const TRY_MS = 8_000;

/** What a test puts in place of the network and the clock. */
export interface Means {
  fetch: typeof fetch;
  wait: (ms: number) => Promise<void>;
}

const MEANS: Means = {
  fetch: (input, init) => fetch(input, init),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Sends a command; resolves once it is recorded, refused or given up. */
export async function sendCommand(
  command: Command,
  means: Means = MEANS,
): Promise<Sent> {
  const key = newKey();
  let problem: Problem = { kind: "network" };
  for (const wait of [...WAITS_MS, null]) {
    const response = await tryOnce(command, key, means);
    if (response?.ok) return { ok: true, seq: await seqOf(response) };
    problem = response ? await problemOf(response) : { kind: "network" };
    if (!isWorthAnotherTry(problem) || wait === null) break;
    await means.wait(wait);
  }
  return { ok: false, problem };
}

/** What an answer that is not a yes says. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null); // not ours
  if (response.status === 409 && hasCode(body)) {
    const { code, after } = body;
    return { kind: "refused", code, ...(after && { after }) };
  }
  if (response.status === 503) {
    return { kind: "away", isSure: !(hasCode(body) && isUnsure(body.code)) };
  }
  return { kind: "http", status: response.status };
}

/** A name for one press. `randomUUID` is missing on a phone in the same Wi-Fi. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

async function tryOnce(
  command: Command,
  key: string,
  means: Means,
): Promise<Response | null> {
  try {
    return await means.fetch("/api/commands", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(TRY_MS),
    });
  } catch {
    return null; // no answer: said by the caller once the tries are used up
  }
}

function isWorthAnotherTry(problem: Problem): boolean {
  return problem.kind === "network" || problem.kind === "away" ||
    (problem.kind === "http" && [502, 504].includes(problem.status));
}

function isUnsure(code: RefusalCode | AwayCode): boolean {
  return code === "unsure";
}

async function seqOf(response: Response): Promise<number | null> {
  const body: { seq?: number | null } = await response.json();
  return body.seq ?? null;
}

function hasCode(
  body: unknown,
): body is { code: RefusalCode; after?: After } {
  return typeof body === "object" && body !== null && "code" in body &&
    typeof body.code === "string";
}
