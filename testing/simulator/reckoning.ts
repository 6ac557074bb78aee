/**
 * An independent reckoning of an evening. Of the ledgers it takes the order and
 * what the host did; what viewers did, and what that is worth, it takes from
 * what the room has said. Of `core/` it has types, and the rates to begin with.
 *
 * @module
 */
import type { Entry, EntryOf } from "@/core/shapes/entries.ts";
import type { LiveEvent, LiveEventOf } from "@/core/shapes/events.ts";
import type { Rates } from "@/core/shapes/rates.ts";
import type { Written } from "./disk.ts";
import { Fields, type Phase } from "./fields.ts";

/** Something that must not be. */
export interface Finding {
  /** Its kind, in a word. */
  kind: string;
  words: string;
}

/** What a viewer has, reckoned. */
interface Person {
  points: number;
  /** A fraction of a point that is carried: n / d. */
  carry: [n: bigint, d: bigint];
  isFollower: boolean;
  texts: Set<string>;
  /** What has brought points, and does so once: a follow, a share. */
  did: Set<string>;
  /** Points by the receipts alone. */
  receipts: number;
}

/** A session, reckoned. */
export interface Game {
  people: Map<string, Person>;
  fields: Fields;
  /** What the host did, by seq. */
  facts: Map<number, Entry>;
  ids: Set<string>;
  /** Largest total by combo. */
  combos: Map<string, number>;
}

/** A message that became an entry. */
type MessageEntry = EntryOf<
  "liked" | "gifted" | "commented" | "followed" | "shared"
>;

/** What was said in the room, and while what ran. */
export interface Said {
  event: LiveEvent;
  /** The session that surely ran then, null where surely none did. */
  ranThen: string | null | "unsure";
  /** Whether that session ran whenever it was brought, too. */
  isOfOne: boolean;
}

