import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { type Batch, LogConflictError } from "../core/ports.ts";
import {
  batchOf,
  commentRow,
  entriesOf,
  fill,
  infoOf,
  ordinary,
  same,
} from "@/testing/store_contract.ts";
import { logKey, piecesKey, snapshotKey } from "./kv_keys.ts";
import { kvLog } from "./kv_log.ts";
import { kvStore } from "./kv_store.ts";

Deno.test("append() goes on where a commit in several steps stopped", async () => {
  await withFile(async (file) => {
    for (const commits of [0, 1, 2, 3]) {
      const id = `s${commits}`;
      const kv = await Deno.openKv(file);
      const batch = largeBatch(id);
      await rejects(kvLog(failing(kv, commits)).append(batch), {
        message: `Cannot append to "${id}": the disk is full`,
      });
      const head = await kvLog(kv).head(id);
      await isPrefix(kv, batch, head);
      if (commits > 0) ok(head > 0 && head < batch.entries.length);

      const other = { ...batch, writer: "other" };
      if (head > 0) await rejects(kvLog(kv).append(other), LogConflictError);
      const renamed = { ...infoOf(id, 1), title: "renamed" };
      await kvStore(kv).putSession(renamed);
      await kvLog(kv).append(batch);
      const info = head > 0 ? renamed : batch.info;
      deepStrictEqual(await kvStore(kv).session(id), info);
      await kvLog(kv).append(batch);
      await isPrefix(kv, batch, batch.entries.length);
      kv.close();
    }
  });
});

Deno.test("append() repeats a commit whose answer was lost", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const log = kvLog(failing(kv, 1, "after"));
    await fill(log, "s", [3]);
    const batch = batchOf("s", 3, ordinary(4, 9));
    await rejects(log.append(batch), /the disk is full/);
    strictEqual(await kvLog(kv).head("s"), 9);
    await log.append(batch);
    await log.append(batchOf("s", 9, ordinary(10, 12)));
    deepStrictEqual(await entriesOf(log, "s"), ordinary(1, 12));
    kv.close();
  });
});

Deno.test("append() takes one commit and no read", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const used: string[] = [];
    const log = kvLog(watched(kv, used));
    await fill(log, "s", [1]);
    used.length = 0;
    await log.append(batchOf("s", 1, ordinary(2, 2_000)));
    deepStrictEqual(used, ["atomic"]);
    kv.close();
  });
});

Deno.test("append() puts small appends together in a pack", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    await fill(kvLog(kv), "s", Array.from({ length: 100 }, () => 1));
    const packs = await Array.fromAsync(kv.list({ prefix: logKey("s") }));
    ok(packs.length < 10, `${packs.length} packs`);
    kv.close();
  });
});

Deno.test("read() tells which entry is missing", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    await fill(kvLog(kv), "s", [500, 500, 500]);
    await kv.delete([...logKey("s"), 501]);
    await rejects(entriesOf(kvLog(kv), "s"), {
      message: 'Cannot read "s": entry 501 is missing',
    });
    kv.close();
  });
});

Deno.test("snapshot() stays the one before when the next is half-written", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const bytes = new Uint8Array(3_000_000).fill(1);
    await kvLog(kv).saveSnapshot("s", { seq: 1, bytes });
    const torn = { seq: 2, bytes: bytes.map(() => 2) };
    for (const commits of [0, 1, 3]) {
      const log = kvLog(failing(kv, commits));
      await rejects(log.saveSnapshot("s", torn), {
        message: 'Cannot keep a snapshot of "s": the disk is full',
      });
      const kept = await kvLog(kv).snapshot("s");
      ok(kept?.seq === 1 && same(kept.bytes, bytes));
    }
    await kvLog(kv).saveSnapshot("s", { ...torn, seq: 3 });
    strictEqual((await kvLog(kv).snapshot("s"))?.seq, 3);
    strictEqual(await piecesOf(kv), 50); // nothing of the torn ones is left
    kv.close();
  });
});

Deno.test("snapshot() is null when a piece is missing", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const bytes = new Uint8Array(200_000);
    await kvLog(kv).saveSnapshot("s", { seq: 1, bytes });
    const rows = kv.list({ prefix: piecesKey(snapshotKey("s")) });
    const [, second] = await Array.fromAsync(rows);
    ok(second);
    await kv.delete(second.key);
    ok(await kvLog(kv).snapshot("s") === null);
    kv.close();
  });
});

Deno.test("saveSnapshot() starts again when another process was faster", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const otherKv = await Deno.openKv(file);
    const other = kvLog(otherKv);
    const bytes = new Uint8Array(3_000_000);
    await other.saveSnapshot("s", { seq: 1, bytes });
    for (const commits of [1, 3, 4]) { // in its pieces, and before its switch
      const log = kvLog(interrupted(kv, commits, async () => {
        await other.saveSnapshot("s", { seq: 2, bytes });
      }));
      await log.saveSnapshot("s", { seq: 3, bytes });
      const kept = await other.snapshot("s");
      ok(kept?.seq === 3 && same(kept.bytes, bytes));
      strictEqual(await piecesOf(kv), 50);
    }
    otherKv.close();
    kv.close();
  });
});

