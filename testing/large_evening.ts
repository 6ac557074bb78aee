/**
 * A large evening in a store, as if a program had run it and died: for tests
 * and benches of who goes on with it.
 *
 * @module
 */
import { crowd, ordinaryEvents } from "@/testing/bench/events.ts";
import type { Store } from "@/core/ports.ts";
import { advance } from "@/core/advance.ts";
import { emptySession } from "@/core/session.ts";
import type { Session } from "@/core/session.ts";
import { standingOf } from "@/core/tallies.ts";
import { begin } from "./live_board.ts";

/** Entries of one commit. */
const BATCH = 2_000;

/** How large it is. */
interface EveningSize {
  /** Each of them on the board. */
  viewers: number;
  /** Events beyond the first gift of each. */
  events: number;
}

/** Writes it, as what runs on `channel`; the session as it stands then. */
export async function writeEvening(
  store: Store,
  channel: string,
  { viewers, events }: EveningSize,
  id = "evening",
): Promise<Session> {
  const at = Date.now() - 3_600_000;
  const people = crowd(viewers);
  const session = emptySession();
  session.touched = new Map();
  const rest = { sessionId: id, writer: "evening", answers: [] };
  const line = { id, title: "", channel, rehearsal: false, startedAt: at };
  const info = { ...line, endedAt: null, deletedAt: null };
  const first = begin(session, id, at);
  const begun = { ...rest, after: 0, entries: [first], comments: [], info };
  await store.append({ ...begun, standings: [] });
  const arrivals = [
    ...people.map((viewer, i) => firstGift(viewer, at, i)),
    ...ordinaryEvents(events, people, at + 1_000),
  ].map((event) => ({ at: event.at, event }));
  for (let i = 0; i < arrivals.length; i += BATCH) {
    const after = session.seq;
    const entries = advance(session, arrivals.slice(i, i + BATCH));
    const comments = Array.from(session.changed, ([row, seq]) => ({
      seq,
      row: { ...row },
    }));
    const standings = Array.from(
      session.touched,
      ([tally, isNew]) => standingOf(tally, isNew),
    );
    session.changed.clear();
    session.touched.clear();
    await store.append({ ...rest, after, entries, comments, standings });
  }
  const running = { sessionId: id, channel, roomId: null };
  await store.putDocument("running", running);
  return session;
}

function firstGift(
  viewer: ReturnType<typeof crowd>[number],
  at: number,
  i: number,
) {
  return {
    ...{
      type: "gift" as const,
      id: String(10n ** 18n + BigInt(i)),
      at,
      viewer,
    },
    ...{ giftId: "5655", giftName: "Rose", diamonds: 1 + (i * 7_919) % 4_000 },
    ...{ repeatCount: 1, combo: false, groupId: "0" },
  };
}
