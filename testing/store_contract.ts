/**
 * What every store must do, as tests. A store joins by calling
 * {@linkcode storeContract} with a way to open it empty.
 *
 * @module
 */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import fc from "fast-check";
import type { Entry } from "@/core/shapes/entries.ts";
import {
  type Answer,
  type Batch,
  type CommentRow,
  LogConflictError,
  type SessionInfo,
  type SessionLog,
  type Store,
} from "@/core/ports.ts";

/** An empty store that one test has for itself. */
export interface Opened {
  store: Store;
  /** The same data as another process would see it; stays open until `close`. */
  other(): Promise<Store>;
  close(): Promise<void>;
}

type Check = (store: Store, opened: Opened) => Promise<void>;

/** Declares the tests of one store. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  function test(title: string, check: Check) {
    Deno.test(`${name}: ${title}`, async () => {
      const opened = await open();
      try {
        await check(opened.store, opened);
      } finally {
        await opened.close();
      }
    });
  }
  appending(test);
  reading(test);
  writers(test);
  rows(test);
  snapshots(test);
  sessions(test);
  rooms(test);
}

type Declare = (title: string, check: Check) => void;

function appending(test: Declare) {
  test("append() keeps entries in order, in packs", async (store) => {
    await fill(store, "s", [1, 1, 50, 500, 2_000, 3]);
    strictEqual(await store.head("s"), 2_555);
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 2_555));
  });

  test("append() keeps sessions apart", async (store) => {
    await fill(store, "a", [3]);
    await fill(store, "b", [2, 2]);
    await fill(store, "a b", [1]);
    strictEqual((await entriesOf(store, "a")).length, 3);
    strictEqual((await entriesOf(store, "b")).length, 4);
    strictEqual(await store.head("a b"), 1);
  });

  test("append() keeps 20,000 entries with long texts", async (store) => {
    const entries = Array.from(
      { length: 20_000 },
      (_, at) => longEntry(at + 1),
    );
    await store.append(batchOf("s", 0, entries));
    const kept = await entriesOf(store, "s");
    strictEqual(kept.length, entries.length);
    for (const at of kept.keys()) deepStrictEqual(kept[at], entries[at]);
  });

  test("append() splits an entry that is larger than a value", async (store) => {
    for (const length of [70_000, 700_000, 3_000_000]) {
      const id = `s${length}`;
      const ids = Array.from({ length: length / 20 }, (_, at) => `${at}`);
      const large: Entry = {
        ...fact(2),
        type: "deleted",
        messageIds: ids.map((each) => each.padStart(17, "7")),
        viewerIds: [],
      };
      const entries = [...ordinary(1, 1), large, ...ordinary(3, 9)];
      await store.append(batchOf(id, 0, entries));
      await store.append(batchOf(id, 9, ordinary(10, 10)));
      deepStrictEqual(await entriesOf(store, id), [
        ...entries,
        ...ordinary(10, 10),
      ]);
      deepStrictEqual(await entriesOf(store, id, 1), [
        ...entries.slice(1),
        ...ordinary(10, 10),
      ]);
    }
  });

  test("append() keeps half a surrogate pair and a zero", async (store) => {
    const entry: Entry = { ...commented(1), text: "a\ud83c b\u0000 c\u2028" };
    await store.append(batchOf("s", 0, [entry]));
    deepStrictEqual(await entriesOf(store, "s"), [entry]);
  });

  test("append() changes nothing the second time", async (store) => {
    await fill(store, "s", [3]);
    const batch = { ...batchOf("s", 3, ordinary(4, 7)), info: infoOf("s", 1) };
    batch.answers.push({ seq: 7, answer: answerOf("key") });
    await store.append(batch);
    await store.putSession({ ...infoOf("s", 1), title: "renamed" });
    await store.putAnswer({ ...answerOf("key"), status: 409 });
    await store.append(batch);
    strictEqual((await store.answer("key"))?.status, 409);
    strictEqual((await store.session("s"))?.title, "renamed");
    strictEqual(await store.head("s"), 7);
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 7));
  });

  test("append() takes the next batch before the last is kept", async (store) => {
    await Promise.all([
      store.append(batchOf("s", 0, ordinary(1, 5))),
      store.append(batchOf("s", 5, ordinary(6, 6))),
      store.append(batchOf("s", 6, ordinary(7, 900))),
    ]);
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 900));
  });

  test("append() refuses a hole", async (store) => {
    const holed = [...ordinary(1, 1), ...ordinary(3, 3)];
    await rejects(store.append(batchOf("s", 0, holed)), RangeError);
    strictEqual(await store.head("s"), 0);
  });

  test("append() keeps no hold on the values it was given", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 2));
    batch.comments.push({ seq: 1, row: commentRow("v1", "c1", 1) });
    await store.append(batch);
    for (const entry of batch.entries) entry.at = 0;
    for (const { row } of batch.comments) row.text = "changed";
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 2));
    const [row] = await store.comments("s", "v1");
    deepStrictEqual(row, commentRow("v1", "c1", 1));
    if (row) row.text = "changed";
    deepStrictEqual(await store.comments("s", "v1"), [
      commentRow("v1", "c1", 1),
    ]);
  });
}

function reading(test: Declare) {
  test("read() gives nothing where there is no ledger", async (store) => {
    deepStrictEqual(await entriesOf(store, "none"), []);
    strictEqual(await store.head("none"), 0);
  });

  test("read() starts after any seq", async (store) => {
    await fill(store, "s", [1, 1, 1, 40, 1, 700, 1, 1]);
    for (const after of [0, 1, 2, 3, 4, 42, 43, 44, 45, 400, 743, 744, 745]) {
      deepStrictEqual(
        await entriesOf(store, "s", after),
        ordinary(after + 1, 746),
      );
    }
    deepStrictEqual(await entriesOf(store, "s", 746), []);
    deepStrictEqual(await entriesOf(store, "s", 9_999), []);
  });

  test("read() leaves no hole while the ledger grows", async (store) => {
    await fill(store, "s", Array.from({ length: 300 }, () => 1));
    const seen: number[] = [];
    let after = 300;
    for await (const pack of store.read("s")) {
      seen.push(...pack.map((entry) => entry.seq));
      await store.append(batchOf("s", after, ordinary(after + 1, after + 1)));
      after++;
    }
    ok(seen.length >= 300);
    deepStrictEqual(seen, Array.from(seen, (_, at) => at + 1));
  });

  test("read() gives back any list in any batches", async (store) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        anyTexts,
        anyLengths,
        fc.nat(),
        async (texts, lengths, n) => {
          const id = `run${run++}`;
          const entries = texts.map((text, at): Entry => ({
            ...commented(at + 1),
            text,
          }));
          for (let after = 0, at = 0; after < entries.length; at++) {
            const length = lengths[at % lengths.length] ?? 1;
            const some = entries.slice(after, after + length);
            await store.append(batchOf(id, after, some));
            after += some.length;
          }
          deepStrictEqual(await entriesOf(store, id), entries);
          const after = n % (entries.length + 1);
          deepStrictEqual(
            await entriesOf(store, id, after),
            entries.slice(after),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
}

function writers(test: Declare) {
  test("append() stops the slower of two writers", async (store) => {
    await fill(store, "s", [5]);
    await store.append(batchOf("s", 5, ordinary(6, 8), "second"));
    const late = batchOf("s", 5, ordinary(6, 8), "first");
    await rejects(store.append(late), LogConflictError);
    await rejects(store.append(batchOf("s", 4, [])), LogConflictError);
    await rejects(
      store.append(batchOf("s", 9, ordinary(10, 10), "second")),
      { message: 'Cannot append to "s": it ends at 8, not at 9' },
    );
    strictEqual(await store.head("s"), 8);
  });

  test("append() stops a writer of another process", async (store, opened) => {
    const other = await opened.other();
    await fill(store, "s", [5, 1]);
    await other.append(batchOf("s", 6, ordinary(7, 8), "other"));
    const late = batchOf("s", 6, ordinary(7, 7));
    await rejects(store.append(late), LogConflictError);
    await rejects(store.append(batchOf("s", 6, [])), LogConflictError);
    // Taking over again begins with what is there.
    await store.append(batchOf("s", 8, ordinary(9, 9), "third"));
    deepStrictEqual(await entriesOf(other, "s"), ordinary(1, 9));
  });

  test("append() lets one of two racing writers win", async (store, opened) => {
    const other = await opened.other();
    let after = 0;
    for (let round = 0; round < 20; round++) {
      const results = await Promise.allSettled([
        store.append(batchOf("s", after, ordinary(after + 1, after + 3), "a")),
        other.append(batchOf("s", after, ordinary(after + 1, after + 3), "b")),
      ]);
      const lost = results.filter((result) => result.status === "rejected");
      strictEqual(lost.length, 1);
      ok(lost[0]?.reason instanceof LogConflictError);
      after += 3;
    }
    deepStrictEqual(await entriesOf(store, "s"), ordinary(1, 60));
  });

  test(
    "append() knows its batch again in another process",
    async (store, opened) => {
      await fill(store, "s", [5]);
      const other = await opened.other();
      await other.append(batchOf("s", 0, ordinary(1, 5)));
      await rejects(
        other.append(batchOf("s", 0, ordinary(1, 4))),
        LogConflictError,
      );
      await rejects(
        other.append(batchOf("s", 0, ordinary(1, 5), "somebody")),
        LogConflictError,
      );
      strictEqual(await other.head("s"), 5);
    },
  );
}

function rows(test: Declare) {
  test("comments() gives a viewer's, in order of the first", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 3));
    const [late, early] = [
      commentRow("v1", "10", 30),
      commentRow("v1", "9", 20),
    ];
    const others = commentRow("v11", "8", 10);
    for (const row of [late, early, others]) {
      batch.comments.push({ seq: 1, row });
    }
    await store.append(batch);
    deepStrictEqual(await store.comments("s", "v1"), [early, late]);
    deepStrictEqual(await store.comments("s", "v11"), [others]);
    deepStrictEqual(await store.comments("s", "v"), []);
    deepStrictEqual(await store.comments("t", "v1"), []);
  });

  test("append() replaces a comment that changed, the last one wins", async (store) => {
    const first = batchOf("s", 0, ordinary(1, 2));
    const row = commentRow("v1", "c1", 20);
    first.comments.push({ seq: 1, row }, { seq: 2, row: { ...row, times: 2 } });
    await store.append(first);
    deepStrictEqual(await store.comments("s", "v1"), [{ ...row, times: 2 }]);
    const next = batchOf("s", 2, ordinary(3, 3));
    next.comments.push({ seq: 3, row: { ...row, times: 2, used: true } });
    await store.append(next);
    deepStrictEqual(await store.comments("s", "v1"), [
      { ...row, times: 2, used: true },
    ]);
  });

  test("append() keeps 5,000 comments of one entry", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 1));
    const viewerId = "6".repeat(64);
    for (let at = 0; at < 5_000; at++) {
      const id = String(7_400_000_000_000_000_000n + BigInt(at));
      batch.comments.push({ seq: 1, row: commentRow(viewerId, id, at) });
    }
    await store.append(batch);
    const kept = await store.comments("s", viewerId);
    deepStrictEqual(kept, batch.comments.map(({ row }) => row));
    strictEqual(await store.head("s"), 1);
  });

  test("append() keeps a comment and an answer of each entry", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 3_000));
    for (const { seq } of batch.entries) {
      batch.comments.push({ seq, row: commentRow(`v${seq}`, "c", seq) });
      batch.answers.push({ seq, answer: answerOf(`key${seq}`) });
    }
    await store.append(batch);
    for (const seq of [1, 1_500, 3_000]) {
      deepStrictEqual(await store.answer(`key${seq}`), answerOf(`key${seq}`));
      deepStrictEqual(await store.comments("s", `v${seq}`), [
        commentRow(`v${seq}`, "c", seq),
      ]);
    }
  });

  test("append() keeps answers and the session without an entry", async (store) => {
    const info = infoOf("s", 5);
    const batch = { ...batchOf("s", 0, []), info };
    batch.answers.push({ seq: 0, answer: answerOf("refused") });
    await store.append(batch);
    deepStrictEqual(await store.answer("refused"), answerOf("refused"));
    deepStrictEqual(await store.session("s"), info);
    strictEqual(await store.head("s"), 0);
    await fill(store, "s", [2]);
    await store.append({ ...batch, after: 2, info: { ...info, endedAt: 9 } });
    deepStrictEqual(await store.session("s"), { ...info, endedAt: 9 });
  });

  test("append() keeps 400 answers under long keys", async (store) => {
    const batch = batchOf("s", 0, []);
    for (let at = 0; at < 400; at++) {
      const answer = answerOf(`${at}`.padEnd(200, "ก"));
      batch.answers.push({ seq: 0, answer });
    }
    await store.append(batch);
    for (const { answer } of batch.answers) {
      deepStrictEqual(await store.answer(answer.key), answer);
    }
  });

  test("append() keeps what belongs to a later entry", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 2));
    batch.answers.push({ seq: 9, answer: answerOf("late") });
    await store.append(batch);
    deepStrictEqual(await store.answer("late"), answerOf("late"));
  });

  test("append() keeps nothing of a batch it refuses", async (store) => {
    await fill(store, "s", [2]);
    const batch = { ...batchOf("s", 1, ordinary(2, 2)), info: infoOf("s", 1) };
    batch.comments.push({ seq: 2, row: commentRow("v1", "c1", 1) });
    batch.answers.push({ seq: 2, answer: answerOf("key") });
    await rejects(store.append(batch), LogConflictError);
    deepStrictEqual(await store.comments("s", "v1"), []);
    strictEqual(await store.answer("key"), null);
    strictEqual(await store.session("s"), null);
  });

  test("answer() gives what was put, however large", async (store) => {
    strictEqual(await store.answer("none"), null);
    deepStrictEqual(await Array.fromAsync(store.listAnswers()), []);
    const large = { ...answerOf("large"), body: { text: "ก".repeat(50_000) } };
    const longKey = answerOf("k".repeat(255));
    for (const answer of [answerOf("a"), large, longKey]) {
      await store.putAnswer(answer);
      deepStrictEqual(await store.answer(answer.key), answer);
    }
    const listed = await Array.fromAsync(store.listAnswers());
    deepStrictEqual(
      listed.sort((a, b) => a.key < b.key ? -1 : 1),
      [answerOf("a"), longKey, large],
    );
    const batch = batchOf("s", 0, ordinary(1, 1));
    batch.answers.push({ seq: 1, answer: { ...large, key: "other" } });
    await store.append(batch);
    deepStrictEqual(await store.answer("other"), { ...large, key: "other" });
  });
}

function snapshots(test: Declare) {
  test("snapshot() gives the newest, of any size", async (store) => {
    strictEqual(await store.snapshot("s"), null);
    for (const [at, length] of [1, 5_000_000, 60_001, 0, 4_000_000].entries()) {
      const snapshot = { seq: at + 1, bytes: noise(length) };
      await store.saveSnapshot("s", snapshot);
      const kept = await store.snapshot("s");
      strictEqual(kept?.seq, at + 1);
      ok(kept && same(kept.bytes, snapshot.bytes));
    }
    strictEqual(await store.snapshot("t"), null);
  });

  test(
    "snapshot() gives a whole one while it is replaced",
    async (store, opened) => {
      const other = await opened.other();
      await store.saveSnapshot("s", uniform(0));
      let done = false;
      const saving = (async () => {
        for (let seq = 1; seq <= 10; seq++) {
          await store.saveSnapshot("s", uniform(seq));
        }
        done = true;
      })();
      while (!done) {
        const kept = await other.snapshot("s");
        ok(kept && same(kept.bytes, uniform(kept.seq).bytes));
        await new Promise((resolve) => setTimeout(resolve));
      }
      await saving;
      strictEqual((await other.snapshot("s"))?.seq, 10);
    },
  );

  test(
    "saveSnapshot() of two processes leaves a whole one",
    async (store, opened) => {
      const other = await opened.other();
      await Promise.all(
        [1, 2, 3, 4].flatMap((seq) => [
          store.saveSnapshot("s", uniform(seq)),
          other.saveSnapshot("s", uniform(seq + 10)),
        ]),
      );
      const kept = await store.snapshot("s");
      ok(kept && same(kept.bytes, uniform(kept.seq).bytes));
    },
  );
}

function sessions(test: Declare) {
  test("listSessions() gives the newest first, removed ones too", async (store) => {
    deepStrictEqual(await store.listSessions(), []);
    const infos = [3, 1, 2].map((at) => infoOf(`s${at}`, at));
    for (const info of infos) await store.putSession(info);
    const removed = { ...infoOf("s2", 2), deletedAt: 9, title: "ลบแล้ว" };
    await store.putSession(removed);
    deepStrictEqual(await store.listSessions(), [
      infoOf("s3", 3),
      removed,
      infoOf("s1", 1),
    ]);
    deepStrictEqual(await store.session("s2"), removed);
    strictEqual(await store.session("none"), null);
  });

  test("purgeSession() removes all of one session", async (store) => {
    for (const id of ["s", "t"]) {
      await fill(store, id, [1, 3_000]);
      const batch = { ...batchOf(id, 3_001, ordinary(3_002, 3_002)) };
      batch.comments.push({ seq: 3_002, row: commentRow("v1", "c1", 1) });
      await store.append({ ...batch, info: infoOf(id, 1) });
      await store.saveSnapshot(id, { seq: 9, bytes: noise(200_000) });
    }
    await store.purgeSession("s");
    strictEqual(await store.head("s"), 0);
    strictEqual(await store.session("s"), null);
    strictEqual(await store.snapshot("s"), null);
    deepStrictEqual(await entriesOf(store, "s"), []);
    deepStrictEqual(await store.comments("s", "v1"), []);

    deepStrictEqual(await store.listSessions(), [infoOf("t", 1)]);
    strictEqual((await entriesOf(store, "t")).length, 3_002);
    strictEqual((await store.snapshot("t"))?.bytes.length, 200_000);
    strictEqual((await store.comments("t", "v1")).length, 1);
    const late = batchOf("s", 3_002, ordinary(3_003, 3_003));
    await rejects(store.append(late), LogConflictError);
    await store.purgeSession("never there");
  });

  test("prepare() changes nothing of what append() writes", async (store) => {
    const [first, next] = [ordinary(1, 2_500), ordinary(2_501, 2_600)];
    const batches = [batchOf("s", 0, first), batchOf("s", 2_500, next)];
    for (const batch of batches) store.prepare?.(batch);
    for (const batch of [...batches, batches[1]!]) await store.append(batch);
    deepStrictEqual(await entriesOf(store, "s"), [...first, ...next]);
  });

  test("append() writes the very batch again that went with its session", async (store) => {
    const batch = batchOf("s", 0, ordinary(1, 3));
    await store.append(batch);
    await store.purgeSession("s");
    await store.append(batch);
    strictEqual(await store.head("s"), 3);
    deepStrictEqual(await entriesOf(store, "s"), batch.entries);
  });

  test("document() gives what was put, however large", async (store) => {
    strictEqual(await store.document("none"), null);
    const large = { texts: Array.from({ length: 9_000 }, () => "สวัสดี 🌸") };
    for (
      const value of [{ a: [1, null, "ก"] }, large, "text", 0, false, null]
    ) {
      await store.putDocument("settings", value);
      deepStrictEqual(await store.document("settings"), value);
    }
    strictEqual(await store.document("setting"), null);
  });

  test("session() is null for a name that none can have", async (store) => {
    strictEqual(await store.session("x".repeat(3_000)), null);
  });

  test("check() resolves where a write would be durable", async (store) => {
    await store.check();
  });
}

function rooms(test: Declare) {
  test("room() gives the parts that were kept, each as it was last", async (store) => {
    deepStrictEqual(await store.room("som"), { parts: [], upTo: null });
    const upTo = { at: 5, sessions: { s: 3, t: 9 } };
    const [first, grown] = [partOf("2-a", 40), partOf("2-a", 48_004)];
    const early = partOf("1-a", 8);
    await store.keepRoom("som", { parts: [first], gone: [] }, upTo);
    await store.keepRoom("other", { parts: [first], gone: [] }, upTo);
    const later = { at: 6, sessions: { t: 12 } };
    await store.keepRoom("som", { parts: [grown, early], gone: [] }, later);
    deepStrictEqual(await store.room("som"), {
      parts: [early, grown],
      upTo: later,
    });
    await store.keepRoom("som", { parts: [], gone: ["1-a"] }, later);
    deepStrictEqual((await store.room("som")).parts, [grown]);
    deepStrictEqual((await store.room("other")).parts, [first]);
  });

  test(
    "room() gives a million notes, in another process too",
    async (store, opened) => {
      const parts = Array.from(
        { length: 334 },
        (_, at) => partOf(`${at}`.padStart(8, "0"), 24_004),
      );
      const upTo = { at: 1, sessions: { s: 1_000_000 } };
      await store.keepRoom("som", { parts, gone: [] }, upTo);
      const other = await opened.other();
      const kept = await other.room("som");
      deepStrictEqual(kept.upTo, upTo);
      strictEqual(kept.parts.length, parts.length);
      ok(kept.parts.every(({ bytes }, at) => same(bytes, parts[at]!.bytes)));
    },
  );

  test("keepRoom() keeps no hold on the bytes it was given", async (store) => {
    const part = partOf("1", 40);
    const upTo = { at: 1, sessions: {} };
    await store.keepRoom("som", { parts: [part], gone: [] }, upTo);
    part.bytes.fill(9);
    deepStrictEqual((await store.room("som")).parts, [partOf("1", 40)]);
  });

  test("purgeSession() leaves what the room has sent", async (store) => {
    await fill(store, "s", [3]);
    const upTo = { at: 1, sessions: { s: 3 } };
    await store.keepRoom("som", { parts: [partOf("1", 40)], gone: [] }, upTo);
    await store.purgeSession("s");
    deepStrictEqual(await store.room("som"), {
      parts: [partOf("1", 40)],
      upTo,
    });
  });
}

/** A part of so many bytes, the same ones for the same name. */
function partOf(name: string, length: number) {
  const seed = name.length * 7 + name.charCodeAt(name.length - 1);
  return { name, bytes: noise(length).map((byte) => byte ^ seed) };
}

