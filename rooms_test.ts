/**
 * Who may import whom (ARCHITECTURE.md): the rule that keeps the rooms apart,
 * read from what the runtime itself resolves, so that no comment, backtick,
 * folder or new file gets past it.
 */
import { deepStrictEqual as equal } from "node:assert";
import { pathToFileURL } from "node:url";

/** What a room may import beside itself. */
interface Room {
  rooms?: string[];
  /** Of these rooms, types alone. */
  types?: string[];
  packages?: string[];
  /** Whether it may use node's own modules. */
  node?: boolean;
}

const ROOMS: Record<string, Room> = {
  core: { types: ["core/shapes"] },
  "core/shapes": { rooms: ["core"], packages: ["zod"] },
  ingest: {
    rooms: ["core", "core/shapes"],
    packages: ["zod", "tiktok-live-connector"],
    node: true,
  },
  stores: { rooms: ["core", "core/shapes"], node: true },
  redis: {
    rooms: ["core", "core/shapes", "stores"],
    packages: ["redis"],
    node: true,
  },
  outputs: {
    rooms: ["core", "core/shapes"],
    packages: ["modern-tar", "obs-websocket-js", "uqr"],
    node: true,
  },
  access: {
    rooms: ["core", "core/shapes"],
    packages: ["oauth4webapi"],
    node: true,
  },
  locales: { types: ["core", "core/shapes"] },
  components: {
    rooms: ["core", "locales"],
    types: ["core/shapes"],
    packages: ["preact", "@preact/signals", "fresh"],
  },
  islands: {
    rooms: ["core", "components", "locales"],
    types: ["core/shapes"],
    packages: ["preact", "@preact/signals"],
  },
  routes: {
    rooms: [
      ...["core", "core/shapes", "access", "outputs"],
      ...["islands", "components", "locales"],
    ],
    packages: ["fresh", "preact", "zod"],
    node: true,
  },
  fresh: {
    packages: [
      ...["preact", "preact-render-to-string", "@preact/signals", "esbuild"],
    ],
    node: true,
  },
};
/** What puts the parts together, and what tests: they may import anything. */
const FREE = new Set(["server", "tasks", "testing", "main.ts"]);
/** What else lies at the top. */
const BESIDE = new Set([
  ...[".ci", ".dockerignore", ".git", ".github", ".gitignore"],
  ...["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md"],
  ...["Dockerfile", "LICENSE", "compose.yaml", ".editorconfig"],
  ...["deno.json", "deno.lock", "fresh.config.ts"],
  ...["deno.test.json", "deno.test.lock"],
  ...["docs", "static", "rooms_test.ts"],
  // What is made here and kept by nobody.
  ...["_fresh", "appendonlydir", "data", "dist", "node_modules", ".env"],
]);
/** Only tests may import what is for tests. */
const FOR_TESTS = /_test\.tsx?$|^testing\/|^rooms_test\.ts$/;
/** What would make a game depend on when and where it is played. */
const IMPURE =
  /\bDeno\.|\bfetch\(|\bnew Date\b|\bDate\.now\b|Math\.random|\bset(?:Timeout|Interval|Immediate)\(|\bqueueMicrotask\(|\bperformance\.|\bcrypto\.(?!subtle\.digest)|\bnode:(?!assert)/;

/** What asks the machine for time or chance. */
const OF_THE_MACHINE =
  /\bDate\.now\b|\bnew Date\(\)|Math\.random|\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.|\bcrypto\.(?:random|getRandom)/;
/** Who asks it for all the others of `ingest`. */
const ASK_THE_MACHINE = new Set(["ingest/clock.ts", "ingest/chance.ts"]);

/** A file as the runtime sees it. */
interface Module {
  specifier: string;
  dependencies?: Dependency[];
}
interface Dependency {
  code?: { specifier?: string };
  type?: { specifier?: string };
  isDynamic?: boolean;
}

/** The files of a project. */
async function filesIn(root: string, folder = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(root + folder)) {
    if (folder === "" && BESIDE.has(name)) continue;
    const path = folder + name;
    if (isDirectory) found.push(...await filesIn(root, `${path}/`));
    else if (/\.tsx?$/.test(name)) found.push(path);
  }
  return found;
}

/** All modules that the files of a project lead to. */
async function modulesOf(root: string, files: string[]): Promise<Module[]> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = files.map((file) =>
      `import ${JSON.stringify(urlOf(root, file))};`
    );
    await Deno.writeTextFile(entry, lines.join("\n"));
    const { success, stdout, stderr } = await new Deno.Command(
      Deno.execPath(),
      {
        args: [
          ...["info", "--json", "--no-lock", "--node-modules-dir=none"],
          ...["--config", `${root}deno.test.json`, entry],
        ],
      },
    ).output();
    const text = new TextDecoder();
    if (!success) throw new Error(text.decode(stderr));
    return JSON.parse(text.decode(stdout)).modules;
  } finally {
    await Deno.remove(entry);
  }
}

const urlOf = (root: string, path: string) =>
  pathToFileURL(root).href + encodeURI(path);

