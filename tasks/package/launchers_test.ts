/**
 * What people press, in folders with every sign that a shell might take for its
 * own: `start.sh` and `start.command` are run, and `Start.cmd` is read as
 * Windows' `cmd` reads it.
 */
import { deepStrictEqual as equal, match, ok } from "node:assert";
import { PLATFORMS } from "./platforms.ts";
import { ownFiles } from "./contents.ts";

const FOLDERS = [
  "plain",
  "with spaces",
  "ทดสอบ a & b",
  "100% %PATH% %%",
  "it's (one)",
  "$HOME `id` ; !x! ^",
  "-rf",
];
const ARGUMENTS = ["--data", "C a & b's 50% ข้อมูล", "--port", "9000"];

/** A stand-in for the runtime: says how it was called. */
const PROBE = `#!/bin/sh
[ "$1" = --version ] && exit 0
printf '%s\\n' "$DENO_DIR" "$@"
exit 7
`;

for (const start of ["start.sh", "start.command"]) {
  for (const name of FOLDERS) {
    Deno.test({
      name: `${start} finds its program in a folder named ${name}`,
      ignore: Deno.build.os === "windows",
      async fn() {
        const home = await Deno.makeTempDir();
        const folder = `${home}/${name}`;
        await Deno.mkdir(`${folder}/program`, { recursive: true });
        await Deno.copyFile(
          new URL(start, import.meta.url),
          `${folder}/${start}`,
        );
        await Deno.chmod(`${folder}/${start}`, 0o755);
        const probe = `${folder}/program/deno`;
        const run = async (args: string[]) => {
          const { code, stdout } = await new Deno.Command(
            `${folder}/${start}`,
            { args, cwd: "/", stdin: "null" },
          ).output();
          return { code, said: new TextDecoder().decode(stdout) };
        };
        const missing = await run([]);
        equal(missing.code, 1);
        match(missing.said, /unpack the whole archive.*\n.*แตกไฟล์ทั้งหมดก่อน/);

        await Deno.writeTextFile(probe, PROBE, { mode: 0o755 });
        const { code, said } = await run(ARGUMENTS);
        const [cache, ...words] = said.trimEnd().split("\n");
        const real = await Deno.realPath(folder);
        equal(code, 7);
        equal(cache, `${real}/program/cache`);
        equal(words.slice(-5), [`${real}/program/launcher.js`, ...ARGUMENTS]);
        equal(words[0], "run");
        await Deno.remove(home, { recursive: true });
      },
    });
  }
}

Deno.test("start.sh finds its program through a link", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const home = await Deno.makeTempDir();
  await Deno.mkdir(`${home}/a b/program`, { recursive: true });
  const file = `${home}/a b/start.sh`;
  await Deno.copyFile(new URL("start.sh", import.meta.url), file);
  await Deno.chmod(file, 0o755);
  await Deno.writeTextFile(`${home}/a b/program/deno`, PROBE, { mode: 0o755 });
  await Deno.symlink(file, `${home}/link`);
  const { code } = await new Deno.Command(`${home}/link`).output();
  equal(code, 7);
  await Deno.remove(home, { recursive: true });
});

/** What `cmd` makes of a line: its `%` once, and then words and operators. */
function readAsCmd(
  line: string,
  { folder, given }: { folder: string; given: string },
): string[] {
  const expanded = line.replaceAll("%~dp0", `${folder}\\`)
    .replaceAll("%*", given);
  const words: string[] = [""];
  let isQuoted = false;
  for (const sign of expanded) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /\s/.test(sign)) words.push("");
    else if (!isQuoted && /[&|<>^()]/.test(sign)) words.push(sign, "");
    else words[words.length - 1] += sign;
  }
  ok(!isQuoted, line);
  return words.filter((word) => word !== "");
}

/** The text as it is in the package. */
async function startCmd(): Promise<string> {
  const windows = PLATFORMS.find(({ name }) => name === "win-x64")!;
  const [start] = await ownFiles(windows, new Uint8Array(0));
  equal(start!.path, "Start.cmd");
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(start!.bytes);
}

for (const name of FOLDERS) {
  Deno.test(`Start.cmd finds its program in a folder named ${name}`, async () => {
    const folder = `C:\\Users\\เมย์\\${name}`;
    const given = '--data "C a & b\'s 50% ข้อมูล" --port 9000';
    const lines = (await startCmd()).split("\r\n");
    const words = (beginning: string) =>
      readAsCmd(
        lines.find((line) => line.startsWith(beginning))!,
        { folder, given },
      );
    const run = words('"%~dp0program\\deno.exe"');
    equal(run[0], `${folder}\\program\\deno.exe`);
    equal(run.slice(-5), [`${folder}\\program\\launcher.js`, ...ARGUMENTS]);
    equal(words("if not exist").slice(-3), [
      `${folder}\\program\\deno.exe`,
      "goto",
      "missing",
    ]);
    equal(words('set "DENO_DIR').at(-1), `DENO_DIR=${folder}\\program\\cache`);
  });
}

Deno.test("Start.cmd is what cmd reads without fault", async () => {
  const text = await startCmd();
  const lines = text.split("\r\n");
  ok(!lines.some((line) => line.includes("\n")), "every line ends in CR LF");
  ok(text.startsWith("@echo off\r\n"), "no byte order mark before it");
  ok(!/\bcall\b/i.test(text), "call expands % a second time");
  match(text, /^setlocal DisableDelayedExpansion\r$/m);
  const thai = lines.findIndex((line) => /[^ -~]/.test(line));
  const utf8 = lines.findIndex((line) => line.startsWith("chcp 65001"));
  ok(utf8 >= 0 && utf8 < thai, "UTF-8 is switched on before it is used");
  // Whatever a path or an argument holds stays inside of quotes.
  for (const line of lines) {
    const outside = line.replaceAll(/"[^"]*"/g, "");
    ok(!outside.includes("%~"), line);
    if (!line.startsWith("echo")) continue;
    ok(!/[&|<>^%]/.test(outside), line);
  }
});

Deno.test("every way to start keeps Deno from asking for a newer one, and its cache beside the program", async () => {
  for (const { start } of PLATFORMS) {
    const text = await Deno.readTextFile(new URL(start, import.meta.url));
    match(text, /DENO_NO_UPDATE_CHECK=1/);
    match(text, /DENO_DIR=.*cache/);
  }
});
