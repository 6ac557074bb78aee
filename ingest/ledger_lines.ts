/**
 * A ledger as lines of JSON, out and in again. Each line holds the hash of the
 * one before it, the last one the hash of the board, so that anyone can check a
 * copy without us.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { boardHash } from "@/core/board.ts";
import { Entry } from "@/core/entries.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { Rates } from "@/core/rates.ts";
import { emptySession, evolve, type Session } from "@/core/session.ts";
import { ImportError } from "@/core/desk.ts";

/** Name and version of the format (CONTRACT: Ledger lines). */
export const FORMAT = "tiktok-live-support/1";

/** The first line of an export. */
export const Header = z.object({
  format: z.literal(FORMAT),
  session: z.object({
    id: z.string().min(1).max(64),
    title: z.string().max(200),
    channel: z.string().max(64),
    rehearsal: z.boolean().default(false),
    startedAt: z.number().int().min(0),
    endedAt: z.number().int().min(0).nullable().default(null),
  }),
  rates: Rates,
});

const Linked = z.object({ prev: z.string().length(64) });
const End = z.object({
  type: z.literal("end"),
  seq: z.number().int().min(1),
  board: z.string().length(64),
});

/**
 * The lines of a ledger, each ending in a line feed.
 *
 * @param packs The ledger's entries in order.
 * @param least How many there must be at least.
 * @throws {Error} If there are fewer, as while a session is written anew: half
 * a ledger must not look like a whole one.
 */
export async function* ledgerLines(
  info: SessionInfo,
  packs: AsyncIterable<Entry[]>,
  least: number,
): AsyncIterable<string> {
  const session = emptySession();
  let prev = "";
  const link = (line: Record<string, unknown>) => {
    const text = onOneLine(JSON.stringify(prev ? { ...line, prev } : line));
    prev = sha256(text);
    return text + "\n";
  };
  for await (const entries of packs) {
    let text = "";
    for (const entry of entries) {
      evolve(session, entry);
      if (entry.type === "started") {
        const { id, title, channel, rehearsal, startedAt, endedAt } = info;
        text += link({
          format: FORMAT,
          session: { id, title, channel, rehearsal, startedAt, endedAt },
          rates: entry.rates,
        });
      }
      text += link(entry);
    }
    yield text;
  }
  if (session.seq < least) {
    throw new Error(
      `Cannot export "${info.id}": ${least} entries were there, ${session.seq} came`,
    );
  }
  const board = await boardHash(session);
  yield link({ type: "end", seq: session.seq, board });
}

/** What an export tells, checked line by line. */
export interface Imported {
  info: SessionInfo;
  session: Session;
}

/**
 * Reads the lines of an export, handing on entries as they are checked.
 *
 * @param take Called with each entry in order.
 * @throws {ImportError} With the line and what is wrong with it.
 */
export async function readLedgerLines(
  lines: AsyncIterable<string>,
  take: (entry: Entry) => void | Promise<void>,
): Promise<Imported> {
  const session = emptySession();
  let info: SessionInfo | null = null;
  let ended = false;
  let prev = "";
  let number = 0;
  for await (const raw of lines) {
    const line = raw.replace(/\r$/, "");
    if (line.trim() === "") continue;
    number++;
    const wrong = (why: string): never => {
      throw new ImportError(`Cannot import: line ${number}: ${why}`);
    };
    if (ended) wrong("there is more after the end");
    const value = parse(line) ?? wrong("this is not JSON");
    if (!info) {
      const header = Header.safeParse(value);
      if (!header.success) {
        wrong(`this is no header: ${problems(header.error)}`);
      } else info = { ...header.data.session, deletedAt: null };
    } else {
      const link = Linked.safeParse(value);
      if (!link.success || link.data.prev !== prev) {
        wrong(
          "it does not follow from the line before (a changed or lost line)",
        );
      }
      const end = End.safeParse(value);
      if (end.success) {
        ended = true;
        if (end.data.seq !== session.seq) {
          wrong(`${end.data.seq} entries are announced, ${session.seq} came`);
        }
        if (end.data.board !== await boardHash(session)) {
          wrong("the entries do not give this board");
        }
      } else await takeEntry(value, session, take, wrong);
    }
    prev = sha256(line);
  }
  if (!info) throw new ImportError("Cannot import: the file is empty");
  if (!ended) {
    throw new ImportError(
      `Cannot import: the file stops after line ${number}, without its end`,
    );
  }
  return { info, session };
}

async function takeEntry(
  value: unknown,
  session: Session,
  take: (entry: Entry) => void | Promise<void>,
  wrong: (why: string) => never,
) {
  const entry = Entry.safeParse(value);
  if (!entry.success) return wrong(problems(entry.error));
  try {
    evolve(session, entry.data);
  } catch (error) {
    if (error instanceof RangeError) wrong(error.message);
    throw error;
  }
  await take(entry.data);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function problems(error: z.ZodError): string {
  return error.issues.slice(0, 3)
    .map((issue) => `${issue.path.join(".")}: ${issue.message}`)
    .join("; ");
}

/** Some programs take these for the end of a line; JSON does not. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

function onOneLine(json: string): string {
  return json.replace(
    LINE_ENDS,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
