/**
 * Evenings for whoever checks exports: a seed plays one with all that moves
 * points in it, and changes its file by chance.
 *
 * @module
 */
import { commitmentTo } from "@/core/draws.ts";
import { recordDue } from "@/core/due.ts";
import type { SessionInfo } from "@/core/ports.ts";
import type { Session } from "@/core/session.ts";
import type { Entry } from "@/core/shapes/entries.ts";
import { createSeeded, type Seeded } from "@/core/seeded.ts";
import type { GameCommand } from "@/core/shapes/commands.ts";
import type { LiveEvent } from "@/core/shapes/events.ts";
import {
  ask,
  comment,
  follow,
  gift,
  ledgerOf,
  like,
  play,
  T0,
} from "@/core/testing.ts";
import { ledgerLines, receiptsFrom } from "@/ingest/past/ledger_lines.ts";

const INFO: SessionInfo = {
  ...{ id: "s1", title: "เกมคืนนี้", channel: "host", rehearsal: false },
  ...{ startedAt: T0, endedAt: null, deletedAt: null },
};
const TEAMS = ["red", "blue"].map((id, i) => ({
  ...{ id, name: id, colour: "#ff0000", words: [String(i + 1)], giftIds: [] },
}));
const VIEWERS = 9;
const TURNS = 150;
const HOST: GameCommand[] = [
  { type: "freeze", seconds: 0 },
  { type: "open" },
  { type: "selectWinner", comment: "random" },
  { type: "selectWinner" },
  { type: "undo" },
  { type: "redo" },
  { type: "pause" },
  { type: "resume" },
  { type: "countLate" },
  { type: "startRound", fromZero: true, by: "viewer" },
  { type: "startRound", fromZero: false, by: "viewer" },
  { type: "setTeams", teams: TEAMS },
  { type: "boost", times: 3, seconds: 20, of: "all" },
];

/** An evening: its export as text, and a viewer's file. */
export interface Certified {
  text: string;
  receipts(viewerId: string): Promise<string>;
  viewers: string[];
}

/** An export of entries, in the words of the program. */
export async function exported(
  session: Session,
  entries: Entry[],
): Promise<string> {
  const about = { least: entries.length, hasRounds: session.hasRounds };
  const lines = ledgerLines(INFO, packsOf(entries), about);
  return (await Array.fromAsync(lines)).join("");
}

async function* packsOf(entries: Entry[]): AsyncGenerator<Entry[]> {
  yield await Promise.resolve(entries);
}

/** Plays the evening of a seed. */
export async function certifiedEvening(
  seed: number,
  turns = TURNS,
): Promise<Certified> {
  const seeded = createSeeded(seed);
  const { session, entries } = ledgerOf();
  const first = { ...entries[0]!, draw: commitmentTo("secret 0 0") };
  entries[0] = first as typeof entries[0];
  session.draw = { ...session.draw, hash: first.draw, count: 1 };
  for (let i = 0; i < turns; i++) {
    const now = T0 + i * 1_000;
    entries.push(...recordDue(session, now));
    const made = seeded.next() < 0.7
      ? play(session, crowd(seeded, i), now)
      : ask(session, hostStep(seeded), { now });
    if (Array.isArray(made)) entries.push(...made);
  }
  const about = { least: entries.length, hasRounds: session.hasRounds };
  const text = await exported(session, entries);
  return {
    text,
    viewers: [...session.tallies.keys()],
    async receipts(viewerId) {
      const file = await receiptsFrom(
        ...[viewerId, INFO, packsOf(entries), about] as const,
      );
      return JSON.stringify(file) + "\n";
    },
  };
}

function crowd(seeded: Seeded, turn: number): LiveEvent[] {
  const who = () => `v${seeded.between(1, VIEWERS)}`;
  const kinds = [
    () => like(who(), seeded.between(1, 40)),
    () => gift(who(), { repeatCount: seeded.between(1, 9), combo: false }),
    () => comment(who(), `สวัสดี "${turn % 23}" 👑`),
    () => comment(who(), seeded.pick(["1", "2"])),
    () => follow(who()),
  ];
  return Array.from({ length: seeded.between(1, 4) }, () => {
    return seeded.pick<() => LiveEvent>(kinds)();
  });
}

