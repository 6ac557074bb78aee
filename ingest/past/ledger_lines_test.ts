import { deepStrictEqual as equal, ok, rejects } from "node:assert";
import { createHash } from "node:crypto";
import { boardHash } from "@/core/board.ts";
import { ImportError } from "@/core/desk.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import type { SessionInfo } from "@/core/ports.ts";
import { DEFAULT_RATES } from "@/core/rates.ts";
import { replay } from "@/core/evolve.ts";
import {
  ask,
  comment,
  gift,
  ledgerOf,
  like,
  play,
  T0,
} from "@/core/testing.ts";
import { FORMAT, ledgerLines, readLedgerLines } from "./ledger_lines.ts";

const NOW = T0 + 3_600_000;
const DAY_MS = 86_400_000;

const INFO: SessionInfo = {
  id: "s1",
  title: "",
  channel: "host",
  rehearsal: false,
  startedAt: T0,
  endedAt: null,
  deletedAt: null,
};

/** A short game. */
function game(): Entry[] {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("ann"), like("bob", 30)], T0 + 60_000));
  entries.push(...play(session, [gift("cid")], T0 + 120_000));
  return entries;
}

/** Lines with a right chain, whatever they say. */
async function* linked(
  entries: Entry[],
  session: Partial<SessionInfo> = {},
): AsyncGenerator<string> {
  const { deletedAt: _, ...info } = { ...INFO, ...session };
  const header = { format: FORMAT, session: info, rates: DEFAULT_RATES };
  const board = await boardHash(replay(entries));
  const end = { type: "end", seq: entries.length, board };
  let prev = "";
  for (const line of [header, ...entries, end]) {
    const text = JSON.stringify(prev ? { ...line, prev } : line);
    prev = createHash("sha256").update(text).digest("hex");
    yield text;
  }
}

const read = (lines: AsyncIterable<string>) =>
  readLedgerLines(lines, () => {}, NOW);

async function refused(lines: AsyncIterable<string>, message: RegExp) {
  await rejects(read(lines), (error) => {
    ok(error instanceof ImportError, String(error));
    ok(message.test(error.message), error.message);
    return true;
  });
}

/** The game, one entry of it changed. */
function changed(index: number, change: Partial<Entry>): Entry[] {
  return game().map((entry, i) =>
    i === index ? { ...entry, ...change } as Entry : entry
  );
}

Deno.test("an import whose time runs backwards is refused at that line", async () => {
  await refused(
    linked(changed(2, { at: NOW })),
    /^Cannot import: line 5: its time is before that of the line before/,
  );
  await refused(
    linked(changed(3, { at: T0 + 59_999 })),
    /^Cannot import: line 5: its time is before that of the line before/,
  );
});

Deno.test("an import from before TikTok LIVE or from a time to come is refused", async () => {
  for (const startedAt of [0, 9e15, NOW + 2 * DAY_MS]) {
    await refused(linked(game(), { startedAt }), /^Cannot import: line 1: /);
  }
  await refused(
    linked(changed(3, { at: NOW + 10 * DAY_MS })),
    /^Cannot import: line 5: it is from a time to come/,
  );
  const at = Date.UTC(1999, 11, 31);
  await refused(
    linked(changed(0, { at })),
    /^Cannot import: line 2: it is from before the year 2000/,
  );
  await refused(
    linked(game(), { startedAt: T0 - 3 * DAY_MS }),
    /^Cannot import: line 2: .* begins at another time than the header says/,
  );
});

Deno.test("an import begins once, with its start", async () => {
  const [start, ...rest] = game();
  const again = { ...start!, seq: 5, at: T0 + 120_000 } as Entry;
  await refused(
    linked([start!, ...rest, again]),
    /^Cannot import: line 6: a ledger starts once/,
  );
  const opened: Entry = { seq: 1, at: T0, type: "opened" };
  await refused(
    linked([opened]),
    /^Cannot import: line 2: a ledger begins with the start of its game/,
  );
});

