/**
 * What the tasks may do, asked of a probe that is run as they run.
 */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { fileURLToPath } from "node:url";
import tasks from "@/deno.json" with { type: "json" };
import { dataFolder } from "./data_folder.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Prints whether it has each of the rights that it is given as JSON. */
const PROBE = `const asked = JSON.parse(Deno.args.at(-1));
const states = asked.map((each) => Deno.permissions.querySync(each).state);
console.log(JSON.stringify(states));`;

/** Whether a task's program has rights. */
async function rightsOf(
  task: "serve" | "build",
  script: string,
  rights: Deno.PermissionDescriptor[],
  env: Record<string, string> = {},
): Promise<boolean[]> {
  const folder = await Deno.makeTempDir();
  const probe = `${folder}/probe.js`;
  await Deno.writeTextFile(probe, PROBE);
  const { command } = tasks.tasks[task];
  ok(command.endsWith(` ${script}`), command);
  const probing = `${command.slice(0, -script.length)}${probe} '${
    JSON.stringify(rights)
  }'`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--eval", probing],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
  }).output();
  await Deno.remove(folder, { recursive: true });
  const text = new TextDecoder().decode(stdout).trim();
  ok(text !== "", new TextDecoder().decode(stderr));
  return (JSON.parse(text) as string[]).map((state) => state === "granted");
}

Deno.test("the program may write to its data folder, and neither to itself nor elsewhere", async () => {
  const folder = await Deno.makeTempDir({ prefix: "my data " });
  const write = (path: string) => ({ name: "write", path }) as const;
  const read = (path: string) => ({ name: "read", path }) as const;
  const asked: [Deno.PermissionDescriptor, boolean][] = [
    [write(folder), true],
    [read(`${folder}/store.sqlite`), true],
    [read("./main.ts"), true],
    [write("./main.ts"), false],
    [write("./_fresh/server.js"), false],
    [write("./tasks/build.ts"), false],
    [write("./data"), false],
    [write("/tmp/elsewhere"), false],
    [read("/etc/passwd"), false],
    [{ name: "run" }, false],
    [{ name: "ffi" }, false],
    [{ name: "net", host: "www.tiktok.com" }, true],
  ];
  const rights = asked.map(([right]) => right);
  const may = await rightsOf("serve", "_fresh/program.js", rights, {
    DATA_DIR: folder,
  });
  deepStrictEqual(may, asked.map(([, is]) => is));
  const unset = await rightsOf(
    "serve",
    "_fresh/program.js",
    [write("./data/demo"), write("./main.ts")],
    { DATA_DIR: "" },
  );
  deepStrictEqual(unset, [true, false]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a start serves as `deno task serve` does: one process less lies between", () => {
  const { start, serve } = tasks.tasks;
  ok(start.command.endsWith(`) && ${serve.command}`), start.command);
});

Deno.test("the build runs esbuild and no other program", async () => {
  const packages = `${ROOT}node_modules/.deno`;
  const found = Array.from(Deno.readDirSync(packages), ({ name }) => name)
    .find((name) => name.startsWith("@esbuild+"))!;
  const [, name] = /^@esbuild\+(.+)@/.exec(found)!;
  const esbuild =
    `${packages}/${found}/node_modules/@esbuild/${name}/bin/esbuild`;
  const run = (command: string) => ({ name: "run", command }) as const;
  const rights = [
    run(
      Deno.build.os === "windows"
        ? esbuild.replace("bin/esbuild", "esbuild.exe")
        : esbuild,
    ),
    run("/bin/sh"),
    run(Deno.execPath()),
    { name: "run" } as const,
    { name: "write", path: "./main.ts" } as const,
    { name: "write", path: "./_fresh" } as const,
  ];
  const may = await rightsOf("build", "tasks/build.ts", rights);
  deepStrictEqual(may, [true, false, false, false, false, true]);
});

Deno.test("dataFolder() names where a link leads, too, and takes no comma and none that is too long", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await Deno.symlink(folder, `${folder}/link`);
  strictEqual(await dataFolder(`${folder}/link`), `${folder}/link,${folder}`);
  strictEqual(await dataFolder(`${folder}/new`), `${folder}/new,${folder}/new`);
  strictEqual(await dataFolder(" "), await dataFolder("./data"));
  await rejects(
    dataFolder(`${folder}/a,b`),
    /^RangeError: Cannot use DATA_DIR/,
  );
  await rejects(
    dataFolder(`${folder}/${"x".repeat(300)}`),
    /^RangeError: Cannot use DATA_DIR: its path is too long/,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a data folder that cannot be named is refused in one line", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "serve"],
    cwd: ROOT,
    env: { NO_COLOR: "1", DATA_DIR: "/tmp/a,b" },
  }).output();
  strictEqual(code, 1);
  strictEqual(
    new TextDecoder().decode(stderr),
    'Cannot use DATA_DIR: its path may have no comma, not "/tmp/a,b"; for example DATA_DIR=./data\n',
  );
});
