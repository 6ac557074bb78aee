/**
 * From a round's zero to the frame that says so, as it is sent to a browser:
 * durable first, fifty rounds, ten sessions beside each other whose zeros do not
 * fall together.
 *
 * @example
 * ```sh
 * deno run -A testing/bench/zero_bench.ts
 * ```
 *
 * @module
 */
import { createListeners } from "@/core/listeners.ts";
import type { Frame } from "@/core/frame.ts";
import type { Store } from "@/core/ports.ts";
import { emptySession } from "@/core/session.ts";
import { DEFAULT_SETTINGS } from "@/core/settings.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openWriter } from "@/ingest/desk/writer.ts";
import { openHub } from "@/outputs/sse.ts";
import { openKvStore } from "@/stores/kv_store.ts";
import { begin } from "@/testing/live_board.ts";

const ROUNDS = 50;
const SESSIONS = 10;

/** Runs the bench and prints its figures. */
export async function run(): Promise<void> {
  const folder = await Deno.makeTempDir();
  const store = await openKvStore(folder);
  const waits = (await Promise.all(
    Array.from({ length: SESSIONS }, (_, n) => roundsOf(store, n)),
  )).flat().sort((a, b) => a - b);
  const [median, most] = [waits[ROUNDS >> 1]!, waits.at(-1)!];
  console.log(
    `\nZero to the frozen frame, sent: ${median.toFixed(1)} ms in the median, ${
      most.toFixed(1)
    } at most (${waits.length} rounds; aim: 50 in the median)`,
  );
  await store.close();
  await Deno.remove(folder, { recursive: true });
}

/** Plays rounds of a second in a session; ms from each zero. */
async function roundsOf(store: Store, n: number): Promise<number[]> {
  await new Promise((go) => setTimeout(go, n * 1_000 / SESSIONS));
  const { writer, hub } = await open(store, `bench-${n}`);
  const stream = hub.open({ rows: 5, holders: [null] });
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const waits: number[] = [];
  for (let i = 0; i < ROUNDS / SESSIONS; i++) {
    await writer.submit({ type: "startRound", seconds: 10 });
    await writer.submit({ type: "setClock", seconds: 1 });
    const { round } = writer.frame();
    const zero = systemClock.elapsed() + round!.endsAt! - writer.now();
    const isIt = `"number":${round!.number},`;
    for (let text = "";;) {
      text += (await reader.read()).value;
      if (text.includes('"phase":"frozen"') && text.includes(isIt)) break;
    }
    waits.push(systemClock.elapsed() - zero);
  }
  hub.close();
  await writer.close();
  return waits;
}

async function open(log: Store, id: string) {
  const session = emptySession();
  const startedAt = Date.now();
  const entries = [begin(session, id, startedAt)];
  const first = { sessionId: id, writer: id, after: 0, entries };
  await log.append({ ...first, comments: [], answers: [] });
  const frames = createListeners<[frame: Frame]>();
  const writer = openWriter({
    ...{ session, log, name: id, clock: systemClock },
    settings: () => DEFAULT_SETTINGS,
    secretOf: String,
    info: () => ({
      ...{ id, title: "", channel: "bench", rehearsal: true, startedAt },
      ...{ endedAt: null, deletedAt: null },
    }),
    onCommit: (_entries, frame) => frame && frames.tell(frame),
    onTrouble: (reason) => reason && console.log(reason),
    onStop: (error) => console.log(error.message),
  });
  const hub = openHub({
    ...{ frame: writer.frame, watch: frames.watch, clock: systemClock },
    now: writer.now,
  });
  return { writer, hub };
}

if (import.meta.main) await run();
