import { deepStrictEqual as equal, ok } from "node:assert";
import {
  checkReceipts,
  closingHash,
  type ClosingLine,
  type ReceiptsFile,
} from "@/core/certificate.ts";
import { createSeeded } from "@/core/seeded.ts";
import { sha256 } from "@/core/sha256.ts";
import { ask, gift, ledgerOf, play } from "@/core/testing.ts";
import { type Verdict, verify } from "@/core/verify.ts";
import {
  certifiedEvening,
  checkByPython,
  exported,
  mutate,
} from "@/testing/certified_evening.ts";
import { readLedgerLines } from "./ledger_lines.ts";

/** How many changed files are looked at; `CERTIFICATES=1000` for all. */
const MUTATED = Number(Deno.env.get("CERTIFICATES") ?? 100);
const DAY_MS = 86_400_000;
const EVENINGS = [1, 2, 3, 4, 5, 6];

function verdict(text: string): Verdict {
  const checking = verify(text);
  for (;;) {
    const { done, value } = checking.next();
    if (done) return value;
  }
}

/** A file whose chain is right again, whatever it says. */
function chained(lines: Record<string, unknown>[]): string {
  let prev = "";
  return lines.map((line) => {
    const { prev: _, ...rest } = line;
    const text = JSON.stringify(prev ? { ...rest, prev } : rest);
    prev = sha256(text);
    return text + "\n";
  }).join("");
}

const parsed = (text: string): Record<string, unknown>[] =>
  text.trimEnd().split("\n").map((line) => JSON.parse(line));

Deno.test("what is exported is true: here, by the script, and as an import", async () => {
  const texts: string[] = [];
  for (const seed of EVENINGS) {
    const { text } = await certifiedEvening(seed);
    equal(verdict(text).faults, [], `evening ${seed}`);
    texts.push(text, text.replaceAll("\n", "\r\n"));
    const lines = async function* () {
      yield* await Promise.resolve(text.split("\n"));
    };
    const now = Date.now() + DAY_MS;
    const { session } = await readLedgerLines(lines(), () => {}, now);
    ok(session.seq > 100);
  }
  equal(await checkByPython(...texts), texts.map(() => 0));
  equal(await checkByPython(texts[0]!), [0]);
});

/** Turns of a long evening: some 200,000 entries where all is looked at. */
const TURNS = MUTATED < 1_000 ? 4_000 : 105_000;

Deno.test(`an evening of ${TURNS} turns with rounds, teams, boosts and undo is true to the last receipt`, async () => {
  const { text, viewers, receipts } = await certifiedEvening(11, TURNS);
  const { faults, told } = verdict(text);
  equal(faults, []);
  ok(told!.entries > TURNS, `${told!.entries} entries`);
  const files: string[] = [text];
  for (const viewer of viewers) files.push(await receipts(viewer));
  equal(await checkByPython(...files), files.map(() => 0));
});

Deno.test(`of ${MUTATED} changed certificates each is refused at its line, here and by the script`, async () => {
  const seeded = createSeeded(7);
  const seen = new Set<string>();
  const texts: string[] = [];
  const wanted: number[] = [];
  for (let i = 0; i < MUTATED; i++) {
    const { text } = await certifiedEvening(1 + i % 5, 30);
    const { kind, line, text: changed } = mutate(text, seeded);
    const told = `${kind} ${i}, line ${line}`;
    equal(verdict(changed).faults[0]?.line, line, told);
    texts.push(changed);
    wanted.push(line);
    seen.add(kind);
  }
  equal(await checkByPython(...texts), wanted);
  equal(seen.size, 5);
});

Deno.test("a file made anew after a change is refused where it does not hold", async () => {
  const { text } = await certifiedEvening(3);
  const lines = parsed(text);
  const at = (type: string) => lines.findIndex((line) => line.type === type);
  const anew = (i: number, change: Record<string, unknown>) =>
    chained(lines.map((line, k) => k === i ? { ...line, ...change } : line));
  const liked = lines.findIndex(({ type, points }) =>
    type === "liked" && Number(points) > 0
  );
  const more = anew(liked, { points: Number(lines[liked]!.points) + 1 });
  equal(verdict(more).faults, [{ line: liked + 1, why: "rules" }]);
  const drawn = lines.findIndex((line) => "secret" in line);
  ok(drawn > 0 && at("end") === lines.length - 1);
  const other = anew(drawn, { secret: "another" });
  equal(verdict(other).faults, [{ line: drawn + 1, why: "secret" }]);
  // The script does not know the rates: it finds the board.
  equal(await checkByPython(more, other), [lines.length, drawn + 1]);
});