/** Appends ordinary entries in batches of these lengths. */
export async function fill(log: SessionLog, id: string, lengths: number[]) {
  let after = await log.head(id);
  for (const length of lengths) {
    await log.append(batchOf(id, after, ordinary(after + 1, after + length)));
    after += length;
  }
}

/** A batch with nothing but entries. */
export function batchOf(
  sessionId: string,
  after: number,
  entries: Entry[],
  writer = "writer",
): Batch {
  return { sessionId, writer, after, entries, comments: [], answers: [] };
}

/** All entries after a seq. Fails where a pack is empty. */
export async function entriesOf(
  log: SessionLog,
  id: string,
  after?: number,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const pack of log.read(id, after)) {
    ok(pack.length > 0);
    entries.push(...pack);
  }
  return entries;
}

/** Entries as a LIVE makes them, from one seq to another. */
export function ordinary(first: number, last: number): Entry[] {
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const seq = first + at;
    return seq % 3 ? { ...fact(seq), ...liked(seq) } : commented(seq);
  });
}

/** A comment as a row. */
export function commentRow(
  viewerId: string,
  id: string,
  firstAt: number,
): CommentRow {
  return {
    id,
    viewerId,
    text: `สวัสดี ${id} 🌸`,
    times: 1,
    firstAt,
    lastAt: firstAt,
    used: false,
    deleted: false,
  };
}