Deno.test("an import that gives a viewer another's details is refused", async () => {
  const [start, given, ...rest] = game();
  ok(given?.type === "gifted" && given.viewer);
  const viewer = { ...given.viewer, id: "someone" };
  await refused(
    linked([start!, { ...given, viewer }, ...rest]),
    /^Cannot import: line 3: the details in it are another viewer's/,
  );
});

Deno.test("an import whose countdown would not end is refused", async () => {
  const closing: Entry = {
    seq: 5,
    at: T0 + 120_000,
    type: "closing",
    seconds: 5,
    countdownTo: T0 + 125_000,
    closesAt: 8e15,
  };
  await refused(
    linked([...game(), closing]),
    /^Cannot import: line 6: its countdown is longer than a day/,
  );
  const sane = { ...closing, closesAt: T0 + 125_000 };
  equal((await read(linked([...game(), sane]))).session.seq, 5);
});

Deno.test("an import of made-up events is a rehearsal, whatever its header says", async () => {
  const [start, ...rest] = game();
  const rehearsed = { ...start!, rehearsal: true } as Entry;
  const { info } = await read(linked([rehearsed, ...rest]));
  equal(info.rehearsal, true);
});

Deno.test("an import names the line of the file, empty ones counted too", async () => {
  async function* spaced() {
    for await (const line of linked(changed(3, { at: T0 }))) {
      yield line;
      yield "";
    }
  }
  await refused(spaced(), /^Cannot import: line 9: /);
  async function* empty() {
    for (let i = 0; i < 30_000_000; i++) yield "";
  }
  await refused(empty(), /^Cannot import: line 1001: .* empty lines/);
});

Deno.test("what is exported is imported, and the event loop turns meanwhile", async () => {
  const { session, entries } = ledgerOf();
  const events = Array.from(
    { length: 20_000 },
    (_, i) => like(`v${i % 99}`, 1),
  );
  entries.push(...play(session, events, T0 + 1_000));
  async function* packs() {
    yield entries;
  }
  const text = (await Array.fromAsync(
    ledgerLines(INFO, packs(), { least: 1, hasRounds: false }),
  )).join("");
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setTimeout(turn);
  };
  setTimeout(turn);
  async function* lines() {
    yield* text.trimEnd().split("\n");
  }
  const imported = await read(lines());
  isOver = true;
  equal(await boardHash(imported.session), await boardHash(session));
  ok(turns > 50, `the event loop turned ${turns} times`);
});

Deno.test("a ledger with rounds is of format 2, and comes back the same", async () => {
  const { session, entries } = ledgerOf();
  const add = (...made: ReturnType<typeof ask>[]) =>
    entries.push(...made.flatMap((each) => Array.isArray(each) ? each : []));
  const teams = ["red", "blue"].map((id, i) => ({
    ...{ id, name: id, colour: "#ff0000", words: [String(i + 1)], giftIds: [] },
  }));
  add(ask(session, { type: "setTeams", teams }));
  add(ask(session, { type: "startRound", seconds: 60, fromZero: true }));
  entries.push(...play(session, [comment("ann", "1"), like("ann", 20)]));
  add(ask(session, { type: "boost", times: 2, seconds: 10, of: "all" }));
  add(ask(session, { type: "selectWinner" }));
  async function* packs() {
    yield entries;
  }
  const { hasRounds } = session;
  const about = { least: entries.length, hasRounds };
  const text = (await Array.fromAsync(ledgerLines(INFO, packs(), about)))
    .join("");
  equal(JSON.parse(text.split("\n")[0]!).format, "tiktok-live-support/2");
  async function* given() {
    yield* text.trimEnd().split("\n");
  }
  const came: Entry[] = [];
  await readLedgerLines(given(), (entry) => void came.push(entry), NOW);
  equal(came, entries);
});

Deno.test("a format of a newer program is refused in words", async () => {
  async function* lines() {
    yield '{"format":"tiktok-live-support/3"}';
  }
  await refused(
    lines(),
    /line 1: .*live-support\/3" is none of .* newer program/,
  );
});
