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
import { callEvery, type Clock } from "@/core/clock.ts";
import { createInOrder, type InOrder } from "@/core/in_order.ts";
import type { Live, Store } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { checkOrder } from "@/stores/batch_order.ts";
import { createAnswers } from "./answers.ts";
import { createArchiver } from "./archiver.ts";
import { createVerify } from "./board_check.ts";
import { createClear } from "./cleared.ts";
import { createComments } from "./comments.ts";
import { redisDocuments } from "./documents.ts";
import { createHold } from "./hold.ts";
import { redisLease } from "./lease.ts";
import { redisLedger } from "./ledger.ts";
import { createLines } from "./lines.ts";
import { openRedisLink, type RedisLink } from "./link.ts";
import { redisPurges } from "./purges.ts";
import { redisRooms } from "./rooms.ts";
import { createSnapshots } from "./snapshots.ts";
import { type Availability, createAvailability } from "./availability.ts";
import { createTruth, type Truth } from "./truth.ts";

/** How often what runs is given its time anew, in ms. */
const KEEP_MS = 6 * 60 * 60 * 1_000;
/** How long the start waits for Redis, in ms. */
const START_MS = 2_000;

/** What a store with Redis needs. */
interface RedisStoreOptions {
  /** `redis://` or `rediss://` with user, password and database. */
  url: string;
  /** The archive, which the store closes with itself. */
  archive: KvStore;
  clock: Clock;
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
  const { archive, clock, keepDays = 7, name = crypto.randomUUID() } = options;
  const { beginsAlone = false } = options;
  const keepSeconds = Math.round(keepDays * 24 * 60 * 60);
  const link = openRedisLink(options.url, clock);
  const availability = createAvailability(link, clock);
  const { sessions } = availability;
  const inOrder = createInOrder();
  const ledger = redisLedger(link, clock, keepSeconds);
  const archiver = createArchiver(archive, ledger, clock, availability.tell);
  const documents = redisDocuments(
    { ...link, isUp: availability.mayUse },
    archive,
  );
  const purges = redisPurges(link, archive);
  const rooms = redisRooms(link, archive, availability.token);
  const around = { link, archive, archiver, ledger, availability, keepSeconds };
  const lines = createLines(around);
  const comments = createComments(around);
  const truth = createTruth({ ...around, name, line: lines.line });

  async function sendUnsent(): Promise<void> {
    if (availability.isAlone()) return;
    await documents.send();
    await rooms.send();
    await lines.sendUnsent();
  }

  /** Has a token now, or has met the process that leads. */
  function joinOthers(leads: boolean) {
    availability.setAlone(false);
    if (leads) availability.beside(sendUnsent);
    else {
      forgetOwn(availability);
      availability.beside(documents.drop);
    }
    availability.tell();
  }

  const hold = createHold({ ...around, comments, lines, purges });

  followLink(link, availability, sendUnsent);
  const stopKeeping = callEvery(
    clock,
    KEEP_MS,
    () => availability.beside(hold.keepRunning),
  );
  await link.ready(START_MS);

  return {
    link,
    async append(batch) {
      checkOrder(batch);
      await inOrder(batch.sessionId, () => truth.append(batch));
    },
    prepare: ledger.prepare,
    head: truth.head,
    read: truth.read,
    comments: comments.comments,
    ...createSnapshots(around),
    listSessions: lines.listSessions,
    session: lines.session,
    putSession: lines.putSession,
    purgeSession: hold.purge,
    ...createAnswers(link, archive, availability),
    document: documents.document,
    putDocument: documents.putDocument,
    room: rooms.room,
    keepRoom: rooms.keepRoom,

    inspect: async () => await archive.inspect?.(),
    async check() {
      await archive.check();
      if (!availability.mayUse()) {
        throw new Error(link.health().detail || JUST_BACK);
      }
    },
    async close() {
      stopKeeping();
      await availability.close();
      await archiver.close();
      link.close();
      await archive.close();
    },

    live: liveOf({
      ...{ availability, inOrder, truth },
      verify: createVerify(link, ledger, availability),
      clear: createClear({
        ...{ archive, archiver, ledger, purges, inOrder },
        anew: sessions.anew,
        line: lines.line,
      }),
      lease: redisLease({
        ...{ link, archive, name, beginsAlone },
        onToken(next, isAlone) {
          availability.setToken(next);
          if (isAlone) availability.setAlone(true);
          else if (availability.isAlone()) joinOthers(next > 0);
        },
      }),
    }),
  };
}

/** What others read along with. */
function liveOf(
  { availability, inOrder, truth, verify, clear, lease }: {
    availability: Availability;
    inOrder: InOrder;
    truth: Truth;
  } & Pick<Live, "verify" | "clear" | "lease">,
): Live {
  const { sessions } = availability;
  return {
    wants(id) {
      sessions.running.add(id);
      if (!availability.isUsable()) return "nothing";
      const isWhole = sessions.behind.has(id) || sessions.whole.has(id);
      return isWhole ? "whole" : "changed";
    },
    reconcile: (id) => inOrder(id, () => truth.reconcile(id)),
    follow: (id) => inOrder(id, () => truth.follow(id)),
    health: availability.health,
    watch: availability.watch,
    ...{ verify, clear, lease },
  };
}

const JUST_BACK = "Redis is there again; whoever led gets some seconds first";

/** What others lead counts; what was begun here stays in the archive. */
function forgetOwn({ sessions, unsent }: Availability) {
  sessions.behind.clear();
  sessions.running.clear();
  unsent.lines.clear();
  unsent.answers.clear();
}

/** Notes that Redis may come back older than it went, and brings it what waits. */
function followLink(
  link: RedisLink,
  { sessions, beside, tell }: Availability,
  sendUnsent: () => Promise<void>,
) {
  let wasUp = false;
  link.watch(() => {
    const isUp = link.isUp();
    if (wasUp && !isUp) {
      for (const id of sessions.running) sessions.behind.add(id);
    }
    if (isUp && !wasUp) beside(sendUnsent);
    wasUp = isUp;
    tell();
  });
}
