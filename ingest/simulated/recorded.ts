/**
 * A recording, played again at any speed: TikTok's own messages as they were
 * caught (`{ at, room, method, msgId, payload }`, one a line, the payload in
 * base64), or a ledger that this program exported. The file is read line by
 * line while it plays, so it may be of any length.
 *
 * Events keep their ids and their own times. The ends of recorded LIVEs do not
 * end the play, because one file may hold many; its own end does.
 *
 * @module
 */
import { open } from "node:fs/promises";
import { deserializeMessage, SchemaDecodeError } from "tiktok-live-connector";
import { z } from "zod";
import type { Clock } from "@/core/clock.ts";
import type { Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import type { Intake } from "../tiktok/intake.ts";
import { isLedger } from "../past/ledger_lines.ts";
import { openPlayed, type PlayedOptions, type Player } from "./played.ts";
import { createLedgerReader } from "./recorded_ledger.ts";

/** Which recording, and how fast. */
export interface RecordedOptions extends PlayedOptions {
  /** A JSONL file. */
  path: string;
  /** 1 to 100 times as fast as it was; Infinity is all at once. */
  speed?: number;
  /** Only what was said in this room, by TikTok's id; ledgers have one room. */
  room?: string;
}

/** A recording's silence is cut to this, at speed 1: rooms may lie days apart. */
const LONGEST_PAUSE_MS = 5_000;
/** What is due together is handed on together, at most so many at a time. */
const LARGEST_BATCH = 500;
/** No line of a recording is longer; what is, is not one. */
const LONGEST_LINE = 1_000_000;

const Line = z.object({
  at: z.number().min(0).max(8.64e15),
  room: z.string().optional(),
  method: z.string(),
  payload: z.base64(),
});
const Header = z.object({ format: z.string() });

/**
 * Opens a recording; it starts at once.
 *
 * @throws {RangeError} If the speed is not from 1 to 100, or Infinity.
 */
export function openRecorded(options: RecordedOptions): Source {
  const { path, speed = 1, room } = options;
  if (!(speed >= 1 && (speed <= 100 || speed === Infinity))) {
    throw new RangeError(
      `Cannot play a recording: speed must be 1 to 100 or Infinity, got ${speed}`,
    );
  }
  return openPlayed(
    options,
    room ?? "recorded",
    (stage) =>
      play(stage, speed, readRecording(path, stage.intake, stage.clock, room)),
  );
}

/** What one line says, and Unix ms of when it came in. */
interface Recorded {
  at: number;
  events: Incoming[];
}

async function play(
  { clock, closed, pass }: Player,
  speed: number,
  recording: AsyncIterable<Recorded>,
): Promise<void> {
  let before: number | null = null;
  let dueAt = clock.elapsed();
  let batch: Incoming[] = [];
  for await (const { at, events } of recording) {
    if (closed.aborted) return;
    const pause = Math.min(Math.max(0, at - (before ?? at)), LONGEST_PAUSE_MS);
    before = Math.max(before ?? at, at);
    dueAt += pause / speed;
    if (dueAt > clock.elapsed() || batch.length >= LARGEST_BATCH) {
      pass(batch);
      batch = [];
      await clock.after(Math.max(0, dueAt - clock.elapsed()), closed);
    }
    batch.push(...events);
  }
  pass(batch);
}

/** A reader of one kind of line; null for what it cannot read. */
export type LineReader = (line: unknown) => Recorded | null;

async function* readRecording(
  path: string,
  intake: Intake,
  clock: Pick<Clock, "wall">,
  room: string | undefined,
): AsyncGenerator<Recorded> {
  const file = await open(path).catch((error) => {
    throw new Error(`Cannot read the recording: ${error.message}`);
  });
  try {
    let read: LineReader | null = null;
    for await (const text of file.readLines()) {
      if (text.trim() === "") continue;
      const line = parsed(text);
      if (read === null) {
        read = readerFor(line, intake, clock, room);
        if (Header.safeParse(line).success) continue;
      }
      const recorded = read(line);
      if (recorded) yield recorded;
      else intake.counts.undecodable += 1;
    }
  } finally {
    await file.close();
  }
}

// A ledger says what it is in its first line; TikTok's messages do not.
function readerFor(
  line: unknown,
  intake: Intake,
  clock: Pick<Clock, "wall">,
  room: string | undefined,
): LineReader {
  const header = Header.safeParse(line);
  if (!header.success) return messageReader(intake, clock, room);
  if (isLedger(header.data.format)) {
    return createLedgerReader();
  }
  throw new Error(
    `Cannot read the recording: its format is "${header.data.format}"`,
  );
}

function messageReader(
  intake: Intake,
  clock: Pick<Clock, "wall">,
  room: string | undefined,
): LineReader {
  return (line) => {
    const caught = Line.safeParse(line);
    if (!caught.success) return null;
    const { at, method, payload } = caught.data;
    if (room !== undefined && caught.data.room !== room) {
      return { at, events: [] };
    }
    const data = decoded(method, payload);
    if (data === null) return null;
    const events = intake.read([{ method, data }], clock.wall())
      .filter(({ type }) => type !== "ended");
    return { at, events };
  };
}

type Schema = Parameters<typeof deserializeMessage>[0];

/** Undefined for a kind that the schema does not know, null for broken bytes. */
function decoded(method: string, payload: string): unknown {
  try {
    const bytes = Buffer.from(payload, "base64");
    return deserializeMessage(method as Schema, bytes);
  } catch (error) {
    return error instanceof SchemaDecodeError ? null : undefined;
  }
}

function parsed(text: string): unknown {
  if (text.length > LONGEST_LINE) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null; // counted as a line that cannot be read
  }
}