function fact(seq: number) {
  const at = 1_790_000_000_000 + seq;
  return { seq, at, id: String(7_400_000_000_000 + seq), sentAt: at - 100 };
}

function liked(seq: number) {
  const viewerId = `v${seq % 7}`;
  return { type: "liked" as const, viewerId, points: seq % 5, count: seq };
}

function commented(seq: number): Entry & { type: "commented" } {
  const text = `สวัสดี ${seq} 🌸`;
  const viewerId = `v${seq % 7}`;
  return { ...fact(seq), type: "commented", viewerId, points: 1, text };
}

function longEntry(seq: number): Entry {
  const viewer = {
    id: `v${seq}`,
    handle: `viewer_${seq}`,
    nickname: "ผู้ชม🌸".repeat(seq % 50),
    avatarUrl: `https://example.test/${seq}?`.padEnd(2_000, "x"),
    follower: seq % 2 === 0,
  };
  return { ...commented(seq), viewer, text: "กำลังดู 🎁 ".repeat(seq % 180) };
}

function answerOf(key: string): Answer {
  return { key, digest: "d1", status: 200, body: { ok: true, seq: 1 } };
}

/** A session's line in the list. */
export function infoOf(id: string, startedAt: number): SessionInfo {
  return {
    id,
    title: "เกม",
    channel: "host",
    rehearsal: false,
    startedAt,
    endedAt: null,
    deletedAt: null,
  };
}

const anyTexts = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("ก".repeat(25_000), "x".repeat(61_000)),
    },
  ),
  { minLength: 1, maxLength: 120 },
);
const anyLengths = fc.array(fc.integer({ min: 1, max: 40 }), {
  minLength: 1,
  maxLength: 10,
});

function noise(length: number): Uint8Array {
  return new Uint8Array(length).map((_, at) => (at * 2_654_435_761) >>> 13);
}

/** A snapshot whose bytes all say its seq. */
function uniform(seq: number) {
  return { seq, bytes: new Uint8Array(1_500_000 + seq).fill(seq) };
}

/** Tells quickly, where a deep comparison would print megabytes. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
