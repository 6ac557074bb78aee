/**
 * What is looked at when an evening is over: the boards, the answers, what was
 * lost, and what came before a close.
 *
 * @module
 */
import type { OpenView } from "@/core/desk.ts";
import { replay } from "@/core/evolve.ts";
import type { EntryOf } from "@/core/shapes/entries.ts";
import { whyOf } from "@/core/why.ts";
import type { Written } from "./disk.ts";
import type { Evening } from "./evening.ts";
import type { Answered } from "./host.ts";
import { type Due, losses } from "./losses.ts";
import {
  boardOf,
  type Finding,
  type Game,
  reckon,
  type Said,
} from "./reckoning.ts";

/** How long a board may take to be read while all is well, in ms. */
const READ_MS = 3_000;
/** What a message may be off by where a countdown ends, in ms. */
const SHARP_MS = 1;

/** What the room said, and while what ran. */
export function saidIn({ room, timeline }: Evening): Map<string, Said> {
  const given = Map.groupBy(room.deliveries, ({ event }) => event.id);
  return new Map(room.said.map(({ event, at }) => {
    const ranThen = timeline.at(at);
    const isOfOne = (given.get(event.id) ?? []).every((delivery) =>
      timeline.at(delivery.at) === ranThen
    );
    return [event.id, { event, ranThen, isOfOne }];
  }));
}

/** Every board against the reckoning, and against its own ledger. */
export async function lookAtBoards(it: Evening) {
  const { games } = reckon(it.disk.history, saidIn(it));
  const leading = it.seats.filter(({ desk }) => desk && desk.token() > 0);
  if (leading.length > 1) it.find("leaders", `${leading.length} lead`);
  const desk = leading[0]?.desk;
  if (!desk) return it.find("hang", "nobody leads although all is well");
  for (const [id, game] of games) {
    let view: OpenView | null = null;
    void desk.view(id).then((found) => view = found, (error) => {
      it.find("threw", whyOf(error));
    });
    await it.world.run(READ_MS);
    if (view === null) it.find("board", `${id} cannot be read`);
    else lookAtBoard(it, { id, game, view });
  }
}

function lookAtBoard(
  it: Evening,
  { id, game, view }: { id: string; game: Game; view: OpenView },
) {
  const shown = view.board({ offset: 0, limit: 500 }).rows
    .map(({ viewerId, points }) => [viewerId, points] as const);
  const text = (rows: (readonly [string, number])[]) =>
    rows.map(([who, points]) => `${who}:${points}`).toSorted().join(" ");
  const [is, due] = [text(shown), text(boardOf(game))];
  if (is !== due) it.find("board", `${id} shows ${is}, not ${due}`);
  for (const [i, [who, points]] of shown.entries()) {
    if (points < (shown[i + 1]?.[1] ?? 0)) it.find("board", `${who} too high`);
  }
  for (const [who, { points, receipts }] of game.people) {
    if (points === receipts) continue;
    it.find("receipts", `${id}: ${who} has ${points}, receipts ${receipts}`);
  }
  const entries = it.disk.history.filter((one) => one.sessionId === id)
    .map(({ entry }) => entry);
  if (entries.some(({ seq }, i) => seq !== i + 1)) it.find("ledger", id);
  const again = replay(entries).order.slice(0, Infinity).map((one) =>
    [one.id, one.points] as const
  );
  if (again.join() !== shown.join()) it.find("replay", `${id}: another board`);
}

/** What was acknowledged is there, once, and a key has one answer. */
export function lookAtAnswers(it: Evening) {
  const first = new Map<string, string>();
  for (const { key, command, outcome } of it.host.answered) {
    const text = JSON.stringify(outcome);
    if ((first.get(key) ?? text) !== text) {
      it.find("answers", `${key} ${command.type} has two`);
    }
    first.set(key, text);
  }
  const effects = it.disk.history.map(({ entry }) =>
    entry.type === "started"
      ? entry.title
      : entry.type === "pointsAdjusted"
      ? entry.reason
      : null
  ).filter((key) => key !== null);
  for (const [key, times] of Map.groupBy(effects, (key) => key)) {
    if (times.length > 1) it.find("effects", `${key} has ${times.length}`);
  }
}

