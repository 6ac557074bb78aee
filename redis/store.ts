/**
 * The store with Redis: ledger and board live there, in one transaction a
 * batch, and Deno KV is the archive beside it.
 *
 * **Which log is the truth, and when**
 *
 * 1. *Redis is there.* A batch is durable when Redis has it; the stream is the
 *    truth and the archive its copy, less than 100 ms behind. Each commit of
 *    the archive says up to which item it copies the stream (`streamed`).
 * 2. *Redis is away* (gone, silent for two seconds, read-only, full). The
 *    archive first takes all that Redis had acknowledged and that still waited,
 *    then the batch whose fate is not known, then every later one. From its
 *    first commit without Redis the archive is the truth: whatever Redis holds
 *    of this session is a beginning of it, because what may have arrived there
 *    is in the archive as well, entry for entry. The session counts as
 *    `behind`, which the archive shows by ending above `streamed`.
 * 3. *Redis is back.* While a session is behind, batches go to the archive
 *    first. What the stream lacks is then copied from it, with the owner's
 *    token; only when both end at the same entry, and the entries there are the
 *    same, is the stream the truth again (1). The board is written anew as a
 *    whole, because Redis may have come back older than it went, or empty.
 * 4. *Somebody else led meanwhile.* Its token is higher, so copying is refused
 *    and the process stands by. When it opens the session again it finds other
 *    entries in the stream than in its archive. The stream is the truth, for it
 *    was written by who led last; the archive's own version is kept as a
 *    session of its own before it is replaced (`reconcile`), so nothing that
 *    was ever acknowledged is thrown away.
 * 5. *At the start* the two are compared before a session is opened. If Redis
 *    cannot be asked, only the process that led last goes on, in its archive;
 *    or one begins alone that has met no other (`beginsAlone`). That one writes
 *    nothing to Redis before it holds a token: then its sessions are brought
 *    there (3), or, where another leads, stay in the archive beside the others.
 *
 * Small documents, the list of sessions and answers to commands are written to
 * both and read from Redis first.
 *
 * @module
 */
import { boardLine, hashOfLines } from "@/core/board.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import {
  type Answer,
  type Batch,
  type CommentRow,
  type Live,
  LogConflictError,
  type SessionInfo,
  type Snapshot,
  type Store,
} from "@/core/ports.ts";
import { createInOrder } from "@/core/in_order.ts";
import { createListeners } from "@/core/listeners.ts";
import { whyOf } from "@/core/why.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { byFirst, checkOrder, newestFirst } from "@/stores/order.ts";
import { createArchiver } from "./archiver.ts";
import { redisDocuments } from "./documents.ts";
import {
  answerKey,
  boardKey,
  commentsKey,
  namesKey,
  pointsOf,
  sessionKey,
  SESSIONS_KEY,
  snapshotKey,
  talliesKey,
  TOKEN_KEY,
  viewersKey,
} from "./keys.ts";
import { redisLease } from "./lease.ts";
import { redisLedger } from "./ledger.ts";
import { openRedisLink, RedisAwayError, type RedisLink } from "./link.ts";
import { ANSWER_KEPT_S, PART_ENTRIES, sessionKeys } from "./parts.ts";
import { redisPurges } from "./purges.ts";
import { redisRooms } from "./rooms.ts";
import { KEEP, SET_FENCED } from "./scripts.ts";

/** How often what runs is given its time anew, in ms. */
const KEEP_MS = 6 * 60 * 60 * 1_000;
/** How long the start waits for Redis, in ms. */
const START_MS = 2_000;
/** How long Redis is left alone after it took something amiss, in ms. */
const AGAIN_MS = 1_000;
/**
 * A larger snapshot stays in the archive: Redis would do nothing else while it
 * takes it, and whoever stands by plays along and does not need it.
 */
const SNAPSHOT_BYTES = 8_000_000;
/** Places of the board read at a time, and keys in one call. */
const PAGE = 10_000;
const KEYS_AT_A_TIME = 1_000;

