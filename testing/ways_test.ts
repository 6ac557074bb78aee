/**
 * The ways through the code as ARCHITECTURE.md tells them: whoever opens the
 * files of a way in order finds each one joined to one that came before.
 */
import { deepStrictEqual as equal } from "node:assert";
import { dirname, join } from "node:path/posix";

const ROOT = new URL("../", import.meta.url);
/** A file of the code, as a document names it. */
const NAMED = /`((?:[^`\s]+\/)?[\w.-]+\.tsx?)`/g;
const IMPORT = /\b(?:from|import)[\s(]*["'`]((?:@|\.{1,2})\/[^"'`]+)["'`]/g;

/** What is told under one heading, and the files it names, in order. */
interface Way {
  name: string;
  files: string[];
}

/** The ways of a text in Markdown. */
function waysIn(text: string): Way[] {
  const [, section = ""] = text.split("\n## Ways through the code\n");
  return section.split("\n## ")[0]!.split("\n### ").slice(1).map((told) => ({
    name: told.split("\n")[0]!,
    files: [...new Set(Array.from(told.matchAll(NAMED), ([, file]) => file!))],
  }));
}

/** A file's text; null where there is none. */
async function textOf(file: string): Promise<string | null> {
  const url = new URL(file.split("/").map(encodeURIComponent).join("/"), ROOT);
  try {
    return await Deno.readTextFile(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The project's files that a file imports, types included. */
function importsOf(file: string, text: string): Set<string> {
  const found = Array.from(
    text.matchAll(IMPORT),
    ([, specifier]) => specifier!,
  );
  return new Set(
    found.map((specifier) =>
      specifier.startsWith("@/")
        ? specifier.slice(2)
        : join(dirname(file), specifier)
    ),
  );
}

/** The address that a route answers, up to its first parameter; or null. */
function addressOf(file: string): string | null {
  if (!file.startsWith("routes/")) return null;
  const path = file.slice("routes".length).replace(/\.tsx?$/, "");
  const address = path.replace(/\/(?:index|_middleware)$/, "").split("[")[0];
  return address || "/";
}

/** Whether one of two files imports the other, or asks for its address. */
function areJoined(texts: Map<string, string>, a: string, b: string): boolean {
  const leads = (from: string, to: string) => {
    const text = texts.get(from)!;
    const address = addressOf(to);
    return importsOf(from, text).has(to) ||
      (address !== null &&
        ['"', "'", "`"].some((quote) => text.includes(quote + address)));
  };
  return leads(a, b) || leads(b, a);
}

/** What is wrong with a way, in words; empty where it leads through. */
async function wrongIn({ name, files }: Way): Promise<string[]> {
  const wrong: string[] = [];
  const passed = new Map<string, string>();
  for (const file of files) {
    const text = await textOf(file);
    if (text === null) {
      wrong.push(`${name}: ${file} is not there`);
      continue;
    }
    const before = [...passed.keys()];
    passed.set(file, text);
    const isJoined = before.length === 0 ||
      before.some((earlier) => areJoined(passed, earlier, file));
    if (!isJoined) wrong.push(`${name}: nothing before leads to ${file}`);
  }
  return wrong;
}

const TOLD = waysIn(await Deno.readTextFile(new URL("ARCHITECTURE.md", ROOT)));

Deno.test("ARCHITECTURE.md tells the ways of a gift, a command, a restart, a take-over and a viewer forgotten", () => {
  equal(TOLD.map(({ name }) => name), [
    "One gift, one way",
    "A command, from the click to OBS",
    "A restart",
    "A take-over",
    "A viewer forgotten",
  ]);
});

for (const way of TOLD) {
  Deno.test(`every file of a way is there and joined to one before it: ${way.name}`, async () => {
    equal(await wrongIn(way), []);
  });
}

const WRONG: { name: string; told: string; why: string }[] = [
  {
    name: "a file that is not there",
    told: "`core/board.ts`, then `core/bord.ts`",
    why: "A way: core/bord.ts is not there",
  },
  {
    name: "a file that nothing before leads to",
    told: "`ingest/desk/writer.ts`, then `core/frame.ts` and `outputs/qr.ts`",
    why: "A way: nothing before leads to outputs/qr.ts",
  },
  {
    name: "a file before the one that leads to it",
    told: "`outputs/sse.ts`, `components/stream/upstream.ts` and " +
      "`routes/api/frames.ts`",
    why: "A way: nothing before leads to components/stream/upstream.ts",
  },
  {
    name: "a route that nobody before asks for",
    told: "`components/shared/send_command.ts`, `routes/api/board.ts`",
    why: "A way: nothing before leads to routes/api/board.ts",
  },
];

for (const { name, told, why } of WRONG) {
  Deno.test(`a way does not get past the test: ${name}`, async () => {
    const text = `# A\n\n## Ways through the code\n\n### A way\n\n1. ${told}\n`;
    equal(await Promise.all(waysIn(text).map(wrongIn)), [[why]]);
  });
}
