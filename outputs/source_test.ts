import { deepStrictEqual as equal } from "node:assert";
import { sourceArchive } from "./source.ts";

Deno.test("sourceArchive() holds the source and nothing else of the folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const root = new URL(`file://${folder}/`);
    for (const path of ["core", "routes/api", "data", "node_modules/x"]) {
      await Deno.mkdir(new URL(path, root), { recursive: true });
    }
    for (
      const path of [
        ...["core/a.ts", "routes/api/[id].ts", "main.ts", "LICENSE"],
        ...[".env", "data/store.sqlite", "node_modules/x/y.js", "secret.key"],
      ]
    ) await Deno.writeTextFile(new URL(path, root), path);
    await Deno.symlink(`${folder}/.env`, `${folder}/core/link.ts`);

    const file = `${folder}/out.tar.gz`;
    const archive = sourceArchive(root);
    const packed = await archive();
    await Deno.writeFile(file, packed.stream());
    const tar = new Deno.Command("tar", { args: ["-tzf", file] });
    const { stdout } = await tar.output();
    equal(new TextDecoder().decode(stdout).trim().split("\n"), [
      "tiktok-live-support/LICENSE",
      "tiktok-live-support/core/a.ts",
      "tiktok-live-support/main.ts",
      "tiktok-live-support/routes/api/[id].ts",
    ]);
    const cat = new Deno.Command("tar", {
      args: ["-xzOf", file, "tiktok-live-support/main.ts"],
    });
    equal(new TextDecoder().decode((await cat.output()).stdout), "main.ts");
    equal(await archive() === packed, true, "it is packed once");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
