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
import {
  account,
  type Accounts,
  closingLine,
  type Ending,
  type ReceiptsFile,
  receiptsFile,
} from "@/core/certificate.ts";
import { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { Rates } from "@/core/shapes/rates.ts";
import { Earlier } from "@/core/shapes/views.ts";
import { evolve } from "@/core/evolve.ts";
import { emptySession } from "@/core/session.ts";
import type { Session } from "@/core/session.ts";
import { ImportError } from "@/core/desk.ts";
import { turn } from "../clock.ts";

/** Name and version of the format. */
export const FORMAT = "tiktok-live-support/1";
/** The same where facts of rounds, teams, goals or boosts occur. */
export const FORMAT_2 = "tiktok-live-support/2";
const FORMATS = [FORMAT, FORMAT_2] as const;

/** Whether a format's lines are a ledger that this program reads. */
export function isLedger(format: string): boolean {
  return (FORMATS as readonly string[]).includes(format);
}

/** Before this there was no LIVE to record; Unix ms. */
const EARLIEST = Date.UTC(2000, 0, 1);
/** A day: how far clocks may be apart, and the longest countdown, in ms. */
const DAY_MS = 86_400_000;
/** Empty lines that editors may leave in a file. */
const MOST_EMPTY = 1_000;
/** Lines checked without a pause: some 10 ms of work. */
const LINES_AT_A_TIME = 200;

/** The first line of an export. */
const Header = z.object({
  format: z.enum(FORMATS, {
    error: ({ input }) =>
      `"${input}" is none of ${
        FORMATS.join(" and ")
      }: a newer program may read it`,
  }),
  session: z.object({
    id: z.string().min(1).max(64),
    title: z.string().max(200),
    channel: z.string().max(64),
    rehearsal: z.boolean().default(false),
    startedAt: z.number().int().min(0),
    endedAt: z.number().int().min(0).nullable().default(null),
    earlier: Earlier.optional(),
  }),
  rates: Rates,
});

const Linked = z.object({ prev: z.string().length(64) });
const End = z.object({
  type: z.literal("end"),
  seq: z.number().int().min(1),
  board: z.string().length(64),
  /** The rest is there since exports prove receipts, too. */
  hash: z.string().optional(),
});

/** What is known of a ledger before it is read. */
interface AboutLedger {
  /** How many entries there must be at least. */
  least: number;
  /** Whether facts of rounds or draws are among them. */
  hasRounds: boolean;
}

/**
 * The lines of a ledger, each ending in a line feed.
 *
 * @param packs The ledger's entries in order.
 * @throws {Error} If there are fewer, as while a session is written anew: half
 * a ledger must not look like a whole one.
 */
export async function* ledgerLines(
  info: SessionInfo,
  packs: AsyncIterable<Entry[]>,
  about: AboutLedger,
): AsyncIterable<string> {
  const { session, ending } = yield* entryLines(info, packs, about);
  yield await closingText(session, await ending()) + "\n";
}

/** The closing hash of the ledger whose lines would be the ones above. */
export async function closingHashOf(
  info: SessionInfo,
  packs: AsyncIterable<Entry[]>,
  about: AboutLedger,
): Promise<string> {
  const { session, ending } = await endOf(entryLines(info, packs, about));
  return (await inTurns(closingLine(session, await ending(), sha256))).hash;
}

/**
 * A viewer's receipts, with the proof that they belong to the ledger whose
 * lines would be the ones above; null where it does not know the viewer.
 */
export async function receiptsFrom(
  viewerId: string,
  info: SessionInfo,
  packs: AsyncIterable<Entry[]>,
  about: AboutLedger,
): Promise<ReceiptsFile | null> {
  const { session, ending } = await endOf(entryLines(info, packs, about));
  const file = { ...await ending(), viewerId };
  return await inTurns(receiptsFile(session, file, sha256));
}

/** What comes after the last of something. */
async function endOf<T>(making: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = await making.next();
    if (done) return value;
  }
}

/** The header and the entries; at the end, what the last line is made of. */
async function* entryLines(
  info: SessionInfo,
  packs: AsyncIterable<Entry[]>,
  { least, hasRounds }: AboutLedger,
): AsyncGenerator<
  string,
  { session: Session; ending(): Promise<Ending> }
> {
  const session = emptySession();
  const accounts: Accounts = new Map();
  let before = "";
  let prev = "";
  const link = (line: Record<string, unknown>) => {
    const text = onOneLine(JSON.stringify(prev ? { ...line, prev } : line));
    before = prev;
    prev = sha256(text);
    return text + "\n";
  };
  for await (const entries of packs) {
    let text = "";
    for (const entry of entries) {
      evolve(session, entry);
      if (entry.type === "started") {
        const { id, title, channel, rehearsal, startedAt, endedAt } = info;
        const { earlier } = info;
        text += link({
          format: hasRounds ? FORMAT_2 : FORMAT,
          session: {
            ...{ id, title, channel, rehearsal, startedAt, endedAt },
            ...(earlier && { earlier }),
          },
          rates: entry.rates,
        });
      }
      text += link(entry);
      account(accounts, session, entry);
    }
    yield text;
  }
  if (session.seq < least) {
    throw new Error(
      `Cannot export "${info.id}": ${least} entries were there, ${session.seq} came`,
    );
  }
  return {
    session,
    ending: async () => ({
      ...{ accounts, before, prev, board: await boardHash(session) },
    }),
  };
}