/** What is wrong with a project, in words; empty where it keeps the rule. */
async function wrongIn(root: string): Promise<string[]> {
  const files = await filesIn(root);
  const wrong = await strangersIn(root);
  const { imports } = JSON.parse(
    await Deno.readTextFile(`${root}deno.test.json`),
  );
  const names = new Map<string, string>();
  for (const [name, to] of Object.entries<string>(imports)) {
    if (!to.startsWith("./")) names.set(to, packageOf(name));
  }
  /** The room or package that a resolved specifier leads to. */
  const placeOf = (specifier: string): string => {
    const base = pathToFileURL(root).href;
    return specifier.startsWith(base)
      ? specifier.slice(base.length)
      : names.get(specifier) ?? specifier;
  };
  const links = new Map<string, string[]>();
  for (const module of await modulesOf(root, files)) {
    const file = decodeURI(placeOf(module.specifier));
    if (!files.includes(file)) continue;
    for (const { code, type, isDynamic } of module.dependencies ?? []) {
      const to = (code ?? type)?.specifier;
      if (to === undefined) continue;
      const place = decodeURI(placeOf(to));
      const why = whyNot(file, place, code !== undefined);
      if (why) wrong.push(`${file} imports ${why}`);
      if (code && !isDynamic && files.includes(place)) {
        links.set(file, [...links.get(file) ?? [], place]);
      }
    }
  }
  for (const circle of circlesIn(links)) {
    wrong.push(`${circle.join(" and ")} import each other`);
  }
  for (const file of files.filter((each) => roomOf(each).startsWith("core"))) {
    if (FOR_TESTS.test(file)) continue;
    const found = IMPURE.exec(await Deno.readTextFile(root + file));
    if (found) wrong.push(`${file} uses ${found[0]}`);
  }
  for (const file of files.filter((each) => each.startsWith("ingest/"))) {
    if (FOR_TESTS.test(file) || ASK_THE_MACHINE.has(file)) continue;
    const found = OF_THE_MACHINE.exec(await Deno.readTextFile(root + file));
    if (found) wrong.push(`${file} uses ${found[0]}`);
  }
  return wrong.sort();
}

/** Folders and files at the top that no rule knows. */
async function strangersIn(root: string): Promise<string[]> {
  const strangers: string[] = [];
  for await (const { name } of Deno.readDir(root)) {
    const isKnown = name in ROOMS || FREE.has(name) || BESIDE.has(name);
    if (!isKnown) strangers.push(`${name} is no room`);
  }
  return strangers;
}

/** What a file imports and may not; null where it may. */
function whyNot(file: string, place: string, isValue: boolean): string | null {
  const room = ROOMS[roomOf(file)];
  if (!room || FOR_TESTS.test(file)) return null;
  if (FOR_TESTS.test(place)) return `${place}, which is for tests`;
  if (place.startsWith("node:")) return room.node ? null : place;
  const target = place.includes("/") && roomOf(place) in ROOMS
    ? roomOf(place)
    : place;
  if (target === roomOf(file)) return null;
  if (room.rooms?.includes(target) || room.packages?.includes(target)) {
    return null;
  }
  if (!room.types?.includes(target)) return place;
  return isValue ? `values of ${place}` : null;
}

/** The room of a file, the innermost where one lies in another. */
function roomOf(path: string): string {
  const [top, next] = path.split("/");
  return `${top}/${next}` in ROOMS ? `${top}/${next}` : top!;
}

function packageOf(name: string): string {
  return name.split("/").slice(0, name.startsWith("@") ? 2 : 1).join("/");
}

/** Files that need each other to be there first (Tarjan's components). */
function circlesIn(links: Map<string, string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    open.push(file);
    for (const next of links.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) {
        low.set(file, Math.min(low.get(file)!, low.get(next)!));
      }
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of links.keys()) if (!order.has(file)) visit(file);
  return circles;
}

const ROOT = new URL("./", import.meta.url).pathname;

Deno.test("every file keeps to its room", async () => {
  equal(await wrongIn(ROOT), []);
});