/** Reckons all that was written, in the order in which it was. */
export function reckon(history: Written[], said: Map<string, Said>) {
  const games = new Map<string, Game>();
  const findings: Finding[] = [];
  const combos = combosOf(said);
  const find = (kind: string, words: string) => findings.push({ kind, words });
  for (const { sessionId, entry } of history) {
    const place = `${sessionId.slice(-4)}#${entry.seq}`;
    const game = games.get(sessionId);
    if (entry.type === "started") games.set(sessionId, newGame(entry.rates));
    else if (!game) find("ledger", `${place} begins with ${entry.type}`);
    else step(game, entry, place);
  }
  eachInOne();
  unitsAtMost();
  return { games, findings };

  function step(game: Game, entry: Entry, place: string) {
    if ("points" in entry && "viewerId" in entry && entry.viewerId) {
      personOf(game, entry.viewerId).receipts += entry.points ?? 0;
    }
    if (isMessage(entry)) return message(game, entry, place);
    host(game, entry, place);
  }

  /** What the host did, and what the program did by itself. */
  function host(game: Game, entry: Entry, place: string) {
    const problem = wrongIn(game, entry);
    if (problem) find(problem.kind, `${place}: ${problem.words}`);
    if (entry.type === "undone") game.fields.leaveOut(entry.of);
    else if (entry.type === "redone") game.fields.takeIn(entry.of);
    else game.facts.set(entry.seq, entry);
    if ("viewerId" in entry && "points" in entry && entry.viewerId) {
      const person = personOf(game, entry.viewerId);
      person.points += entry.points ?? 0;
      if (person.points < 0) find("below", `${place}: ${person.points}`);
    }
    for (const [field, value] of setBy(game, entry)) {
      game.fields.set(field, entry.seq, value);
    }
  }

  function message(game: Game, entry: MessageEntry, place: string) {
    const event = said.get(entry.id)?.event;
    if (!event || !("viewer" in event)) {
      return find("ledger", `${place}: nobody sent ${entry.id}`);
    }
    if (game.ids.has(entry.id)) find("twice", `${place}: ${entry.id} again`);
    game.ids.add(entry.id);
    const person = personOf(game, event.viewer.id);
    person.isFollower ||= event.viewer.follower || event.type === "follow";
    const { phase } = game.fields.phase();
    const earns = (phase === "open" || phase === "closing") &&
      !isAside(game, event.viewer.id);
    const [least, most] = worth(game, person, event, earns);
    if (entry.points < least || entry.points > most) {
      find(
        "points",
        `${place}: ${event.type} ${event.id} gives ${entry.points}, not ${least} to ${most}`,
      );
    }
    person.points += entry.points;
  }

  /** The least and the most that a message may bring. */
  function worth(
    game: Game,
    person: Person,
    event: LiveEvent,
    earns: boolean,
  ): [number, number] {
    const exactly = (points: number): [number, number] =>
      earns ? [points, points] : [0, 0];
    const rates = game.fields.rates();
    switch (event.type) {
      case "like":
        return earns ? exactly(likes(person, event.count, rates)) : [0, 0];
      case "gift": {
        const [least, most] = units(game, event);
        const each = earns
          ? event.diamonds * timesOf(event.diamonds, rates)
          : 0;
        return [least * each, most * each];
      }
      case "comment": {
        const text = event.text.normalize("NFC").replace(/\s+/gu, " ").trim();
        const isNew = !person.texts.has(text);
        person.texts.add(text);
        return exactly(isNew ? rates.comment : 0);
      }
      case "follow":
      case "share": {
        const points = person.did.has(event.type) ? 0 : rates[event.type];
        if (earns && points > 0) person.did.add(event.type);
        return exactly(points);
      }
      default:
        return [0, 0];
    }
  }

  /** By how much a gift may have grown: one number where all of it ran here. */
  function units(game: Game, event: LiveEventOf<"gift">): [number, number] {
    if (!event.combo) return [event.repeatCount, event.repeatCount];
    const key = comboOf(event);
    const here = game.combos.get(key) ?? 0;
    game.combos.set(key, Math.max(here, event.repeatCount));
    const most = Math.max(0, event.repeatCount - here);
    const isOfOne = combos.get(key)!.every((one, _, [first]) =>
      one.isOfOne && one.ranThen !== null && one.ranThen !== "unsure" &&
      one.ranThen === first!.ranThen
    );
    return [isOfOne ? most : 0, most];
  }

  /** No message is in two sessions. */
  function eachInOne() {
    const where = new Map<string, string>();
    for (const { sessionId, entry } of history) {
      if (!isMessage(entry)) continue;
      const other = where.get(entry.id);
      if (other !== undefined && other !== sessionId) {
        find("across", `${entry.id} is in two sessions`);
      }
      where.set(entry.id, sessionId);
      const ran = said.get(entry.id)?.ranThen;
      if (ran === "unsure" || ran === undefined || ran === sessionId) continue;
      find(
        "across",
        `${entry.type} ${entry.id} was sent while ${
          ran === null ? "no session" : "another"
        } ran`,
      );
    }
  }

  /** All sessions together count no more units than a combo has. */
  function unitsAtMost() {
    const counted = new Map<string, number>();
    for (const { entry } of history) {
      if (entry.type !== "gifted" || !entry.combo) continue;
      const key = comboOf(said.get(entry.id)!.event as LiveEventOf<"gift">);
      counted.set(key, (counted.get(key) ?? 0) + entry.units);
    }
    for (const [key, units] of counted) {
      const total = Math.max(
        ...combos.get(key)!.map(({ event }) =>
          (event as LiveEventOf<"gift">).repeatCount
        ),
      );
      if (units > total) find("across", `${key}: ${units} units of ${total}`);
    }
  }
}

/** The points of those who stand on a board, by viewer. */
export function boardOf(game: Game): [viewerId: string, points: number][] {
  return [...game.people].filter(([id, { points }]) =>
    points > 0 && !isAside(game, id)
  ).map(([id, { points }]) => [id, points]);
}

/** Who earns nothing, and is on no board. */
function isAside({ fields }: Game, id: string): boolean {
  return fields.is("out", id) || fields.is("blocked", id);
}

