/**
 * What people download, as it is made: contents, runtimes, hashes, and that
 * nothing half-made is left. `PLATFORMS=all` makes the real ones, too, which
 * fetches some 200 MB the first time.
 */
import {
  deepStrictEqual as equal,
  match,
  ok,
  rejects,
  throws,
} from "node:assert";
import { pathToFileURL } from "node:url";
import { packTar } from "modern-tar";
import { build } from "@/testing/program.ts";
import deno from "@/deno.json" with { type: "json" };
import { servingArguments } from "@/server/launcher/serving.ts";
import { makeArchive, writeSource, writeSums } from "./archives.ts";
import { type Common, commonFiles } from "./contents.ts";
import { type PackedFile, TIME } from "./files.ts";
import { type Platform, PLATFORMS, platformsOf } from "./platforms.ts";
import { integrityOf, runtimeOf } from "./runtime.ts";

const RUNTIMES = new URL("../../dist/runtimes/", import.meta.url);

async function inFolder(work: (folder: URL) => Promise<void>) {
  const path = await Deno.makeTempDir();
  try {
    await work(new URL(`${pathToFileURL(path).href}/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

/** A package of npm with a small runtime in it, and its platform. */
async function small(
  platform: Platform,
): Promise<
  { platform: Platform; runtime: string; npm: Uint8Array<ArrayBuffer> }
> {
  const runtime = `runs on ${platform.name}`;
  const body = new TextEncoder().encode(runtime);
  const name = `package/${platform.deno}`;
  const tar = await packTar([{ header: { name, size: body.length }, body }]);
  const zipped = new Blob([tar]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const npm = await new Response(zipped).bytes();
  const integrity = await integrityOf(npm);
  return { platform: { ...platform, integrity }, runtime, npm };
}

const file = (path: string, text: string): PackedFile => ({
  path,
  bytes: new TextEncoder().encode(text),
  runs: false,
});

const SMALL: Common = {
  source: new TextEncoder().encode("the source"),
  files: [
    file("program/_fresh/program.js", "main();\n".repeat(100)),
    file("README.txt", "อ่านก่อน\n"),
  ],
};

/** Unpacks an archive as its system would, and reads all of it. */
async function unpacked(archive: URL): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir();
  const path = archive.pathname;
  const [program, ...args] = path.endsWith(".zip")
    ? ["unzip", "-q", path, "-d", folder]
    : ["tar", "-xJf", path, "-C", folder];
  const { success, stderr } = await new Deno.Command(program!, {
    args,
    env: { TZ: "UTC" }, // a zip says no time zone
  }).output();
  ok(success, new TextDecoder().decode(stderr));
  const files = new Map<string, string>();
  const visit = async (inside: string) => {
    for await (const { name, isDirectory } of Deno.readDir(folder + inside)) {
      const at = `${inside}/${name}`;
      if (isDirectory) await visit(at);
      else {
        const { mode, mtime } = await Deno.stat(folder + at);
        equal(mtime, TIME);
        const runs = (mode! & 0o111) !== 0 ? " runs" : "";
        const bytes = await Deno.readFile(folder + at);
        const hash = await crypto.subtle.digest("SHA-256", bytes);
        files.set(at.slice(1) + runs, new Uint8Array(hash).toHex());
      }
    }
  };
  await visit("");
  await Deno.remove(folder, { recursive: true });
  return files;
}

/** Whether the system has a program; else it is said what to install. */
async function has(program: string, from: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["--help"] }).output();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`${program} is not there: deno task setup installs ${from}`);
    return false;
  }
}

const canUnpack = await has("xz", "xz-utils") && await has("unzip", "unzip");

for (const each of PLATFORMS) {
  Deno.test({
    name:
      `the archive for ${each.name} has its runtime and what people press, twice the same`,
    ignore: !canUnpack,
    fn: () =>
      inFolder(async (folder) => {
        const { platform, runtime, npm } = await small(each);
        const make = async (dist: URL) => {
          const fetcher = () => Promise.resolve(npm);
          const making = {
            dist,
            runtimes: folder,
            effort: 0,
            fetcher,
          } as const;
          const name = await makeArchive(platform, SMALL, making);
          match(
            name,
            new RegExp(`-\\d+\\.\\d+\\.\\d+-${each.name}\\.(zip|tar\\.xz)$`),
          );
          return new URL(name, dist);
        };
        const first = await make(new URL("1/", folder));
        const files = await unpacked(first);
        equal(
          [...files.keys()].sort(),
          [
            "tiktok-live-support/README.txt",
            `tiktok-live-support/${each.start} runs`,
            "tiktok-live-support/program/_fresh/program.js",
            `tiktok-live-support/program/${each.deno} runs`,
          ].sort(),
        );
        const hash = await crypto.subtle.digest(
          "SHA-256",
          new TextEncoder().encode(runtime),
        );
        equal(
          files.get(`tiktok-live-support/program/${each.deno} runs`),
          new Uint8Array(hash).toHex(),
        );
        const second = await make(new URL("2/", folder));
        equal(await Deno.readFile(second), await Deno.readFile(first));
      }),
  });
}

Deno.test("what npm brings must be what is pinned, whole: else it is said and no archive is left", () =>
  inFolder(async (folder) => {
    const { platform, npm } = await small(PLATFORMS[0]!);
    const dist = new URL("dist/", folder);
    for (const wrong of [npm.slice(0, -1), new Uint8Array(0)]) {
      await rejects(
        makeArchive(platform, SMALL, {
          dist,
          runtimes: folder,
          fetcher: () => Promise.resolve(wrong),
        }),
        new RegExp(`came with ${wrong.length} bytes and .*not as pinned`),
      );
    }
    await rejects(Deno.stat(dist), Deno.errors.NotFound);
    // What was kept and is damaged is fetched anew.
    let fetched = 0;
    const fetcher = () => Promise.resolve((fetched++, npm));
    await runtimeOf(platform, folder, fetcher);
    const [kept] = Array.from(Deno.readDirSync(folder), ({ name }) => name);
    await Deno.writeFile(new URL(kept!, folder), npm.slice(0, 40));
    await runtimeOf(platform, folder, fetcher);
    await runtimeOf(platform, folder, fetcher);
    equal(fetched, 2);
  }));

Deno.test("a runtime that the package does not have is said", () =>
  inFolder(async (folder) => {
    const { platform, npm } = await small(PLATFORMS[0]!);
    const other: Platform = { ...platform, deno: "deno.exe" };
    await rejects(
      runtimeOf(other, folder, () => Promise.resolve(npm)),
      /has no file deno\.exe/,
    );
  }));

Deno.test("an unknown platform is said, with those that there are", () => {
  throws(() => platformsOf("amiga"), /"amiga".* linux-x64, .*, mac-x64$/);
  equal(platformsOf(undefined), PLATFORMS);
  equal(platformsOf("win-x64").map(({ name }) => name), ["win-x64"]);
});

Deno.test("SHA256SUMS has every archive, and only those", () =>
  inFolder(async (dist) => {
    const name = await writeSource(SMALL, dist);
    await Deno.writeTextFile(new URL(`${name}.tmp`, dist), "half");
    await writeSums(dist);
    const text = await Deno.readTextFile(new URL("SHA256SUMS", dist));
    match(text, new RegExp(`^[0-9a-f]{64}  ${name}\n$`));
  }));

Deno.test("the package names every package that is bundled in it, and its licence", async () => {
  await build();
  const { files } = await commonFiles();
  const text = (file: PackedFile) => new TextDecoder().decode(file.bytes);
  const at = (path: string) => files.find((file) => file.path === path)!;
  const bundled = new Set<string>();
  for (const file of files.filter(({ path }) => path.endsWith(".js"))) {
    const found = text(file).matchAll(
      /^\/\/ node_modules\/\.deno\/([^/]+)\//gm,
    );
    for (const [, name] of found) bundled.add(name!);
  }
  for (const some of ["zod", "ws", "obs-websocket-js", "@redis+client"]) {
    ok([...bundled].some((name) => name.startsWith(`${some}@`)), some);
  }
  const licences = text(at("program/licences.txt"));
  const named = licences.matchAll(/^(\S+) (\d\S+): .+$/gm);
  const names = Array.from(
    named,
    ([, name, version]) => `${name!.replace("/", "+")}@${version}`,
  );
  // The folder of a package that has peers names them, too.
  equal(
    [...bundled].map((name) => name.replace(/_.*/, "")).sort(),
    names.sort(),
  );
  match(licences, /^https-proxy-agent \S+: MIT\n\nLicense\n-+\n\n\(The MIT/m);
});

Deno.test("a package serves with the rights of `deno task serve`, and no other", () => {
  const rights = (words: string[]) =>
    words.filter((word) => word.startsWith("--allow")).sort();
  const task = deno.tasks.serve.command.replaceAll('"', "")
    .replaceAll("$DATA", "DATA").split("&& deno run").at(-1)!;
  equal(
    rights(servingArguments("DATA", 8000)),
    rights(task.trim().split(/\s+/)),
  );
});

Deno.test({
  name:
    "the real archives have what npm has, byte for byte, and the same files when made again",
  ignore: Deno.env.get("PLATFORMS") !== "all" || !canUnpack,
  fn: () =>
    inFolder(async (folder) => {
      await build();
      const making = { dist: folder, runtimes: RUNTIMES, effort: 0 } as const;
      for (const platform of PLATFORMS) {
        const make = async () => {
          const name = await makeArchive(platform, await commonFiles(), making);
          return await unpacked(new URL(name, folder));
        };
        const files = await make();
        const runtime = await runtimeOf(platform, RUNTIMES);
        const hash = await crypto.subtle.digest("SHA-256", runtime);
        const at = `tiktok-live-support/program/${platform.deno} runs`;
        equal(files.get(at), new Uint8Array(hash).toHex());
        equal(await make(), files);
      }
    }),
});
