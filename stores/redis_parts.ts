/**
 * A batch as the keys and arguments of the scripts that write it. Only
 * encoding, apart from the ledger that sends it.
 *
 * @module
 */
import { searchedName } from "../core/names.ts";
import type { Batch, CommentRow, Standing } from "../core/ports.ts";
import {
  answerKey,
  boardKey,
  commentsKey,
  headKey,
  ledgerKey,
  namesKey,
  scoreOf,
  sessionKey,
  SESSIONS_KEY,
  snapshotKey,
  talliesKey,
  toDetails,
  TOKEN_KEY,
  toTally,
  viewersKey,
} from "./redis_keys.ts";

/** How long an answer is kept, in seconds: twice the promised day. */
export const ANSWER_KEPT_S = 2 * 24 * 60 * 60;
/** Most entries of one transaction, which is one item of the stream. */
export const PART_ENTRIES = 2_000;
/** Viewers, and viewers with comments, of one step of writing a board anew. */
const ANEW_VIEWERS = 5_000;
const ANEW_COMMENTERS = 1_000;

/** What a script is called with. */
export interface Call {
  keys: string[];
  args: string[];
}

/** What every part of a batch is written with. */
export interface Terms {
  /** The owner's token; an older one is refused. */
  token: number;
  /** Seconds to keep what is written. */
  ttl: number;
  /** Whether the other keys are to be kept so long from now on, too. */
  renew: boolean;
}

/** The part of a batch that follows a seq, and the seq it ends at. */
export function partAfter(
  batch: Batch,
  from: number,
  { token, ttl, renew }: Terms,
): Call & { last: number } {
  const { sessionId: id, after, entries } = batch;
  const some = entries.slice(from - after, from - after + PART_ENTRIES);
  const last = from + some.length;
  const isLast = last === after + entries.length;
  const belongs = ({ seq }: { seq: number }) =>
    (seq > from || from === after) && (seq <= last || isLast);
  const comments = byViewer(
    batch.comments.filter(belongs).map(({ row }) => row),
  );
  const answers = batch.answers.filter(belongs);
  const standings = isLast && !batch.anew ? batch.standings ?? [] : [];
  const mode = !isLast ? "0" : batch.anew ? "2" : batch.standings ? "1" : "0";
  const info = from === after ? batch.info : undefined;
  const keys = [TOKEN_KEY, headKey(id), ledgerKey(id), boardKey(id)];
  keys.push(viewersKey(id), namesKey(id), talliesKey(id));
  keys.push(sessionKey(id), SESSIONS_KEY);
  for (const viewerId of comments.keys()) keys.push(commentsKey(id, viewerId));
  for (const { answer } of answers) keys.push(answerKey(answer.key));

  const args = [String(token), String(from), String(last), String(ttl), mode];
  args.push(batch.writer, String(after), String(entries.length));
  if (some.length > 0) args.push(JSON.stringify(some));
  putStandings(args, standings);
  args.push(String(comments.size));
  for (const rows of comments.values()) many(args, commentFields(rows));
  args.push(String(ANSWER_KEPT_S), String(answers.length));
  for (const { answer } of answers) args.push(JSON.stringify(answer));
  if (info) args.push(JSON.stringify(info), String(info.startedAt), info.id);
  else args.push("");
  args.push(renew || from === 0 ? "1" : "0");
  return { keys, args, last };
}

/** The steps that lay a whole board ready, before the batch puts it in place. */
export function* anewSteps(
  id: string,
  { standings, comments }: NonNullable<Batch["anew"]>,
  { token, ttl }: Terms,
): Generator<Call> {
  const keys = [TOKEN_KEY, boardKey(id)];
  keys.push(viewersKey(id), namesKey(id), talliesKey(id));
  const call = (first: boolean): Call => ({
    keys: [...keys],
    args: [String(token), String(ttl), first ? "1" : "0"],
  });
  for (let at = 0; at === 0 || at < standings.length; at += ANEW_VIEWERS) {
    const step = call(at === 0);
    const { scores, details, names, tallies } = fieldsOf(
      standings.slice(at, at + ANEW_VIEWERS),
    );
    for (const fields of [scores, details, names, tallies]) {
      many(step.args, fields);
    }
    yield step;
  }
  const commenters = [...byViewer(comments)];
  for (let at = 0; at < commenters.length; at += ANEW_COMMENTERS) {
    const step = call(false);
    step.args.push("0", "0", "0", "0");
    for (const [viewerId, rows] of commenters.slice(at, at + ANEW_COMMENTERS)) {
      step.keys.push(commentsKey(id, viewerId));
      many(step.args, commentFields(rows));
    }
    yield step;
  }
}

/** The keys of a session that are few. */
export function sessionKeys(id: string): string[] {
  return [
    headKey(id),
    ledgerKey(id),
    boardKey(id),
    viewersKey(id),
    namesKey(id),
    talliesKey(id),
    sessionKey(id),
    snapshotKey(id),
  ];
}

function putStandings(args: string[], standings: Standing[]) {
  const { scores, details, names, tallies } = fieldsOf(standings);
  many(args, scores);
  many(args, standings.filter((each) => !each.onBoard).map(({ id }) => id));
  many(args, details);
  many(args, names);
  many(args, tallies);
}

function fieldsOf(standings: Standing[]) {
  const scores: string[] = [];
  const details: string[] = [];
  const names: string[] = [];
  const tallies: string[] = [];
  for (const standing of standings) {
    const { id, points, reached, onBoard, viewer } = standing;
    if (onBoard) scores.push(String(scoreOf(points, reached)), id);
    if (viewer) {
      details.push(id, toDetails(viewer));
      names.push(id, searchedName(viewer));
    }
    tallies.push(id, toTally(standing));
  }
  return { scores, details, names, tallies };
}

function commentFields(rows: CommentRow[]): string[] {
  return rows.flatMap((row) => [row.id, JSON.stringify(row)]);
}

function byViewer(rows: CommentRow[]): Map<string, CommentRow[]> {
  const found = new Map<string, CommentRow[]>();
  for (const row of rows) {
    const some = found.get(row.viewerId);
    if (some) some.push(row);
    else found.set(row.viewerId, [row]);
  }
  return found;
}

/** Puts a count and so many arguments. */
function many(args: string[], values: string[]) {
  args.push(String(values.length));
  for (const value of values) args.push(value);
}
