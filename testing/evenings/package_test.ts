/**
 * The package for Linux, unpacked into a folder with an inconvenient name and
 * started by what people press: without a network, without Deno and Node on the
 * path, with an empty environment.
 */
import { strictEqual } from "node:assert";
import { fileURLToPath, pathToFileURL } from "node:url";
import { makeArchive } from "@/tasks/package/archives.ts";
import { commonFiles } from "@/tasks/package/contents.ts";
import { PLATFORMS } from "@/tasks/package/platforms.ts";
import { build } from "@/testing/program.ts";

const ROOT = new URL("../../", import.meta.url);
/** What was fetched before stays, as with `deno task package`. */
const RUNTIMES = new URL("dist/runtimes/", ROOT);
const FOLDER = "ทดสอบ a & b";
const ARCHITECTURES = { x86_64: "linux-x64", aarch64: "linux-arm64" };

/**
 * Begins a command in a network that leads nowhere; whatever it has started ends
 * with it.
 */
const ALONE = [
  ...["unshare", "--map-root-user", "--net"],
  ...["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c"],
];
/** The shell stays, since somebody must bury what has lost its parent. */
const WITH_LOOPBACK = 'ip link set lo up && "$@"; exit $?';

/** Whether a command is there and ends well. */
async function works(program: string, ...args: string[]): Promise<boolean> {
  try {
    const command = { args, stdout: "null", stderr: "null" } as const;
    return (await new Deno.Command(program, command).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Words that begin a command without a network; none where there is no way. */
async function withoutNetwork(): Promise<string[]> {
  const [program, ...args] = [...ALONE, WITH_LOOPBACK, "sh"];
  if (await works(program!, ...args, "true")) return [program!, ...args];
  console.log(
    "The package is tried with the network on: unshare and ip are missing (deno task setup installs them) or not allowed here",
  );
  return [];
}

async function hasXz(): Promise<boolean> {
  if (await works("xz", "--version")) return true;
  console.log("xz is not there: deno task setup installs it");
  return false;
}

Deno.test({
  name:
    "the package for Linux plays an evening by itself, is killed, goes on and is updated",
  ignore: Deno.build.os !== "linux" || !await hasXz(),
  async fn() {
    await build();
    const home = await Deno.makeTempDir();
    try {
      const dist = new URL(`${pathToFileURL(home).href}/dist/`);
      const name = ARCHITECTURES[Deno.build.arch];
      const platform = PLATFORMS.find((each) => each.name === name)!;
      const making = { dist, runtimes: RUNTIMES, effort: 0 } as const;
      const archive = fileURLToPath(
        new URL(await makeArchive(platform, await commonFiles(), making), dist),
      );
      const folder = `${home}/${FOLDER}`;
      await Deno.mkdir(folder);
      strictEqual(await works("tar", "-xJf", archive, "-C", folder), true);
      const [program, ...args] = [
        ...await withoutNetwork(),
        ...[Deno.execPath(), "run", "-A", "--quiet", "--no-check"],
        ...["--config", fileURLToPath(new URL("deno.test.json", ROOT))],
        fileURLToPath(new URL("testing/packaged_evening.ts", ROOT)),
        ...[`${folder}/tiktok-live-support/start.sh`, archive, `${home}/home`],
      ];
      const { code, stdout, stderr } = await new Deno.Command(program!, {
        args,
      }).output();
      const said = new TextDecoder();
      strictEqual(code, 0, said.decode(stdout) + said.decode(stderr));
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  },
});
