import { deepStrictEqual, ok, strictEqual } from "node:assert";
import type { Store } from "../core/ports.ts";
import { createSeeded } from "../core/seeded.ts";
import { entriesOf, ordinary } from "@/testing/store_contract.ts";
import { openKvStore } from "./kv_store.ts";

/** `CHAOS_KILLS` sets how often (the long form: 20), `CHAOS_SEED` when. */
const KILLS = Number(Deno.env.get("CHAOS_KILLS") ?? 4);
const SEED = Number(Deno.env.get("CHAOS_SEED") ?? 1);
/** From the first acknowledged append to the kill, in milliseconds. */
const LONGEST_RUN_MS = 150;

Deno.test("a killed process loses nothing that it acknowledged", async () => {
  const folder = await Deno.makeTempDir();
  const { next } = createSeeded(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    const id = `s${kill >> 1}`; // every second one goes on where one was killed
    const afterMs = next() * LONGEST_RUN_MS;
    const told = await runAndKill([folder, id], afterMs);
    const snapshot = lastNumber(told, /^snapshot (\d+)$/);
    const acknowledged = lastNumber(told, /^(\d+)$/);
    ok(acknowledged > 0);

    const store = await openKvStore(folder);
    const head = await store.head(id);
    ok(head >= acknowledged, `${head} entries, ${acknowledged} acknowledged`);
    deepStrictEqual(await entriesOf(store, id), ordinary(1, head));
    await commentsEndAt(store, id, head);
    await snapshotIsWhole(store, id, snapshot);
    store.close();
  }
  await Deno.remove(folder, { recursive: true });
});

/** The lines it told before it died. */
async function runAndKill(args: string[], afterMs: number): Promise<string[]> {
  const writer =
    new URL("../testing/kv_kill_writer.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--config", "deno.test.json", writer, ...args],
    cwd: new URL("..", import.meta.url),
    stdout: "piped",
  }).spawn();
  let text = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    timer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
  }
  strictEqual((await child.status).signal, "SIGKILL");
  return text.split("\n").slice(0, -1); // the last one may be cut
}

function lastNumber(lines: string[], pattern: RegExp): number {
  const line = lines.findLast((each) => pattern.test(each));
  return Number(line?.match(pattern)?.[1] ?? 0);
}

/** Every kept entry has its comment, and no other has. */
async function commentsEndAt(
  store: Store,
  id: string,
  head: number,
): Promise<void> {
  let count = 0;
  for (let viewer = 0; viewer < 7; viewer++) {
    const rows = await store.comments(id, `v${viewer}`);
    ok(rows.every((row) => row.firstAt <= head));
    count += rows.length;
  }
  strictEqual(count, head);
}

async function snapshotIsWhole(store: Store, id: string, acknowledged: number) {
  const kept = await store.snapshot(id);
  if (!kept && acknowledged === 0) return;
  ok(kept && kept.seq >= acknowledged);
  strictEqual(kept.bytes.length, 1_000_000 + kept.seq);
  ok(kept.bytes.every((byte) => byte === kept.seq % 256));
}