function hostStep(seeded: Seeded): GameCommand {
  const viewerId = `v${seeded.between(1, VIEWERS)}`;
  return seeded.pick<GameCommand>([
    ...HOST,
    ...HOST,
    { type: "adjustPoints", viewerId, points: 7, reason: "ดี" },
    { type: "sitOut", viewerId },
    { type: "comeBack", viewerId },
    { type: "blockViewer", viewerId },
    { type: "unblockViewer", viewerId },
    { type: "countLate", viewerId },
  ]);
}

/** A file that was changed, and which line is to be named for it. */
export interface Mutated {
  kind: "character" | "gone" | "swapped" | "doubled" | "cut";
  text: string;
  line: number;
}

/** Changes a file in one way by chance. */
export function mutate(text: string, seeded: Seeded): Mutated {
  const lines = text.trimEnd().split("\n");
  const at = seeded.between(0, lines.length - 1);
  const kind = seeded.pick<Mutated["kind"]>(
    ["character", "gone", "swapped", "doubled", "cut"],
  );
  switch (kind) {
    case "character":
      lines[at] = otherCharacter(lines[at]!, seeded);
      return { kind, text: joined(lines), line: at + 1 };
    case "gone": {
      const isLast = at === lines.length - 1;
      lines.splice(at, 1);
      return { kind, text: joined(lines), line: isLast ? at : at + 1 };
    }
    case "swapped": {
      const with_ = at === lines.length - 1 ? at - 1 : at + 1;
      [lines[at], lines[with_]] = [lines[with_]!, lines[at]!];
      return { kind, text: joined(lines), line: Math.min(at, with_) + 1 };
    }
    case "doubled":
      lines.splice(at, 0, lines[at]!);
      return { kind, text: joined(lines), line: at + 2 };
    case "cut": {
      const cut = text.slice(0, seeded.between(1, text.length - 2));
      return { kind, text: cut, line: cut.trimEnd().split("\n").length };
    }
  }
}

function otherCharacter(line: string, seeded: Seeded): string {
  const all = [...line];
  const at = seeded.between(0, all.length - 1);
  const others = [...'0123456789abcdefxyz"{}[],:ก ']
    .filter((other) => other !== all[at]);
  all[at] = seeded.pick(others);
  return all.join("");
}

function joined(lines: string[]): string {
  return lines.join("\n") + "\n";
}

/** Lets the checker of the documents look at one file after the other. */
const EACH = `
import runpy, sys
main = runpy.run_path(sys.argv[1])["main"]
sys.exit(max([main(path) for path in sys.argv[2:]]))
`;

/**
 * What the checker of the documents says of files: the line that is wrong, 0
 * for what is true.
 */
export async function checkByPython(...texts: string[]): Promise<number[]> {
  const folder = await Deno.makeTempDir();
  try {
    const files = texts.map((_, i) => `${folder}/${i}.jsonl`);
    for (const [i, file] of files.entries()) {
      await Deno.writeTextFile(file, texts[i]!);
    }
    const script = new URL("../docs/certificate.py", import.meta.url).pathname;
    // One file as people do it.
    const args = files.length === 1
      ? [script, ...files]
      : ["-c", EACH, script, ...files];
    const { code, stdout, stderr } = await new Deno.Command("python3", { args })
      .output();
    const said = new TextDecoder().decode(stdout).trimEnd().split("\n");
    const lines = said.map((each) =>
      each.startsWith("true; ") ? 0 : Number(/^line (\d+): /.exec(each)?.[1])
    );
    const isWrong = lines.some((line) => line !== 0);
    if (lines.length === texts.length && code === (isWrong ? 1 : 0)) {
      return lines;
    }
    throw new Error(said.join("\n") + new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
