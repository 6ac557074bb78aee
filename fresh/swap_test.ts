import { deepStrictEqual, match } from "node:assert";

const read = async (name: string) =>
  JSON.parse(
    await Deno.readTextFile(new URL(`../${name}`, import.meta.url)),
  );

Deno.test("deno.jsr.json is deno.json but for Fresh", async () => {
  const ours = await read("deno.json");
  const real = await read("deno.jsr.json");
  deepStrictEqual(real.compilerOptions, ours.compilerOptions);
  deepStrictEqual(real.unstable, ours.unstable);
  deepStrictEqual(Object.keys(real.imports), Object.keys(ours.imports));
  for (const [name, target] of Object.entries<string>(real.imports)) {
    const part = /^fresh(\/\w+)?$/.exec(name);
    if (!part) deepStrictEqual(target, ours.imports[name], name);
    else {match(
        target,
        new RegExp(`^jsr:@fresh/core@\\^2\\.3${part[1] ?? ""}$`),
      );}
  }
});
