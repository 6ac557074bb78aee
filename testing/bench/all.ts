/**
 * Every bench, one after the other: `deno task bench`.
 *
 * @module
 */
for await (const { name } of Deno.readDir(new URL("./", import.meta.url))) {
  if (!name.endsWith("_bench.ts")) continue;
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--config", "deno.test.json"],
      new URL(name, import.meta.url).pathname,
    ],
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code !== 0) Deno.exit(code);
}