/** What a store with Redis needs. */
interface RedisStoreOptions {
  /** `redis://` or `rediss://` with user, password and database. */
  url: string;
  /** The archive, which the store closes with itself. */
  archive: KvStore;
  /** How long what belongs to a session is kept after its last entry. */
  keepDays?: number;
  /** Of this process, unlike any other's. */
  name?: string;
  /**
   * Whether it may begin while Redis cannot be reached, in an archive that has
   * never met a process that leads.
   */
  beginsAlone?: boolean;
}

/** A store that others can read along with. */
export type RedisStore = Store & { live: Live; link: RedisLink };

/** Opens it; resolves when Redis is there, or after two seconds without it. */
export async function openRedisStore(
  options: RedisStoreOptions,
): Promise<RedisStore> {
  const { archive, keepDays = 7, name = crypto.randomUUID() } = options;
  const { beginsAlone = false } = options;
  const keepSeconds = Math.round(keepDays * 24 * 60 * 60);
  const link = openRedisLink(options.url);
  /** Leads without ever having been given a token. */
  let alone = false;
  /** Nothing is written to Redis, and nothing believed of it, while alone. */
  const mayUse = () => link.isUp() && !alone;
  const ledger = redisLedger(link, keepSeconds);
  const archiver = createArchiver(archive, ledger, tell);
  const documents = redisDocuments({ ...link, isUp: mayUse }, archive);
  const purges = redisPurges(link, archive);
  const rooms = redisRooms(link, archive, () => token);
  const inOrder = createInOrder();
  const listeners = createListeners();
  /** Sessions of which the archive has more than Redis, or may have. */
  const behind = new Set<string>();
  /** Sessions whose board is to be written anew. */
  const whole = new Set<string>();
  /** Sessions deleted elsewhere that may have been written anew since. */
  const anew = new Set<string>();
  /** Sessions written here, which are kept as long as this process lives. */
  const running = new Set<string>();
  /** Lines of the list that Redis does not have yet. */
  const unsentLines = new Map<string, SessionInfo>();
  const unsentAnswers = new Map<string, Answer>();
  let token = 0;
  /** Why Redis did not take what it was given, though it is there. */
  let failing: string | null = null;
  let usableAt = -Infinity;
  let again: ReturnType<typeof setTimeout> | undefined;
  let wasUp = false;
  let background = Promise.resolve();

  function tell() {
    listeners.tell();
  }

  link.watch(() => {
    const isUp = link.isUp();
    // It may come back older than it went.
    if (wasUp && !isUp) { for (const id of running) behind.add(id); }
    if (isUp && !wasUp) beside(sendUnsent);
    wasUp = isUp;
    tell();
  });
  const keeping = setInterval(() => beside(keepRunning), KEEP_MS);
  Deno.unrefTimer(keeping);

  /** Does what nobody waits for, one thing after the other. */
  function beside(work: () => Promise<void>) {
    background = background.then(work).catch(reportAway);
  }

  async function append(batch: Batch): Promise<void> {
    const id = batch.sessionId;
    if (alone) behind.add(id);
    if (!behind.has(id)) {
      try {
        const packs = await ledger.append(batch, token);
        if (batch.anew) whole.delete(id);
        return await archiver.take(batch, packs);
      } catch (error) {
        if (error instanceof LogConflictError) throw error;
        behind.add(id);
        fail(error);
      }
    }
    await archiver.drained(id);
    await archive.append(batch);
    for (const { answer } of batch.answers) {
      unsentAnswers.set(answer.key, answer);
    }
    if (batch.info) unsentLines.set(id, batch.info);
    if (!isUsable()) return;
    try {
      await bringUp(id, batch.anew);
      failing = null;
      tell();
    } catch (error) {
      if (error instanceof LogConflictError) throw error;
      fail(error); // durable all the same
    }
  }

  /** Whether Redis is there and took what it was last given. */
  function isUsable(): boolean {
    return mayUse() && performance.now() >= usableAt;
  }

  /** Goes on without Redis for a moment. */
  function fail(error: unknown) {
    if (!(error instanceof RedisAwayError)) {
      failing = whyOf(error);
      usableAt = performance.now() + AGAIN_MS;
      clearTimeout(again);
      again = setTimeout(tell, AGAIN_MS);
    }
    tell();
  }

  /**
   * Gives Redis what only the archive has.
   *
   * @throws {LogConflictError} If somebody else leads.
   */
  async function bringUp(id: string, anew?: Batch["anew"]): Promise<void> {
    const end = await archive.head(id);
    const { seq: start } = await ledger.head(id);
    if (start > end || !await isSame(id, start)) throw otherWriter(id);
    let after = start;
    const rest = { sessionId: id, writer: "archive", comments: [] };
    for await (const entries of inParts(archive.read(id, start))) {
      await ledger.append({ ...rest, after, entries, answers: [] }, token);
      after += entries.length;
    }
    const info = await archive.session(id);
    await ledger.append({
      ...rest,
      after,
      entries: [],
      answers: [...unsentAnswers.values()].map((answer) => ({
        seq: after,
        answer,
      })),
      ...(info && { info }),
      ...(anew && { anew }),
    }, token);
    unsentAnswers.clear();
    unsentLines.delete(id);
    await archive.markStreamed(id, after);
    behind.delete(id);
    if (anew) whole.delete(id);
    else if (running.has(id)) whole.add(id);
    tell();
  }

  /** Whether stream and archive have the same entry there. */
  async function isSame(id: string, seq: number): Promise<boolean> {
    if (seq === 0) return true;
    const [ours, theirs] = await Promise.all([
      entryAt(archive.read(id, seq - 1)),
      ledger.entry(id, seq),
    ]);
    return JSON.stringify(ours) === JSON.stringify(theirs);
  }

  async function reconcile(id: string): Promise<string | null> {
    if (!mayUse()) return null;
    await archiver.drained(id);
    const { seq: there } = await ledger.head(id);
    let here = await archive.head(id);
    let said: string | null = null;
    if (!await isSame(id, Math.min(here, there))) {
      const kept = await setAside(id, here);
      said =
        `Another process went on with "${id}"; what only this machine had is kept as "${kept}"`;
      here = 0;
    }
    if (there > here) {
      await archiver.follow(id);
      const info = await line(id);
      if (info) await archive.putSession(info);
    }
    if (there < here) {
      behind.add(id);
      await bringUp(id);
    }
    return said;
  }

  /**
   * A step of a process that stands by. Whoever does is not the one who writes
   * this session, so nothing of its own is left to be brought to Redis.
   */
  async function follow(id: string): Promise<"level" | "more" | "apart"> {
    running.delete(id);
    behind.delete(id);
    const there = (await ledger.head(id)).seq;
    const here = await archive.head(id);
    if (here > there || !await isSame(id, here)) return "apart";
    if (here === there) return "level";
    return await archiver.step(id) < there ? "more" : "level";
  }

  /** Deletes here what another process has deleted, and copies it anew. */
  async function clear() {
    const cleared: string[] = [];
    for (const { id, number } of await purges.due()) {
      await inOrder(id, async () => {
        await archiver.drained(id);
        await archive.purgeSession(id);
      });
      await purges.followed(number);
      cleared.push(id);
      anew.add(id);
    }
    for (const id of anew) {
      if (await inOrder(id, () => copyAnew(id)) === "more") {
        return { cleared, more: true };
      }
    }
    return { cleared, more: false };
  }

  /** A part of what was written anew; its line is written last. */
  async function copyAnew(id: string): Promise<"later" | "more" | "done"> {
    const info = await line(id);
    if (!info) return "later";
    const { seq } = await ledger.head(id);
    if (await archiver.step(id) < seq) return "more";
    await archive.putSession(info);
    anew.delete(id);
    return "done";
  }

  /** Keeps the archive's version as a session of its own, and makes room. */
  async function setAside(id: string, head: number): Promise<string> {
    const kept = `${id}-apart-${head}`;
    const rest = { sessionId: kept, writer: name, comments: [], answers: [] };
    let after = await archive.head(kept);
    for await (const entries of archive.read(id, after)) {
      await archive.append({ ...rest, after, entries });
      after += entries.length;
    }
    const info = await archive.session(id);
    if (info) {
      const title = `${info.title} (apart)`.trim();
      await archive.putSession({ ...info, id: kept, title });
    }
    await archive.purgeSession(id);
    return kept;
  }

  async function verify(id: string, seq: number, hash: string) {
    running.add(id);
    try {
      const head = await ledger.head(id);
      const fits = head.seq === seq && head.board === seq &&
        await hasAllNames(id) && await hashOfBoard(id) === hash;
      if (fits) whole.delete(id);
      else whole.add(id);
    } catch (error) {
      reportAway(error);
      behind.add(id);
    }
    tell();
    return !whole.has(id) && !behind.has(id);
  }

  /** Whether everybody in it can be found by name. */
  async function hasAllNames(id: string): Promise<boolean> {
    const [viewers, names] = await Promise.all(
      [viewersKey(id), namesKey(id)].map((key) => link.call("HLEN", key)),
    );
    return viewers === names;
  }

  async function hashOfBoard(id: string): Promise<string> {
    const lines: string[] = [];
    for (let from = 0;; from += PAGE) {
      const flat = await link.call(
        ...["ZRANGE", boardKey(id), String(from), String(from + PAGE - 1)],
        ...["REV", "WITHSCORES"],
      ) as string[];
      for (let at = 0; at < flat.length; at += 2) {
        lines.push(boardLine(flat[at]!, pointsOf(Number(flat[at + 1]))));
      }
      if (flat.length < 2 * PAGE) return await hashOfLines(lines);
    }
  }

  /** What Redis has, or `otherwise` while it is away. */
  async function fromRedis<T>(
    ask: () => Promise<T>,
    otherwise: T,
  ): Promise<T> {
    if (!mayUse()) return otherwise;
    try {
      return await ask();
    } catch (error) {
      reportAway(error);
      return otherwise;
    }
  }

  async function line(id: string): Promise<SessionInfo | null> {
    const text = await fromRedis(
      () => link.call("GET", sessionKey(id)) as Promise<string | null>,
      null,
    );
    return text === null ? null : JSON.parse(text) as SessionInfo;
  }

  async function sendLine(info: SessionInfo): Promise<void> {
    const { id, startedAt } = info;
    const ttl = String(keepSeconds);
    await link.call("SET", sessionKey(id), JSON.stringify(info), "EX", ttl);
    await link.call("ZADD", SESSIONS_KEY, String(startedAt), id);
    unsentLines.delete(id);
  }

  /** Has a token now, or has met the process that leads. */
  function joinOthers(leads: boolean) {
    alone = false;
    if (leads) beside(sendUnsent);
    else {
      // What others lead counts; what was begun here stays in the archive.
      behind.clear();
      running.clear();
      unsentLines.clear();
      unsentAnswers.clear();
      beside(documents.drop);
    }
    tell();
  }

  async function sendUnsent(): Promise<void> {
    if (alone) return;
    await documents.send();
    await rooms.send();
    for (const info of [...unsentLines.values()]) await sendLine(info);
  }

  async function linesInRedis(): Promise<SessionInfo[]> {
    const ids = await link.call("ZRANGE", SESSIONS_KEY, "0", "-1") as string[];
    const found: SessionInfo[] = [];
    const gone: string[] = [];
    for (let at = 0; at < ids.length; at += KEYS_AT_A_TIME) {
      const some = ids.slice(at, at + KEYS_AT_A_TIME);
      const texts = await link.call("MGET", ...some.map(sessionKey)) as (
        | string
        | null
      )[];
      texts.forEach((text, i) => {
        if (text === null) gone.push(some[i]!);
        else found.push(JSON.parse(text) as SessionInfo);
      });
    }
    if (gone.length > 0) await link.call("ZREM", SESSIONS_KEY, ...gone);
    return found;
  }

  async function commentKeys(id: string): Promise<string[]> {
    const ids = await link.call("HKEYS", talliesKey(id)) as string[];
    return ids.map((viewerId) => commentsKey(id, viewerId));
  }

  /** The same where there is no board that names the viewers. */
  async function allCommentKeys(id: string): Promise<string[]> {
    const pattern = commentsKey(id.replace(/[\\*?[\]^-]/g, "\\$&"), "*");
    const found: string[] = [];
    for (let cursor = "0";;) {
      const count = String(KEYS_AT_A_TIME);
      const reply = await link.call(
        ...["SCAN", cursor, "MATCH", pattern, "COUNT", count],
      ) as [string, string[]];
      found.push(...reply[1]);
      cursor = reply[0];
      if (cursor === "0") return found;
    }
  }

  async function keepRunning(): Promise<void> {
    for (const id of running) {
      const keys = [...sessionKeys(id), ...await commentKeys(id)];
      for (let at = 0; at < keys.length; at += KEYS_AT_A_TIME) {
        const some = keys.slice(at, at + KEYS_AT_A_TIME);
        await link.run(KEEP, some, [String(keepSeconds)]);
      }
    }
  }

  async function snapshotInRedis(id: string): Promise<Snapshot | null> {
    const kept = await link.bytes(snapshotKey(id));
    const colon = kept?.indexOf(0x3a) ?? -1;
    if (!kept || colon < 0) return null;
    const seq = Number(new TextDecoder().decode(kept.subarray(0, colon)));
    return { seq, bytes: new Uint8Array(kept.subarray(colon + 1)) };
  }

  async function* read(id: string, after = 0): AsyncGenerator<Entry[]> {
    await archiver.drained(id);
    const isApart = !behind.has(id) && await fromRedis(async () => {
      const { seq } = await ledger.head(id);
      const here = await archive.head(id);
      if (seq <= here) return false;
      if (!await isSame(id, here)) return true;
      await archiver.follow(id);
      return false;
    }, false);
    yield* isApart ? ledger.read(id, after) : archive.read(id, after);
  }

  await link.ready(START_MS);

  return {
    link,
    async append(batch) {
      checkOrder(batch);
      await inOrder(batch.sessionId, () => append(batch));
    },
    prepare: ledger.prepare,
    async head(id) {
      const there = await fromRedis(() => ledger.head(id), null);
      return Math.max(there?.seq ?? 0, await archive.head(id));
    },
    read,
    async comments(id, viewerId) {
      const texts = behind.has(id) ? [] : await fromRedis(
        () =>
          link.call("HVALS", commentsKey(id, viewerId)) as Promise<string[]>,
        [],
      );
      if (texts.length > 0) {
        return texts.map((text) => JSON.parse(text) as CommentRow)
          .sort(byFirst);
      }
      await archiver.drained(id);
      return await archive.comments(id, viewerId);
    },
    async saveSnapshot(id, snapshot) {
      await archive.saveSnapshot(id, snapshot);
      if (behind.has(id) || snapshot.bytes.length > SNAPSHOT_BYTES) return;
      const head = new TextEncoder().encode(`${snapshot.seq}:`);
      const bytes = new Uint8Array(head.length + snapshot.bytes.length);
      bytes.set(head);
      bytes.set(snapshot.bytes, head.length);
      const args = [String(token), bytes, String(keepSeconds)];
      const keys = [TOKEN_KEY, snapshotKey(id)];
      await fromRedis(() => link.run(SET_FENCED, keys, args), null);
    },
    async snapshot(id) {
      const there = behind.has(id)
        ? null
        : await fromRedis(() => snapshotInRedis(id), null);
      const here = await archive.snapshot(id);
      return there && there.seq >= (here?.seq ?? 0) ? there : here;
    },

    async listSessions() {
      const lines = new Map<string, SessionInfo>();
      const here = await archive.listSessions();
      const there = await fromRedis(linesInRedis, []);
      for (const info of [...here, ...there, ...unsentLines.values()]) {
        lines.set(info.id, info);
      }
      return [...lines.values()].sort(newestFirst);
    },
    async session(id) {
      return unsentLines.get(id) ?? await line(id) ?? await archive.session(id);
    },
    async putSession(info) {
      await archiver.drained(info.id);
      await archive.putSession(info);
      unsentLines.set(info.id, info);
      await fromRedis(() => sendLine(info), undefined);
    },
    async purgeSession(id) {
      await archiver.drained(id);
      const keys = [...sessionKeys(id), ...await allCommentKeys(id)];
      for (let at = 0; at < keys.length; at += KEYS_AT_A_TIME) {
        await link.call("UNLINK", ...keys.slice(at, at + KEYS_AT_A_TIME));
      }
      await link.call("ZREM", SESSIONS_KEY, id);
      await purges.mark(id);
      unsentLines.delete(id);
      anew.delete(id);
      await archive.purgeSession(id);
    },
    async answer(key) {
      const text = await fromRedis(
        () => link.call("GET", answerKey(key)) as Promise<string | null>,
        null,
      );
      if (text !== null) return JSON.parse(text) as Answer;
      return unsentAnswers.get(key) ?? await archive.answer(key);
    },
    async putAnswer(answer) {
      await archive.putAnswer(answer);
      const [key, text] = [answerKey(answer.key), JSON.stringify(answer)];
      const kept = String(ANSWER_KEPT_S);
      await fromRedis(() => link.call("SET", key, text, "EX", kept), null);
    },
    listAnswers: archive.listAnswers,
    document: documents.document,
    putDocument: documents.putDocument,
    room: rooms.room,
    keepRoom: rooms.keepRoom,

    inspect: async () => await archive.inspect?.(),
    async check() {
      await archive.check();
      if (!mayUse()) throw new Error(link.health().detail || JUST_BACK);
    },
    async close() {
      clearInterval(keeping);
      clearTimeout(again);
      listeners.clear();
      await background;
      await archiver.close();
      link.close();
      await archive.close();
    },

    live: {
      wants(id) {
        running.add(id);
        if (!isUsable()) return "nothing";
        return behind.has(id) || whole.has(id) ? "whole" : "changed";
      },
      reconcile: (id) => inOrder(id, () => reconcile(id)),
      follow: (id) => inOrder(id, () => follow(id)),
      clear,
      verify,
      health() {
        const { state, detail } = link.health();
        if (!link.isUp()) {
          return {
            state,
            detail: running.size > 0
              ? `${detail}. What happens is kept in the data folder until then`
              : detail,
          };
        }
        if (failing !== null) {
          return { state: "failing", detail: `Redis says no: ${failing}` };
        }
        if (behind.size > 0) {
          return {
            state: "behind",
            detail: "Redis was away and is being brought up to date",
          };
        }
        return { state, detail };
      },
      watch: listeners.watch,
      lease: redisLease({
        link,
        archive,
        name,
        beginsAlone,
        onToken(next, isAlone) {
          token = next;
          if (isAlone) alone = true;
          else if (alone) joinOthers(next > 0);
        },
      }),
    },
  };
}

const JUST_BACK = "Redis is there again; whoever led gets some seconds first";

/** Errors of a Redis that is away are in its health already. */
function reportAway(error: unknown): void {
  if (!(error instanceof RedisAwayError)) throw error;
}

function otherWriter(id: string): LogConflictError {
  return new LogConflictError(
    `Cannot append to "${id}": another process has written to it`,
  );
}

/** The first entry that comes. */
async function entryAt(packs: AsyncIterable<Entry[]>): Promise<Entry | null> {
  for await (const [entry] of packs) return entry ?? null;
  return null;
}

/** The same entries in packs as large as one transaction takes. */
async function* inParts(
  packs: AsyncIterable<Entry[]>,
): AsyncGenerator<Entry[]> {
  let part: Entry[] = [];
  for await (const pack of packs) {
    for (const entry of pack) {
      part.push(entry);
      if (part.length < PART_ENTRIES) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}
