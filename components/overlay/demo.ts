/**
 * A made-up game that plays in the page alone (`?demo`), so that a host can
 * choose a theme and a place before going live. It speaks like a stream.
 *
 * @module
 */
import { type Frame, idleFrame, type Row } from "@/core/frame.ts";
import type { StreamEvents } from "@/components/stream/stream.ts";

const STEP_MS = 200;
/** One evening in short: the race, the countdown, the close, the winner. */
const OPEN_MS = 20_000;
const COUNTDOWN_MS = 5000;
const CLOSED_MS = 3500;
const WINNER_MS = 11_000;
const EVENING_MS = OPEN_MS + COUNTDOWN_MS + CLOSED_MS + WINNER_MS;

/** Players of a made-up game. */
export const NAMES = [
  "น้องเมย์",
  "Som Tam",
  "พี่ต้นกล้า",
  "Mint 🌿",
  "ยายแก้ว",
  "Jay P.",
  "ข้าวเหนียว",
  "สายฟ้า",
  "Bam Bam",
  "อุ้ม",
  "Nong Ploy",
  "หมูกรอบ",
];
/** What one of them would like to know. */
export const QUESTION = "พี่ร้องเพลงโปรดให้ฟังหน่อยได้ไหมคะ";

/** Plays evenings, one after the other, until told to stop. */
export function openDemo(events: StreamEvents): () => void {
  const points = playersOf();
  let startedAt = performance.now();
  let seq = 0;

  const step = () => {
    const now = performance.now();
    if (now - startedAt >= EVENING_MS) startedAt = now;
    const elapsed = now - startedAt;
    if (elapsed < OPEN_MS + COUNTDOWN_MS) play(points);
    events.onFrame(
      frameAt(elapsed, startedAt, rowsOf(points, NAMES.length), ++seq),
    );
  };
  step();
  const timer = setInterval(step, STEP_MS);
  return () => clearInterval(timer);
}

/** Points to begin with. */
export function playersOf(): number[] {
  return NAMES.map((_, index) => 900 - index * 61);
}

/** A few likes, sometimes a gift, and more luck for those behind. */
function play(points: number[]) {
  const most = Math.max(...points);
  for (let index = 0; index < points.length; index++) {
    const behind = 1 - (points[index] ?? 0) / most;
    if (Math.random() < 0.2) {
      points[index]! += 1 + Math.round(Math.random() * 2);
    }
    if (Math.random() < 0.006 + behind * 0.03) {
      points[index]! += 5 * Math.ceil(Math.random() * 30);
    }
  }
}

/** The board of these points. */
export function rowsOf(points: number[], size: number): Row[] {
  return NAMES
    .map((nickname, index) => ({ nickname, index, points: points[index] ?? 0 }))
    .sort((a, b) => b.points - a.points)
    .slice(0, size)
    .map(({ nickname, index, points }, at) => ({
      rank: at + 1,
      viewerId: `demo-${index}`,
      handle: `demo${index}`,
      nickname,
      avatarUrl: null,
      points,
      follower: index % 2 === 0,
      team: null,
      wins: 0,
    }));
}

function frameAt(
  elapsed: number,
  startedAt: number,
  rows: Row[],
  seq: number,
): Frame {
  const closesAt = startedAt + OPEN_MS + COUNTDOWN_MS;
  const closing = elapsed >= OPEN_MS && elapsed < OPEN_MS + COUNTDOWN_MS;
  const onStage = elapsed >= OPEN_MS + COUNTDOWN_MS + CLOSED_MS;
  const winner = rows[0];
  return {
    ...idleFrame(0),
    seq,
    session: { id: "demo", title: "", channel: "demo" },
    phase: closing ? "closing" : elapsed < OPEN_MS ? "open" : "frozen",
    closesAt: closing ? closesAt : null,
    countdownTo: closing ? closesAt : null,
    now: startedAt + elapsed,
    viewers: NAMES.length,
    rows: onStage
      ? rows.slice(1).map((r) => ({ ...r, rank: r.rank - 1 }))
      : rows,
    stage: onStage && winner
      ? { ...winner, kind: "winner", comment: QUESTION }
      : null,
  };
}