/** Lets others have their turn while something long is made. */
async function inTurns<T>(making: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
    await turn();
  }
}

/** What an export tells, checked line by line. */
interface Imported {
  info: SessionInfo;
  session: Session;
}

/**
 * Reads the lines of an export, handing on entries as they are checked. What
 * this program guarantees of its own ledgers must hold for them, too. Others
 * have their turn meanwhile.
 *
 * @param take Called with each entry in order.
 * @param now Unix ms.
 * @throws {ImportError} With the line and what is wrong with it.
 */
export async function readLedgerLines(
  lines: AsyncIterable<string>,
  take: (entry: Entry) => void | Promise<void>,
  now: number,
): Promise<Imported> {
  const session = emptySession();
  const accounts: Accounts = new Map();
  let info: SessionInfo | null = null;
  let ended = false;
  let before = "";
  let prev = "";
  let number = 0;
  let empty = 0;
  for await (const raw of lines) {
    number++;
    if (number % LINES_AT_A_TIME === 0) await turn();
    const wrong = (why: string): never => {
      throw new ImportError(`Cannot import: line ${number}: ${why}`);
    };
    const line = raw.replace(/\r$/, "");
    if (line.trim() === "") {
      if (++empty > MOST_EMPTY) wrong("no ledger has so many empty lines");
      continue;
    }
    if (ended) wrong("there is more after the end");
    const value = parse(line) ?? wrong("this is not JSON");
    if (!info) {
      info = headerOf(value, now, wrong);
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
        const board = await boardHash(session);
        if (end.data.board !== board) {
          wrong("the entries do not give this board");
        }
        const ending = { accounts, board, before, prev };
        if (
          end.data.hash !== undefined &&
          line !== await closingText(session, ending)
        ) wrong("the entries do not give these receipts");
      } else {
        const entry = entryOf(value, wrong);
        const why = whyNoNext(entry, session, info, now);
        if (why) wrong(why);
        apply(entry, session, wrong);
        account(accounts, session, entry);
        await take(entry);
      }
    }
    before = prev;
    prev = sha256(line);
  }
  if (!info) throw new ImportError("Cannot import: the file is empty");
  if (!ended) {
    throw new ImportError(
      `Cannot import: the file stops after line ${number}, without its end`,
    );
  }
  info.rehearsal ||= session.rehearsal;
  return { info, session };
}

async function closingText(session: Session, ending: Ending): Promise<string> {
  const end = await inTurns(closingLine(session, ending, sha256));
  return onOneLine(JSON.stringify(end));
}

type Wrong = (why: string) => never;

function headerOf(value: unknown, now: number, wrong: Wrong): SessionInfo {
  const header = Header.safeParse(value);
  if (!header.success) {
    return wrong(`this is no header: ${problems(header.error)}`);
  }
  const why = whyNoTime(header.data.session.startedAt, now);
  if (why) wrong(why);
  return { ...header.data.session, deletedAt: null };
}

function entryOf(value: unknown, wrong: Wrong): Entry {
  const entry = Entry.safeParse(value);
  return entry.success ? entry.data : wrong(problems(entry.error));
}

function apply(entry: Entry, session: Session, wrong: Wrong) {
  try {
    evolve(session, entry);
  } catch (error) {
    if (error instanceof RangeError) wrong(error.message);
    throw error;
  }
}

/** What no ledger of this program would have next, in words; null if it may. */
function whyNoNext(
  entry: Entry,
  session: Session,
  { startedAt }: SessionInfo,
  now: number,
): string | null {
  if ((entry.type === "started") !== (session.seq === 0)) {
    return session.seq === 0
      ? "a ledger begins with the start of its game"
      : "a ledger starts once";
  }
  if (session.seq === 0 && Math.abs(entry.at - startedAt) > DAY_MS) {
    return whyNoTime(entry.at, now) ??
      "it begins at another time than the header says";
  }
  if (entry.at < session.at) {
    return "its time is before that of the line before";
  }
  if ("viewer" in entry && entry.viewer && entry.viewer.id !== entry.viewerId) {
    return "the details in it are another viewer's";
  }
  if (entry.type === "closing" && entry.closesAt - entry.at > DAY_MS) {
    return "its countdown is longer than a day";
  }
  return whyNoTime(entry.at, now);
}

function whyNoTime(at: number, now: number): string | null {
  if (at < EARLIEST) return "it is from before the year 2000";
  return at > now + DAY_MS ? "it is from a time to come" : null;
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
