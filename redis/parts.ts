/**
 * A batch as the keys and arguments of the scripts that write it. Only
 * encoding, apart from the ledger that sends it. Many values go as one argument,
 * a JSON array: with one argument each, client and server spent longer on the
 * arguments than on the values.
 *
 * @module
 */
import type { Entry } from "@/core/shapes/entries.ts";
import { searchedName } from "@/core/names.ts";
import type { Batch, CommentRow, Standing } from "@/core/ports.ts";
import { joined, type Pack, packsOf, toJson } from "@/stores/kv_pack.ts";
import {
  answerKey,
  boardKey,
  commentsKey,
  headKey,
  isCrowded,
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
} from "./keys.ts";

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
  args: (string | Uint8Array)[];
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

/**
 * The entries of a batch as the archive holds them too, cut where its parts
 * end.
 */
export function packsOfParts(entries: Entry[]): Pack[] {
  const packs: Pack[] = [];
  for (let at = 0; at < entries.length; at += PART_ENTRIES) {
    packs.push(...packsOf(entries.slice(at, at + PART_ENTRIES)));
  }
  return packs;
}

/**
 * The part of a batch that follows a seq, and the seq it ends at.
 *
 * @param packs All of the batch, as `packsOfParts` gives them.
 */
export function partAfter(
  batch: Batch,
  packs: Pack[],
  from: number,
  { token, ttl, renew }: Terms,
): Call & { last: number } {
  const { sessionId: id, after, entries } = batch;
  const end = after + entries.length;
  const last = Math.min(from + PART_ENTRIES, end);
  const some = packs.filter((pack) => pack.first > from && pack.last <= last);
  const isLast = last === end;
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

  const args: Call["args"] = [String(token), String(from), String(last)];
  args.push(String(ttl), mode);
  args.push(batch.writer, String(after), String(entries.length));
  if (some.length > 0) args.push(joined(some).bytes);
  const { scores, gone, details, names, tallies, crowded } = fieldsOf(
    standings,
  );
  args.push(toJson([scores, gone, details, names, tallies, crowded]));
  args.push(toJson(Array.from(comments.values(), commentFields)));
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
  const terms = [String(token), String(ttl)];
  const inOrder = crowdedLast(standings);
  for (let at = 0; at === 0 || at < inOrder.length; at += ANEW_VIEWERS) {
    const { scores, details, names, tallies, crowded } = fieldsOf(
      inOrder.slice(at, at + ANEW_VIEWERS),
    );
    const lists = toJson([scores, details, names, tallies, crowded]);
    yield { keys, args: [...terms, at === 0 ? "1" : "0", lists, "[]"] };
  }
  const commenters = [...byViewer(comments)];
  for (let at = 0; at < commenters.length; at += ANEW_COMMENTERS) {
    const some = commenters.slice(at, at + ANEW_COMMENTERS);
    const fields = toJson(some.map(([, rows]) => commentFields(rows)));
    yield {
      keys: [...keys, ...some.map(([viewer]) => commentsKey(id, viewer))],
      args: [...terms, "0", "[[],[],[],[],[]]", fields],
    };
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

/** All of them, the crowded ones at the end and by seq, over all steps. */
function crowdedLast(standings: Standing[]): Standing[] {
  const isLast = ({ points, reached }: Standing) => isCrowded(points, reached);
  return [
    ...standings.filter((standing) => !isLast(standing)),
    ...standings.filter(isLast).sort((a, b) => a.reached - b.reached),
  ];
}

/** Names with their values, as the scripts set them. */
function fieldsOf(standings: Standing[]) {
  const scores: string[] = [];
  const gone: string[] = [];
  const details: string[] = [];
  const names: string[] = [];
  const tallies: string[] = [];
  const crowded: Standing[] = [];
  for (const standing of standings) {
    const { points, reached, onBoard, viewer } = standing;
    const id = standing.id.toWellFormed();
    if (!onBoard) gone.push(id);
    else if (isCrowded(points, reached)) crowded.push(standing);
    else scores.push(String(scoreOf(points, reached)), id);
    if (viewer) {
      details.push(id, toDetails(viewer));
      names.push(id, searchedName(viewer).toWellFormed());
    }
    tallies.push(id, toTally(standing));
  }
  return {
    ...{ scores, gone, details, names, tallies },
    crowded: crowded.sort((a, b) => a.reached - b.reached).flatMap(
      ({ points, reached, id }) => [
        String(points),
        String(reached),
        id.toWellFormed(),
      ],
    ),
  };
}

function commentFields(rows: CommentRow[]): string[] {
  return rows.flatMap((row) => [row.id.toWellFormed(), JSON.stringify(row)]);
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
