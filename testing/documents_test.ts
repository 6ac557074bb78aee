/**
 * What the documents say of settings and files, compared with the code.
 */
import { TEST_CONFIG, testConfig } from "@/tasks/test_config.ts";
import { deepStrictEqual as equal, ok } from "node:assert";
import { SETTING_NAMES } from "@/core/shapes/config.ts";

const ROOT = new URL("../", import.meta.url);
const DOCUMENTS = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...["docs/deploy.md", "docs/backup.md", "docs/privacy.md", "docs/redis.md"],
  ...["docs/draws.md", "docs/certificate.md", "docs/rounds.md"],
  ...["docs/fresh.md", "docs/download.md", "docs/download.th.md"],
  ...["docs/rounds.md", "docs/rounds.th.md"],
];

/** A file that stands in a text as code, and one in a command to type. */
const ALONE = /`([\w./-]+\/[\w.-]+\.(?:tsx?|js|css|md)|[\w-]+_test\.ts)`/g;
const IN_A_COMMAND = /(?<=[ =])([a-z]+\/[\w/.-]+\.tsx?)(?=[ `\n])/g;

/** What the image says itself, and `compose.yaml` need not. */
const OF_THE_IMAGE = ["PORT", "HOST", "DATA_DIR"];
/** Settings that make no sense with a proxy or in tests alone. */
const NOT_FOR_COMPOSE = [
  ...["LOCAL_TRUST", "AVATARS_FROM"],
  ...["ROOM", "SIMULATED_SEED", "SIMULATED_PACE", "SIMULATED_ROUNDS"],
];

function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

/** The part of a text between two others. */
function between(text: string, begin: string, end: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from + begin.length);
  ok(from >= 0 && to > from, `${begin} … ${end}`);
  return text.slice(from, to);
}

/** Names in capitals that stand as code in a text. */
function namesIn(text: string): string[] {
  return Array.from(text.matchAll(/`([A-Z][A-Z_]+)(?==|`)/g), ([, n]) => n!);
}

/** Each once, in order. */
function sorted(names: string[]): string[] {
  return [...new Set(names)].sort();
}

Deno.test("the README's table of settings names all of them, and no other", async () => {
  const section = between(await read("README.md"), "## Settings", "\n## ");
  const named = section.split("\n").filter((line) => line.startsWith("|"))
    .flatMap((line) => namesIn(line.split("|")[1]!));
  equal(sorted(named), sorted(SETTING_NAMES));
});

Deno.test("compose.yaml passes on every setting that makes sense there", async () => {
  const compose = await read("compose.yaml");
  const named = Array.from(
    compose.matchAll(/^ {6}([A-Z_]+): /gm),
    ([, name]) => name!,
  );
  const left = new Set([...OF_THE_IMAGE, ...NOT_FOR_COMPOSE]);
  equal(
    sorted(named),
    sorted(SETTING_NAMES.filter((name) => !left.has(name))),
  );
  for (const [, name, from] of compose.matchAll(/([A-Z_]+): \$\{([A-Z_]+)/g)) {
    equal(from, name);
  }
});

Deno.test("docs/redis.md names what compose.yaml reads", async () => {
  const text = between(
    await read("docs/redis.md"),
    "It reads these",
    "## Without Docker",
  );
  const reads = Array.from(
    (await read("compose.yaml")).matchAll(/\$\{([A-Z_]+)/g),
    ([, name]) => name!,
  );
  equal(sorted(reads).filter((name) => !namesIn(text).includes(name)), []);
});

Deno.test("what git leaves alone is not sent to Docker either", async () => {
  const lines = (text: string) =>
    text.split("\n").map((line) => line.replace(/^\/|\/$/g, ""))
      .filter((line) => line !== "" && !line.startsWith("#"));
  const docker = new Set(lines(await read(".dockerignore")));
  const git = lines(await read(".gitignore"));
  equal(git.filter((line) => !docker.has(line)), []);
  ok(docker.has("appendonlydir"));
});

Deno.test("every file and task that a document names is there", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  const missing: string[] = [];
  for (const document of DOCUMENTS) {
    const text = await read(document);
    const named = [...text.matchAll(ALONE), ...text.matchAll(IN_A_COMMAND)];
    for (const [, path] of named) {
      const isThere = await Deno.stat(new URL(path!, ROOT)).catch(() => null);
      if (!isThere) missing.push(`${document}: ${path}`);
    }
    for (
      const [, task] of text.matchAll(/(?:deno|@[\d.]+) task (\w+(?::\w+)?)/g)
    ) {
      if (!(task! in tasks)) missing.push(`${document}: task ${task}`);
    }
    for (const [, path] of text.matchAll(/\]\(([\w./-]+)\)/g)) {
      const beside = new URL(path!, new URL(document, ROOT));
      const isThere = await Deno.stat(beside).catch(() => null);
      if (!isThere) missing.push(`${document}: ${path}`);
    }
  }
  equal(missing, []);
});

Deno.test("what tests run with is made of what the program runs with", async () => {
  const there = await Deno.readTextFile(
    new URL(`../${TEST_CONFIG}`, import.meta.url),
  );
  equal(there, await testConfig(), "deno task test:config makes it anew");
});