Deno.test("a board and a tree that the receipts do not give are found in the last line", async () => {
  const lines = parsed((await certifiedEvening(2)).text);
  const end = lines.pop()! as unknown as ClosingLine;
  const forged = (change: Partial<ClosingLine>) => {
    const { apart, ...line } = { ...end, ...change };
    const about = { ...line, apart: sha256(JSON.stringify(apart)) };
    const hash = closingHash(about, sha256);
    return chained([...lines, { ...end, ...change, hash }]);
  };
  const some = "0".repeat(64);
  const files = [{ tree: some }, { board: some }, { apart: [] }].map(forged);
  const at = lines.length + 1;
  equal(verdict(forged({})).faults, []);
  equal(
    files.map((file) => verdict(file).faults[0]),
    ["receipts", "board", "receipts"].map((why) => ({ line: at, why })),
  );
  equal(await checkByPython(...files), files.map(() => at));
});

Deno.test("who was first among equals is first again after a win was taken back", async () => {
  const { session, entries } = ledgerOf();
  entries.push(...play(session, [gift("zoe"), gift("ann")]));
  for (const command of ["selectWinner", "undo"] as const) {
    const made = ask(session, { type: command });
    ok(Array.isArray(made));
    entries.push(...made);
  }
  const text = await exported(session, entries);
  equal(parsed(text).at(-1)!.apart, [{
    ...{ id: "zoe", reached: 2 },
  }]);
  equal(await checkByPython(text), [0]);
});

Deno.test("a comment that the secret does not draw is found", async () => {
  for (const seed of EVENINGS) {
    const lines = parsed((await certifiedEvening(seed)).text);
    const drawn = lines.findIndex(({ drawnFrom }) =>
      Array.isArray(drawnFrom) && drawnFrom.length > 1
    );
    if (drawn < 0) continue;
    const from = lines[drawn]!.drawnFrom as string[];
    const commentId = from.find((id) => id !== lines[drawn]!.commentId)!;
    lines[drawn] = { ...lines[drawn], commentId };
    const file = chained(lines);
    equal(verdict(file).faults, [{ line: drawn + 1, why: "draw" }]);
    equal(await checkByPython(file), [drawn + 1]);
    return;
  }
  throw new Error("No evening draws from two comments");
});

Deno.test("a viewer's receipts lead to the closing hash of the evening, and to nothing else", async () => {
  const { text, viewers, receipts } = await certifiedEvening(2);
  const files: string[] = [];
  const changed: string[] = [];
  const { hash } = parsed(text).at(-1) as { hash: string };
  for (const viewer of viewers) {
    const file = await receipts(viewer);
    const read: ReceiptsFile = JSON.parse(file);
    equal(checkReceipts(read, sha256), { hash }, viewer);
    files.push(file);
    for (const other of viewers) {
      equal(file.includes(`"${other}"`), other === viewer, "names nobody else");
    }
    const more = { ...read, stars: read.stars + 1 };
    equal(checkReceipts(more, sha256), { wrong: "tree" });
    const richer = { ...read, points: read.points + 1 };
    equal(checkReceipts(richer, sha256), { wrong: "sum" });
    changed.push(JSON.stringify(more), JSON.stringify(richer));
  }
  equal(await checkByPython(...files), files.map(() => 0));
  equal(await checkByPython(...changed), changed.map(() => 1));
});

Deno.test("an export of an earlier program is true by its chain alone", async () => {
  const lines = parsed((await certifiedEvening(1)).text);
  const { type, seq, board } = lines.pop()!;
  const file = chained([...lines, { type, seq, board }]);
  equal(verdict(file).faults, []);
  equal(verdict(file).told?.hash, null);
  equal(await checkByPython(file), [0]);
});