/** A project with rooms like ours and these files beside what is right. */
async function projectWith(files: Record<string, string>): Promise<string> {
  const root = `${await Deno.realPath(await Deno.makeTempDir())}/`;
  const right = {
    "deno.test.json": await Deno.readTextFile(`${ROOT}deno.test.json`),
    "fresh/deno.json": await Deno.readTextFile(`${ROOT}fresh/deno.json`),
    "fresh/mod.ts": "export {};\n",
    "core/game.ts": "export const game = 1;\n",
    "core/shapes/game.ts": 'export { game } from "../game.ts";\n',
    "components/game.ts": 'export { game } from "../core/game.ts";\n',
    "ingest/feed.ts": 'export { game } from "../core/game.ts";\n',
  };
  for (const [path, text] of Object.entries({ ...right, ...files })) {
    await Deno.mkdir(root + path.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(root + path, text);
  }
  return root;
}

const WRONG: { name: string; files: Record<string, string>; why: string }[] = [
  {
    name: "an apostrophe in a comment between import and from",
    files: {
      "core/a.ts":
        'import { game /* it\'s */ } from "../ingest/feed.ts";\ngame;\n',
    },
    why: "core/a.ts imports ingest/feed.ts",
  },
  {
    name: "a dynamic import in backticks",
    files: { "core/a.ts": "await import(`../ingest/feed.ts`);\n" },
    why: "core/a.ts imports ingest/feed.ts",
  },
  {
    name: "a folder called testing inside a room",
    files: {
      "core/testing/a.ts": 'import "../../ingest/feed.ts";\n',
    },
    why: "core/testing/a.ts imports ingest/feed.ts",
  },
  {
    name: "a new file at the top",
    files: { "helpers.ts": "export {};\n" },
    why: "helpers.ts is no room",
  },
  {
    name: "a new folder at the top",
    files: { "utils/a.ts": "export {};\n" },
    why: "utils is no room",
  },
  {
    name: "node:crypto in core",
    files: { "core/a.ts": 'import "node:crypto";\n' },
    why: "core/a.ts imports node:crypto",
  },
  {
    name: "node:timers in core",
    files: { "core/a.ts": 'import "node:timers";\n' },
    why: "core/a.ts imports node:timers",
  },
  {
    name: "a timer of the machine in ingest",
    files: { "ingest/desk/a.ts": "setTimeout(() => {}, 1);\n" },
    why: "ingest/desk/a.ts uses setTimeout(",
  },
  {
    name: "chance of the machine in ingest",
    files: { "ingest/tiktok/a.ts": "crypto.randomUUID();\n" },
    why: "ingest/tiktok/a.ts uses crypto.random",
  },
  {
    name: "new Date in core",
    files: { "core/a.ts": "export const at = new Date;\n" },
    why: "core/a.ts uses new Date",
  },
  {
    name: "crypto.getRandomValues in core",
    files: {
      "core/a.ts": "crypto.getRandomValues(new Uint8Array(1));\n",
    },
    why: "core/a.ts uses crypto.",
  },
  {
    name: "zod in core",
    files: { "core/a.ts": 'export { z } from "zod";\n' },
    why: "core/a.ts imports zod",
  },
  {
    name: "values of core's shapes in core",
    files: {
      "core/a.ts": 'export { game } from "./shapes/game.ts";\n',
    },
    why: "core/a.ts imports values of core/shapes/game.ts",
  },
  {
    name: "values of core's shapes in a page's parts",
    files: {
      "components/a.ts": 'export { game } from "../core/shapes/game.ts";\n',
    },
    why: "components/a.ts imports values of core/shapes/game.ts",
  },
  {
    name: "values of core in the texts",
    files: {
      "locales/a.ts": 'export { game } from "../core/game.ts";\n',
    },
    why: "locales/a.ts imports values of core/game.ts",
  },
  {
    name: "another room in core's shapes",
    files: {
      "core/shapes/a.ts": 'export { game } from "../../ingest/feed.ts";\n',
    },
    why: "core/shapes/a.ts imports ingest/feed.ts",
  },
  {
    name: "what is for tests in the program",
    files: {
      "testing/kit.ts": "export const kit = 1;\n",
      "ingest/a.ts": 'export { kit } from "../testing/kit.ts";\n',
    },
    why: "ingest/a.ts imports testing/kit.ts, which is for tests",
  },
  {
    name: "two files that need each other",
    files: {
      "core/a.ts": 'export * from "./b.ts";\n',
      "core/b.ts": 'export * from "./a.ts";\n',
    },
    why: "core/a.ts and core/b.ts import each other",
  },
];

for (const { name, files, why } of WRONG) {
  Deno.test(`a file does not get past the rule: ${name}`, async () => {
    const root = await projectWith(files);
    try {
      const wrong = await wrongIn(root);
      equal(wrong.filter((each) => each.startsWith(why)).length, 1, `${wrong}`);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
}

Deno.test("a project that keeps the rule passes", async () => {
  const root = await projectWith({});
  equal(await wrongIn(root), []);
  await Deno.remove(root, { recursive: true });
});

/** What a room may import, as ARCHITECTURE.md words it. */
function allowedOf({ rooms = [], types = [], packages = [], node }: Room) {
  const ofTypes = types.map((room) => `types of ${room}`);
  return [...rooms, ...ofTypes, ...packages, ...(node ? ["node"] : [])];
}

Deno.test("ARCHITECTURE.md's table of rooms says the same", async () => {
  const text = await Deno.readTextFile(`${ROOT}ARCHITECTURE.md`);
  const [section] = text.split("\n## Rooms\n")[1]!.split("\n## ");
  const told = section!.split("\n").filter((line) => line.startsWith("| `"))
    .flatMap((line) => {
      const [, names, , allowed] = line.split("|");
      return Array.from(names!.matchAll(/`([^`]+)`/g), ([, name]) => [
        name!,
        allowed!.split(",").map((each) => each.trim()).sort(),
      ]);
    });
  const held = [
    ...Object.entries(ROOMS).map(([name, room]) => [name, allowedOf(room)]),
    ...[...FREE].map((name) => [name, ["anything"]]),
  ].map(([name, allowed]) => [name, [...allowed!].sort()]);
  equal(Object.fromEntries(told), Object.fromEntries(held));
});
