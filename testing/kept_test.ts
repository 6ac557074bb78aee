/**
 * Data of every version that was released, opened by this one: what people have
 * played stays as it was, and goes on.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import { startProgram } from "./program.ts";
import { ask, type Playing, type Told, told } from "./short_evening.ts";

const KEPT = new URL("./kept/", import.meta.url);
const VERSIONS = Array.from(Deno.readDirSync(KEPT), ({ name }) => name);

/** A data folder as a version has left it. */
async function unpack(version: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  const file = await Deno.open(new URL(`${version}/store.sqlite.gz`, KEPT));
  await Deno.writeFile(
    `${folder}/store.sqlite`,
    file.readable.pipeThrough(new DecompressionStream("gzip")),
  );
  return folder;
}

/** What must never change of an evening: who had what, and each entry. */
function essence({ title, board, ledger }: Told) {
  const rows = board as Record<string, unknown>[];
  const [, ...entries] = ledger.trim().split("\n").map((line) => {
    const { prev: _, ...entry } = JSON.parse(line);
    // The closing line proves more than it did in 0.1.0.
    const { apart: _a, hash: _h, tree: _t, ...end } = entry;
    return entry.type === "end" ? end : entry;
  });
  return {
    title,
    board: rows.map(({ rank, viewerId, nickname, points }) =>
      [rank, viewerId, nickname, points].join()
    ),
    entries,
  };
}

/** Takes an export in as a session of this place; its id. */
async function importLedger({ url }: Playing, ledger: string) {
  const response = await fetch(`${url}/api/sessions/import`, {
    method: "POST",
    body: ledger,
  });
  const body = await response.json();
  equal(response.status, 201, JSON.stringify(body));
  return body.id as string;
}

Deno.test("data of a version is kept", () => ok(VERSIONS.includes("0.1.0")));

for (const version of VERSIONS) {
  Deno.test(`what ${version} has written is as it was, and goes on`, async () => {
    const folder = await unpack(version);
    const evenings: Told[] = JSON.parse(
      await Deno.readTextFile(new URL(`${version}/told.json`, KEPT)),
    );
    const program = await startProgram({ DATA_DIR: folder });
    try {
      for (const evening of evenings) {
        const found = await told(program, evening.id);
        equal(essence(found), essence(evening));
        // Played from its first entry, without any snapshot.
        const again = await importLedger(program, evening.ledger);
        equal((await told(program, again)).board, found.board);
      }
      const { id, board } = evenings[0]!;
      const [first] = board as { viewerId: string; points: number }[];
      const { viewerId, points } = first!;
      for (
        const command of [
          { type: "continueSession", sessionId: id },
          { type: "adjustPoints", viewerId, points: 100, reason: "goes on" },
        ]
      ) await ask(program, "commands", command);
      const [now] = (await told(program)).board as { points: number }[];
      equal(now!.points, points + 100);
    } finally {
      await program.end();
      await Deno.remove(folder, { recursive: true });
    }
  });
}