/** What is wrong with something the host or the program did; null for nothing. */
function wrongIn(game: Game, entry: Entry): Finding | null {
  const { phase } = game.fields.phase();
  const wrong = (kind: string, words: string): Finding => ({ kind, words });
  switch (entry.type) {
    case "frozen":
      return phase === "closing" ? null : wrong("phase", `out of ${phase}`);
    case "winnerSelected": {
      const { points } = personOf(game, entry.viewerId);
      const best = Math.max(...boardOf(game).map(([, points]) => points));
      if (entry.rank === 1 && points !== best) {
        return wrong("winner", `the first has ${points}, not ${best}`);
      }
      if (entry.points === -points) return null;
      return wrong("winner", `${entry.points} of ${points}`);
    }
    case "winTakenBack":
    case "undone":
    case "redone": {
      const gave = pointsOf(game.facts.get(entry.of));
      const due = entry.type === "redone" ? gave : -gave;
      if ((entry.points ?? 0) === due) return null;
      return wrong("undo", `${entry.points} of ${gave} points, ${entry.type}`);
    }
    default:
      return null;
  }
}

function pointsOf(entry: Entry | undefined): number {
  return entry && "points" in entry ? entry.points ?? 0 : 0;
}

/** What an entry sets. */
function setBy(
  { fields }: Game,
  entry: Entry,
): [field: string, value: unknown][] {
  const phase = (now: Phase["phase"], closesAt?: number) =>
    ["phase", { phase: now, closesAt, was: fields.phase().phase }] as [
      string,
      Phase,
    ];
  switch (entry.type) {
    case "closing":
      return [phase("closing", entry.closesAt)];
    case "frozen":
      return [phase("frozen")];
    case "opened":
    case "freezeCancelled":
      return [phase("open")];
    case "ended":
      return [phase("ended")];
    case "continued": {
      const { phase: now, was } = fields.phase();
      if (now !== "ended") return [];
      return [phase(was === "closing" ? "frozen" : was)];
    }
    case "undone": {
      const { phase: now, closesAt } = fields.phase();
      const isOver = now === "closing" && closesAt! <= entry.at;
      return isOver ? [phase("frozen")] : [];
    }
    case "ratesSet":
      return [["rates", entry.rates]];
    case "winnerSelected":
      return entry.satOut
        ? [phase("frozen"), [`out ${entry.viewerId}`, true]]
        : [phase("frozen")];
    case "winTakenBack":
      return entry.comesBack ? [[`out ${entry.viewerId}`, false]] : [];
    case "satOut":
    case "cameBack":
      return [[`out ${entry.viewerId}`, entry.type === "satOut"]];
    case "viewerBlocked":
    case "viewerUnblocked":
      return [[`blocked ${entry.viewerId}`, entry.type === "viewerBlocked"]];
    default:
      return [];
  }
}

function isMessage(entry: Entry): entry is MessageEntry & { seq: number } {
  return "id" in entry && "viewerId" in entry;
}

function newGame(rates: Rates): Game {
  return {
    people: new Map(),
    fields: new Fields(rates),
    facts: new Map(),
    ids: new Set(),
    combos: new Map(),
  };
}

function personOf({ people }: Game, id: string): Person {
  const found = people.get(id);
  if (found) return found;
  const person: Person = {
    points: 0,
    carry: [0n, 1n],
    isFollower: false,
    texts: new Set(),
    did: new Set(),
    receipts: 0,
  };
  people.set(id, person);
  return person;
}

/** Whole points of likes; the rest is carried as a fraction. */
function likes(person: Person, count: number, rates: Rates): number {
  const { follower, other } = rates.likes;
  const rate = BigInt(person.isFollower ? follower : other);
  const [n, d] = person.carry;
  const [sum, of] = [n * rate + BigInt(count) * d, d * rate];
  const rest = sum % of;
  const divisor = gcd(rest, of);
  person.carry = [rest / divisor, of / divisor];
  return Number(sum / of);
}

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b];
  return a || 1n;
}

function timesOf(diamonds: number, { gifts }: Rates): number {
  return gifts.find(({ upTo }) => upTo === null || diamonds <= upTo)!.times;
}

/** What tells a combo from others. */
export function comboOf(gift: LiveEventOf<"gift">): string {
  return `${gift.viewer.id}/${gift.giftId}/${gift.groupId}`;
}

function combosOf(said: Map<string, Said>): Map<string, Said[]> {
  const combos = new Map<string, Said[]>();
  for (const one of said.values()) {
    if (one.event.type !== "gift" || !one.event.combo) continue;
    const key = comboOf(one.event);
    combos.set(key, [...combos.get(key) ?? [], one]);
  }
  return combos;
}
