/**
 * Who may import whom (ARCHITECTURE.md): the rule that keeps the rooms apart,
 * read from every import of the project.
 */
import { deepStrictEqual as equal, ok } from "node:assert";

/** Folders that hold no code of ours. */
const APART = new Set(["node_modules", "_fresh", "data", "static", ".git"]);

/** What each room may import beside itself and node's own modules. */
const MAY_IMPORT: Record<string, string[]> = {
  core: ["zod"],
  access: ["core"],
  oauth: ["core", "oauth4webapi"],
  ingest: ["core", "zod", "tiktok-live-connector"],
  stores: ["core", "redis"],
  outputs: ["core", "modern-tar", "obs-websocket-js", "redis", "uqr"],
  locales: ["core"],
  components: ["core", "locales", "preact", "@preact/signals", "fresh"],
  islands: ["core", "locales", "components", "preact", "@preact/signals"],
  routes: [
    ...["access", "oauth", "core", "outputs", "islands", "components"],
    ...["locales", "fresh", "zod", "preact", "define.ts"],
  ],
  fresh: ["preact", "preact-render-to-string", "@preact/signals", "esbuild"],
};

/** Rooms that see only the types of another: it must not reach the browser. */
const TYPES_ONLY: Record<string, string[]> = {
  components: ["core"],
  islands: ["core"],
  locales: ["core"],
};

/** What would make the game depend on when and where it is played. */
const IMPURE =
  /\bDeno\.|\bfetch\(|Date\.now|new Date\(\)|Math\.random|set(?:Timeout|Interval)\(|performance\./;

interface Import {
  file: string;
  room: string;
  target: string;
  typeOnly: boolean;
}

async function* sources(folder: URL, path = ""): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    if (APART.has(entry.name)) continue;
    if (entry.isDirectory) {
      const inner = new URL(`${encodeURIComponent(entry.name)}/`, folder);
      yield* sources(inner, `${path}${entry.name}/`);
    } else if (/\.tsx?$/.test(entry.name)) yield path + entry.name;
  }
}

const ROOT = new URL("./", import.meta.url);
const IMPORT =
  /(?:^|\n)\s*(?:import|export)(?<type>\s+type)?\s*(?<names>[^;"']*?)\s*from\s*["'](?<from>[^"']+)["']|import\(\s*["'](?<dynamic>[^"']+)["']\s*\)|(?:^|\n)import\s*["'](?<bare>[^"']+)["']/g;

function importsOf(file: string, text: string): Import[] {
  const room = file.split("/")[0]!;
  return Array.from(text.matchAll(IMPORT), ({ groups }) => {
    const { type, names, from, dynamic, bare } = groups!;
    const target = roomOf(file, (from ?? dynamic ?? bare)!);
    const listed = /^\{(?<list>[^}]*)\}$/s.exec(names?.trim() ?? "");
    const each = listed?.groups?.list?.split(",").map((n) => n.trim())
      .filter((n) => n !== "");
    const typeOnly = type !== undefined ||
      (each !== undefined && each.length > 0 &&
        each.every((name) => name.startsWith("type ")));
    return { file, room, target, typeOnly };
  });
}

/** The room or package that a specifier leads to. */
function roomOf(file: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2).split("/")[0]!;
  if (specifier.startsWith(".")) {
    const url = new URL(specifier, new URL(file, "file:///"));
    return url.pathname.slice(1).split("/")[0]!;
  }
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

/** Tests and what only tests use may import what they test with. */
function isForTests(file: string): boolean {
  return /_test\.tsx?$|(^|\/)testing(\/|\.ts$)|contract\.ts$/.test(file);
}

async function allImports(): Promise<Import[]> {
  const found: Import[] = [];
  for await (const file of sources(ROOT)) {
    if (isForTests(file)) continue;
    const text = await Deno.readTextFile(new URL(encodeURI(file), ROOT));
    found.push(...importsOf(file, text));
  }
  return found;
}

Deno.test("no room imports what it may not", async () => {
  const wrong = (await allImports()).filter(({ room, target }) => {
    const allowed = MAY_IMPORT[room];
    return allowed && target !== room && !target.startsWith("node:") &&
      !allowed.includes(target);
  });
  equal(wrong.map(({ file, target }) => `${file} imports ${target}`), []);
});

Deno.test("where a room may see types alone, it imports types alone", async () => {
  const wrong = (await allImports()).filter((
    { room, target, typeOnly },
  ) => TYPES_ONLY[room]?.includes(target) && !typeOnly);
  equal(
    wrong.map(({ file, target }) => `${file} imports values of ${target}`),
    [],
  );
});

Deno.test("core knows no clock, no chance, no network and no Deno", async () => {
  const wrong: string[] = [];
  for await (const file of sources(new URL("core/", ROOT), "core/")) {
    if (isForTests(file)) continue;
    const text = await Deno.readTextFile(new URL(file, ROOT));
    const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, "");
    const found = IMPURE.exec(code);
    if (found) wrong.push(`${file}: ${found[0]}`);
  }
  equal(wrong, []);
});

Deno.test("the room rule reads imports as they are written", () => {
  const text = `import { a } from "zod";
import { type B, type C } from "@/core/x.ts";
import type { D } from "../ingest/desk.ts";
export * from "@preact/signals";
const e = await import("./e.ts");
import "preact/debug";
`;
  const found = importsOf("routes/api/x.ts", text);
  equal(found.map(({ target, typeOnly }) => [target, typeOnly]), [
    ["zod", false],
    ["core", true],
    ["routes", true],
    ["@preact/signals", false],
    ["routes", false],
    ["preact", false],
  ]);
  ok(IMPURE.test("const at = Date.now();"));
});