/** What was given to a process and stands in no ledger, or in a wrong place. */
export function lostIn(it: Evening): Finding[] {
  const { room, timeline, disk, killed } = it;
  const sentAt = new Map(room.said.map(({ event, at }) => [event.id, at]));
  const dues: Due[] = [];
  for (const delivery of room.deliveries) {
    const sent = sentAt.get(delivery.event.id)!;
    const ran = timeline.at(delivery.at);
    const isSure = ran !== null && ran !== "unsure" &&
      timeline.isSame(sent, delivery.at);
    const isDue = isSure ||
      timeline.somebodyRan(sent, delivery.at, delivery.by);
    if (!isDue) continue;
    // `losses` knows a delivery by itself.
    dues.push(Object.assign(delivery, { sessionId: isSure ? ran : null }));
  }
  // Of several processes, one that leads no more leaves an end unwritten.
  const isWhole = it.isShared()
    ? () => false
    : (by: Due["by"]) => !killed.has(by);
  return losses(disk.history, room.deliveries, dues, isWhole);
}

/** A countdown that came to its end in the process that began it. */
interface Countdown {
  of: Written & { entry: EntryOf<"closing"> };
  /** Its end was surely not before and not after, ms of the evening. */
  from: number;
  to: number;
  frozen: Written;
}

/** What came before a close counts, what came after it does not. */
export function lookAtCloses(it: Evening) {
  const countdowns = countdownsIn(it);
  if (countdowns.length === 0) return;
  const places = new Map<string, number>();
  for (const [index, { sessionId, entry }] of it.disk.history.entries()) {
    if ("id" in entry) places.set(`${sessionId} ${entry.id}`, index);
  }
  for (const { of, from, to, frozen } of countdowns) {
    const end = it.disk.history.indexOf(frozen);
    for (const { event, by, at } of it.room.deliveries) {
      const index = places.get(`${of.sessionId} ${event.id}`);
      if (index === undefined || by !== of.by || at < of.at) continue;
      const written = it.disk.history[index]!;
      if (written.by !== by) continue;
      const isFirst = it.room.deliveries.find((one) =>
        one.event.id === event.id
      )!.at === at;
      if (!isFirst) continue;
      if (at < from - SHARP_MS && index > end) {
        it.find("late", `${event.type} ${event.id} came before the close`);
      }
      if (at > to + SHARP_MS && index < end) {
        it.find("late", `${event.type} ${event.id} came after the close`);
      }
    }
  }
}

function countdownsIn(
  { disk: { history }, host, leases }: Evening,
): Countdown[] {
  return host.answered.flatMap((answered) => {
    const of = beginOf(history, answered);
    if (!of || answered.asked.length !== 1) return [];
    const frozen = history.find(({ sessionId, entry }) =>
      sessionId === of.sessionId && entry.seq > of.entry.seq &&
      ENDS_COUNTDOWN.has(entry.type)
    );
    if (frozen?.entry.type !== "frozen" || frozen.by !== of.by) return [];
    // Whoever takes it over reckons its end by a clock of their own.
    if (leases.taken.some((at) => at > of.at && at < frozen.at)) return [];
    const ms = of.entry.closesAt - of.entry.at;
    const { at } = answered.asked[0]!;
    return [{ of, from: at + ms, to: of.at + ms, frozen }];
  });
}

const ENDS_COUNTDOWN = new Set([
  ...["frozen", "freezeCancelled", "opened", "ended", "continued", "closing"],
  ...["winnerSelected", "undone", "redone"],
]);

function beginOf(
  history: Written[],
  { outcome }: Answered,
): Countdown["of"] | undefined {
  if (!outcome.ok || outcome.entry?.type !== "closing") return undefined;
  const text = JSON.stringify(outcome.entry);
  return history.find(({ entry }) => JSON.stringify(entry) === text) as
    | Countdown["of"]
    | undefined;
}