Deno.test("snapshot() gives the next when its own is replaced meanwhile", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const bytes = new Uint8Array(200_000);
    await kvLog(kv).saveSnapshot("s", { seq: 1, bytes });
    let replacements = 0;
    const log = kvLog(replaced(kv, {
      async get(key: Deno.KvKey) {
        const row = await kv.get(key);
        if (replacements++ === 0) {
          await kvLog(kv).saveSnapshot("s", { seq: 2, bytes });
        }
        return row;
      },
    }));
    const kept = await log.snapshot("s");
    ok(kept?.seq === 2 && same(kept.bytes, bytes));
    kv.close();
  });
});

Deno.test("append() keeps long entries in packs, not in pieces", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const text = "ก".repeat(2_000);
    const entries = ordinary(1, 1_000).map((entry) => ({ ...entry, text }));
    await kvLog(kv).append(batchOf("s", 0, entries));
    strictEqual(await piecesOf(kv), 0);
    kv.close();
  });
});

Deno.test("purgeSession() leaves no row behind", async () => {
  await withFile(async (file) => {
    const kv = await Deno.openKv(file);
    const store = kvStore(kv);
    const batch = largeBatch("s");
    const row = { ...commentRow("v1", "long", 1), text: "ก".repeat(50_000) };
    batch.comments.push({ seq: 1, row });
    await store.append(batch);
    const bytes = new Uint8Array(200_000);
    await store.saveSnapshot("s", { seq: 1, bytes });
    await store.purgeSession("s");
    const left = await Array.fromAsync(kv.list({ prefix: [] }));
    deepStrictEqual(left.map((row) => row.key[0]), ["answer", "answer"]);
    kv.close();
  });
});

/** Above several limits at once: mutations, bytes, and one value. */
function largeBatch(id: string): Batch {
  const entries = ordinary(1, 12_000);
  const batch: Batch = { ...batchOf(id, 0, entries), info: infoOf(id, 1) };
  for (const entry of batch.entries) {
    if (entry.type !== "commented") continue;
    const row = commentRow(entry.viewerId, entry.id, entry.seq);
    batch.comments.push({ seq: entry.seq, row });
    if (entry.seq === 6_000) entry.text = "ก".repeat(400_000);
  }
  for (const seq of [1, 12_000]) {
    const answer = { key: `${id} ${seq}`, digest: "d", status: 200, body: seq };
    batch.answers.push({ seq, answer });
  }
  return batch;
}

/** Whether exactly the batch up to the head is there, with its rows. */
async function isPrefix(kv: Deno.Kv, batch: Batch, head: number) {
  const store = kvStore(kv);
  const id = batch.sessionId;
  deepStrictEqual(await entriesOf(store, id), batch.entries.slice(0, head));
  const kept: number[] = [];
  for (let viewer = 0; viewer < 7; viewer++) {
    const rows = await store.comments(id, `v${viewer}`);
    kept.push(...rows.map((row) => row.firstAt));
  }
  deepStrictEqual(
    kept.sort((a, b) => a - b),
    batch.comments.map(({ seq }) => seq).filter((seq) => seq <= head),
  );
  for (const { seq, answer } of batch.answers) {
    const found = await store.answer(answer.key);
    deepStrictEqual(found, seq <= head ? answer : null);
  }
}

async function piecesOf(kv: Deno.Kv): Promise<number> {
  return (await Array.fromAsync(kv.list({ prefix: ["piece"] }))).length;
}

/**
 * The same database, whose disk is full after some commits: for good before the
 * next is done, or once after it.
 */
function failing(
  kv: Deno.Kv,
  commits: number,
  when: "before" | "after" = "before",
): Deno.Kv {
  let done = 0;
  return withCommit(kv, async (commit) => {
    const full = when === "before" ? done >= commits : done === commits;
    done++;
    if (full && when === "before") throw diskFull();
    const result = await commit();
    if (full) throw diskFull();
    return result;
  });
}

function diskFull() {
  return new TypeError("database or disk is full");
}

/** The same database, where something happens once after some commits. */
function interrupted(
  kv: Deno.Kv,
  commits: number,
  happen: () => Promise<void>,
): Deno.Kv {
  let done = 0;
  return withCommit(kv, async (commit) => {
    if (done++ === commits) await happen();
    return await commit();
  });
}

type Commit = Deno.AtomicOperation["commit"];

function withCommit(
  kv: Deno.Kv,
  around: (commit: Commit) => ReturnType<Commit>,
): Deno.Kv {
  return replaced(kv, {
    atomic() {
      const atomic = kv.atomic();
      const commit = atomic.commit.bind(atomic);
      atomic.commit = () => around(commit);
      return atomic;
    },
  });
}

function watched(kv: Deno.Kv, used: string[]): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      used.push(String(name));
      return methodOf(target, name);
    },
  });
}

function replaced(kv: Deno.Kv, methods: Record<string, unknown>): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      return methods[String(name)] ?? methodOf(target, name);
    },
  });
}

function methodOf(kv: Deno.Kv, name: string | symbol): unknown {
  const value: unknown = Reflect.get(kv, name);
  return typeof value === "function" ? value.bind(kv) : value;
}

async function withFile(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/store.sqlite`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
