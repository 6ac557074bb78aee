/**
 * Events and sessions for tests: short to write, and true to the schemas.
 *
 * @module
 */
import type { GameCommand } from "./shapes/commands.ts";
import type { Refusal } from "./refusals.ts";
import { decide } from "./decide.ts";
import type { Entry } from "./shapes/entries.ts";
import type { LiveEvent, LiveEventOf, Viewer } from "./shapes/events.ts";
import { DEFAULT_RATES } from "./rates.ts";
import type { Rates } from "./shapes/rates.ts";
import { advance } from "./advance.ts";
import { recordDue } from "./due.ts";
import { record } from "./evolve.ts";
import { receiptsFor } from "./receipts.ts";
import { emptySession } from "./session.ts";
import type { Session } from "./session.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import type { Settings } from "./shapes/settings.ts";

/** When test sessions start, Unix ms. */
export const T0 = 1_760_000_000_000;

let lastId = 7_000_000_000_000_000_000n;
/** A message id no other test event has. */
export function nextId(): string {
  return String(++lastId);
}

/** A viewer whose id, handle and nickname are the same word. */
export function viewer(id: string, more: Partial<Viewer> = {}): Viewer {
  const nickname = id;
  return {
    id,
    handle: id,
    nickname,
    avatarUrl: null,
    follower: false,
    ...more,
  };
}

type Extra<T extends LiveEvent["type"]> =
  & Partial<Omit<LiveEventOf<T>, "type" | "viewer">>
  & Partial<Viewer>;

function message(id: string, more: Partial<Viewer> & { at?: number }) {
  const { id: messageId, at = T0, ...who } = more;
  const { follower, nickname, avatarUrl, handle } = who;
  const details = Object.fromEntries(
    Object.entries({ follower, nickname, avatarUrl, handle })
      .filter(([, value]) => value !== undefined),
  );
  return { id: messageId ?? nextId(), at, viewer: viewer(id, details) };
}

/** Likes of a viewer. */
export function like(who: string, count: number, more: Extra<"like"> = {}) {
  return { type: "like", ...message(who, more), count } satisfies LiveEvent;
}

/** A gift message of a viewer; a Rose combo unless said otherwise. */
export function gift(who: string, more: Extra<"gift"> = {}) {
  return {
    type: "gift",
    ...message(who, more),
    giftId: more.giftId ?? "5655",
    giftName: more.giftName ?? "Rose",
    diamonds: more.diamonds ?? 1,
    repeatCount: more.repeatCount ?? 1,
    combo: more.combo ?? true,
    groupId: more.groupId ?? "1",
    ...(more.end && { end: more.end }),
    ...(more.to && { to: more.to }),
  } satisfies LiveEvent;
}

/** A comment of a viewer. */
export function comment(
  who: string,
  text: string,
  more: Extra<"comment"> = {},
) {
  return { type: "comment", ...message(who, more), text } satisfies LiveEvent;
}

/** A follow of a viewer. */
export function follow(who: string) {
  return { type: "follow", ...message(who, {}) } satisfies LiveEvent;
}

/** A share of a viewer. */
export function share(who: string) {
  return { type: "share", ...message(who, {}) } satisfies LiveEvent;
}

/** A session that has just started. */
export function started(rates: Rates = DEFAULT_RATES): Session {
  return ledgerOf(rates).session;
}

/** A session that has just started, and a place to gather its entries. */
export function ledgerOf(
  rates: Rates = DEFAULT_RATES,
): { session: Session; entries: Entry[] } {
  const session = emptySession();
  const first = record(session, {
    type: "started",
    sessionId: "s1",
    title: "",
    channel: "host",
    rates,
  }, T0);
  return { session, entries: [first] };
}

/** Takes events in, all arriving at `at`. */
export function play(session: Session, events: LiveEvent[], at = T0): Entry[] {
  return advance(session, events.map((event) => ({ at, event })));
}

/** Lets the host ask; the entry, or the refusal. */
export function ask(
  session: Session,
  command: GameCommand,
  given: { now?: number; settings?: Partial<Settings>; seed?: number } = {},
): Entry[] | Refusal {
  const now = given.now ?? T0;
  const before = recordDue(session, now);
  const fact = decide(session, command, {
    now,
    settings: { ...DEFAULT_SETTINGS, ...given.settings },
    secretOf: (draw) => `secret ${given.seed ?? 0} ${draw}`,
  });
  if ("ok" in fact) return fact;
  const entry = record(session, fact, now);
  return [...before, entry, ...recordDue(session, now)];
}

/** Points by viewer id, of everyone on the board, in order. */
export function board(session: Session): [string, number][] {
  return session.order.slice(0, Infinity).map((t) => [t.id, t.points]);
}

/** What a viewer's receipts come to. */
export function receiptSum(entries: Entry[], viewerId: string): number {
  const take = receiptsFor(viewerId);
  return entries.reduce((sum, entry) => sum + (take(entry)?.points ?? 0), 0);
}
