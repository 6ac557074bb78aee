import { deepStrictEqual as equal, ok } from "node:assert";
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
        ...["deno.json", ".dockerignore"],
        ...[".env", "data/store.sqlite", "node_modules/x/y.js", "secret.key"],
        ...["client_secret.json", "notes.md", "core/.env"],
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
      "tiktok-live-support/.dockerignore",
      "tiktok-live-support/LICENSE",
      "tiktok-live-support/core/a.ts",
      "tiktok-live-support/deno.json",
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

Deno.test("sourceArchive() holds all that the program is built of", async () => {
  const root = new URL("../", import.meta.url);
  const file = await Deno.makeTempFile({ suffix: ".tar.gz" });
  await Deno.writeFile(file, (await sourceArchive(root)()).stream());
  const tar = new Deno.Command("tar", { args: ["-tzf", file] });
  const names = new TextDecoder().decode((await tar.output()).stdout);
  const held = new Set(
    names.trim().split("\n").map((name) => name.replace(/^[^/]+\//, "")),
  );
  await Deno.remove(file);
  for (const entry of ["main.ts", "tasks/build.ts"]) {
    const info = new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", entry],
      cwd: root,
    });
    const { stdout } = await info.output();
    const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
      modules: { specifier: string }[];
    };
    const ours = modules.map(({ specifier }) => specifier)
      .filter((url) =>
        // What the build makes of it is not the source.
        url.startsWith(root.href) && !/\/(node_modules|_fresh)\//.test(url)
      )
      .map((url) => decodeURIComponent(url.slice(root.href.length)));
    ok(ours.length > 10, `${ours.length}`);
    equal(ours.filter((path) => !held.has(path)), [], entry);
  }
  const beside = [
    ...["LICENSE", "deno.json", "deno.lock", ".editorconfig", "README.md"],
    ...["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"],
    ...[".ci/run", ".github/workflows/ci.yml", "Dockerfile", "compose.yaml"],
    ...["deno.test.json", "deno.test.lock", "fresh/deno.json"],
  ];
  equal(beside.filter((name) => !held.has(name)), []);
});
