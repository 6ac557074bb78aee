/**
 * What is in a package: the program as the build bundles it, what it serves, the
 * runtime, what people press and read, and the source.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { SHIPPED, sourceArchive } from "@/outputs/source.ts";
import { VERSION } from "@/server/identity.ts";
import { PROGRAM } from "@/server/launcher/serving.ts";
import { bundled } from "./bundle.ts";
import type { PackedFile } from "./files.ts";
import { licencesOf } from "./licences.ts";
import type { Platform } from "./platforms.ts";
import { run } from "./tool.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL("./", import.meta.url);
/** Where all that people need not look at is. */
const FOLDER = "program";

/** What people read: its name in the package, and where it is from. */
const TO_READ = {
  "LICENSE": "LICENSE",
  "README.txt": "docs/download.md",
  "README-TH.txt": "docs/download.th.md",
};

/** What every platform's package has. */
export interface Common {
  files: PackedFile[];
  source: Uint8Array<ArrayBuffer>;
}

/**
 * Gathers the program and what it needs beside it. It must be built.
 *
 * @throws {Error} If the bundle is not the program.
 */
export async function commonFiles(): Promise<Common> {
  const [server, launcher, source] = await Promise.all([
    serverFiles(),
    bundled("server/launcher/main.ts"),
    sourceArchive(ROOT)().then((archive) => archive.bytes()),
  ]);
  await mustBeTheProgram(server);
  const scripts = [...server.map(({ bytes }) => bytes), launcher]
    .map((bytes) => new TextDecoder().decode(bytes));
  const licences = await licencesOf(ROOT, scripts.join("\n"));
  return {
    source,
    files: [
      ...server,
      inProgram("launcher.js", launcher),
      inProgram(SHIPPED, source),
      inProgram("licences.txt", new TextEncoder().encode(licences)),
      ...await servedFiles(),
      ...await Promise.all(
        Object.entries(TO_READ).map(([path, from]) => readPacked(path, from)),
      ),
    ],
  };
}

/** What stands beside it on one platform alone. */
export async function ownFiles(
  { deno, start }: Platform,
  runtime: Uint8Array<ArrayBuffer>,
): Promise<PackedFile[]> {
  const text = await Deno.readTextFile(new URL(start, HERE));
  // Windows reads its own line ends alone without fault.
  const lines = start.endsWith(".cmd") ? text.replaceAll("\n", "\r\n") : text;
  const bytes = new TextEncoder().encode(lines);
  return [
    { path: start, bytes, runs: true },
    { ...inProgram(deno, runtime), runs: true },
  ];
}

function inProgram(path: string, bytes: Uint8Array<ArrayBuffer>): PackedFile {
  return { path: `${FOLDER}/${path}`, bytes, runs: false };
}

async function readPacked(path: string, from: string): Promise<PackedFile> {
  const bytes = await Deno.readFile(new URL(from, ROOT));
  return { path, bytes, runs: false };
}

/** What the build has bundled of the program. */
async function serverFiles(): Promise<PackedFile[]> {
  const folder = dirname(PROGRAM);
  const names = Array.from(
    Deno.readDirSync(new URL(`${folder}/`, ROOT)),
    ({ name }) => name,
  ).filter((name) => /^program.*\.js$/.test(name)).sort();
  return await Promise.all(names.map((name) => {
    const path = `${folder}/${name}`;
    return readPacked(`${FOLDER}/${path}`, path);
  }));
}

/** What the build lists, and nothing that lies beside it. */
async function servedFiles(): Promise<PackedFile[]> {
  const at = new URL("_fresh/build.json", ROOT);
  const { files } = JSON.parse(await Deno.readTextFile(at)) as {
    files: { file: string }[];
  };
  return await Promise.all(files.map(({ file }) => {
    const path = decodeURI(new URL(file, at).href.slice(ROOT.href.length));
    return readPacked(`${FOLDER}/${path}`, path);
  }));
}

/** A tool that says it has done well may still have written something else. */
async function mustBeTheProgram(server: PackedFile[]): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const { path, bytes } of server) {
      await Deno.writeFile(`${folder}/${basename(path)}`, bytes);
    }
    const said = await run(
      Deno.execPath(),
      ["run", "--no-config", "--no-remote", "--no-npm", "--allow-env"]
        .concat(`${folder}/${basename(PROGRAM)}`, "--version"),
      "",
      { cwd: folder },
    );
    const version = new TextDecoder().decode(said).trim();
    if (version !== VERSION) {
      throw new Error(
        `Cannot package: the bundle says it is "${version}" and not ${VERSION}`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
