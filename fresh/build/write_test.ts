import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { Builder } from "../dev.ts";
import { type TestProject, testProject } from "../testing/project.ts";
import { toFileUrl } from "./file_paths.ts";

const PROJECT = {
  "main.ts": `import { App, staticFiles } from "fresh";
    globalThis.mains = (globalThis.mains ?? 0) + 1;
    export const app = new App().use(staticFiles()).fsRoutes();
    async function serve() {
      const { default: server } = await import("./_fresh/server.js");
      Deno.serve({ port: 0, hostname: "127.0.0.1" }, server.fetch);
    }
    if (import.meta.main) serve();`,
  "routes/index.tsx": `import Hello from "@/islands/Hello.tsx";
    export default () => <body><Hello name="you" /></body>;`,
  "routes/[id].ts": `export const handler = {
      GET: (ctx) => ctx.json({ ...ctx.params, mains: globalThis.mains })
    };`,
  "routes/a#b.ts": `export const handler = (ctx) => ctx.text("odd");`,
  "islands/Hello.tsx": `export default function Hello({ name }) {
    return <p>Hello {name}</p>;
  }`,
  "static/a.css": "body{}",
};

const PERMITTED = ["--allow-net", "--allow-read", "--allow-env"];

/** Builds a project with a `fresh` folder of its own, then moves it. */
async function movedProject(): Promise<TestProject> {
  const project = await testProject(PROJECT);
  const { root } = project;
  const fresh = await Deno.realPath(join(root, "fresh"));
  await Deno.remove(join(root, "fresh"));
  await copy(fresh, join(root, "fresh"));
  const dev: typeof import("../dev.ts") = await import(
    toFileUrl(join(root, "fresh/dev.ts")).href
  );
  await new dev.Builder({ root }).build();
  const moved = `${root}-moved`;
  await Deno.rename(root, moved);
  return {
    ...project,
    root: moved,
    [Symbol.asyncDispose]: () => Deno.remove(moved, { recursive: true }),
  };
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

/** Runs a server until the end of its block. */
async function serve(root: string, args: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    stdout: "piped",
    stderr: "piped",
  });
  return await started(child.spawn());
}

async function started(child: Deno.ChildProcess) {
  const said = child.stderr.pipeThrough(new TextDecoderStream());
  const out = child.stdout.pipeThrough(new TextDecoderStream());
  let text = "";
  const lines = [said, out].map(async (stream) => {
    for await (const chunk of stream) {
      text += chunk;
      const [, url] = /Listening on (http:\S+?)\/?\s/.exec(text) ?? [];
      if (url) address.resolve(url.replace("0.0.0.0", "127.0.0.1"));
    }
  });
  const address = Promise.withResolvers<string>();
  let hasEnded = false;
  const ended = Promise.all([child.status, ...lines]).then(() => {
    hasEnded = true;
    address.reject(new Error(`The server ended: ${text}`));
  });
  return {
    url: await address.promise,
    async [Symbol.asyncDispose]() {
      if (!hasEnded) child.kill();
      await ended;
    },
  };
}

Deno.test("a written build can be moved and serves without writing", async () => {
  await using project = await movedProject();
  const { root } = project;
  const ways = [
    ["run", "main.ts"],
    ["serve", "--port=0", "--host=127.0.0.1", "_fresh/server.js"],
  ];
  for (const [command, ...rest] of ways) {
    await using server = await serve(root, [command!, ...PERMITTED, ...rest]);
    const get = (path: string) => fetch(server.url + path);
    const html = await (await get("/")).text();
    ok(html.includes("<p>Hello you</p>"));
    const [, script] = /src="([^"]+)"/.exec(html)!;
    const boot = await get(script!);
    strictEqual(boot.status, 200);
    match(boot.headers.get("cache-control")!, /immutable/);
    match(await boot.text(), /import/);
    strictEqual(await (await get("/a.css")).text(), "body{}");
    const json = await (await get("/7")).json();
    deepStrictEqual(json, { id: "7", mains: 1 });
    strictEqual(await (await get("/a%23b")).text(), "odd");
  }
  const left = await Array.fromAsync(Deno.readDir(join(root, "_fresh")));
  deepStrictEqual(left.map(({ name }) => name).sort(), [
    "build.json",
    "bundles",
    "server.js",
  ]);
});

Deno.test("a module that waits at its top for its own build waits for ever", async () => {
  await using project = await movedProject();
  const { root } = project;
  const main = PROJECT["main.ts"].replace(" serve();", " await serve();");
  await Deno.writeTextFile(join(root, "main.ts"), main);
  const run = ["run", ...PERMITTED, "main.ts"];
  await rejects(serve(root, run), /Top-level await promise never resolved/);
});

Deno.test("a written build knows no absolute path", async () => {
  await using project = await testProject(PROJECT);
  const { root } = project;
  await new Builder({ root }).build();
  for (const name of ["build.json", "server.js"]) {
    const text = await Deno.readTextFile(join(root, "_fresh", name));
    ok(!text.includes(root), name);
  }
});

Deno.test("build() takes the place of the build before", async () => {
  await using project = await testProject(PROJECT);
  const { root, write } = project;
  const builder = new Builder({ root, outDir: "out" });
  await builder.build();
  const names = async () =>
    (await Array.fromAsync(Deno.readDir(join(root, "out/bundles"))))
      .map(({ name }) => name);
  const before = await names();
  await write("islands/Hello.tsx", "export default () => <b>changed</b>;");
  await builder.build();
  const after = await names();
  strictEqual(after.length, before.length);
  strictEqual(after.filter((name) => !before.includes(name)).length, 1);
});

Deno.test("build() says which island it cannot bundle", async () => {
  await using project = await testProject({
    "islands/Bad.tsx": "export default <",
  });
  const builder = new Builder({ root: project.root });
  await rejects(builder.build(), /islands\/Bad.tsx:1:16/);
});
