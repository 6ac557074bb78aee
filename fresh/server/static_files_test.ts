import { deepStrictEqual, match, strictEqual } from "node:assert";
import { join } from "node:path";
import { App, staticFiles } from "../mod.ts";
import { Builder } from "../dev.ts";
import { asset, setBuildId } from "../asset.ts";
import { ask } from "../testing/ask.ts";
import { testProject } from "../testing/project.ts";

async function site(files: Record<string, string>, config = {}) {
  const project = await testProject(files);
  const app = new App(config).use(staticFiles()).get(
    "*",
    (ctx) => ctx.text("next"),
  );
  const build = async () => {
    const { root } = project;
    (await new Builder({ root }).build({ snapshot: "memory" }))(app);
  };
  const close = () => {
    setBuildId("");
    return project[Symbol.asyncDispose]();
  };
  return { project, app, build, [Symbol.asyncDispose]: close };
}

Deno.test("staticFiles() serves files with type, size and tag", async () => {
  await using made = await site({ "static/a/é b.css": "b{}" });
  const { project, app, build } = made;
  for (const name of ["x.woff2", "x.svg", "x.webp", "x.mjs", "x.wasm"]) {
    await project.write(`static/${name}`, "x");
  }
  for (const name of ["x.mp3", "x.ogg", "x.wav", "x.unheard"]) {
    await project.write(`static/${name}`, "x");
  }
  await build();
  const { status, headers, body } = await ask(app, "/a/%C3%A9%20b.css");
  deepStrictEqual([status, body], [200, "b{}"]);
  strictEqual(headers.get("content-type"), "text/css; charset=utf-8");
  strictEqual(headers.get("content-length"), "3");
  strictEqual(headers.get("x-content-type-options"), "nosniff");
  strictEqual(headers.get("cache-control"), "no-cache, no-store");
  match(headers.get("etag")!, /^"[0-9a-f]{32}"$/);
  const types = {
    woff2: "font/woff2",
    svg: "image/svg+xml",
    webp: "image/webp",
    mjs: "text/javascript; charset=utf-8",
    wasm: "application/wasm",
    mp3: "audio/mpeg",
    ogg: "audio/ogg",
    wav: "audio/wav",
    unheard: "application/octet-stream",
  };
  for (const [ending, type] of Object.entries(types)) {
    const { headers } = await ask(app, `/x.${ending}`);
    strictEqual(headers.get("content-type"), type);
  }
});

Deno.test("staticFiles() answers 304 to those who have the file", async () => {
  await using made = await site({ "static/a.css": "b{}" });
  const { app, build } = made;
  await build();
  const tag = (await ask(app, "/a.css")).headers.get("etag")!;
  const statusFor = async (header: string) => {
    const headers = { "if-none-match": header };
    const { status, body } = await ask(app, "/a.css", { headers });
    return [status, body];
  };
  for (const header of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
    deepStrictEqual(await statusFor(header), [304, ""], header);
  }
  deepStrictEqual(await statusFor('"other"'), [200, "b{}"]);
});

Deno.test("staticFiles() answers HEAD, and leaves other methods", async () => {
  await using made = await site({ "static/a.css": "b{}" });
  const { app, build } = made;
  app.post("*", (ctx) => ctx.text("posted"));
  await build();
  const { headers, body } = await ask(app, "/a.css", { method: "HEAD" });
  deepStrictEqual([headers.get("content-length"), body], ["3", ""]);
  const posted = await ask(app, "/a.css", { method: "POST" });
  strictEqual(posted.body, "posted");
});

Deno.test("staticFiles() hands on what was removed after the build", async () => {
  await using made = await site({ "static/a.css": "b{}" });
  const { project, app, build } = made;
  await build();
  await Deno.remove(join(project.root, "static/a.css"));
  strictEqual((await ask(app, "/a.css")).body, "next");
});

Deno.test("files that asset() names are kept for a year", async () => {
  await using made = await site({ "static/a.css": "b{}" });
  const { project, app, build } = made;
  await build();
  const control = async (path: string) =>
    (await ask(app, path)).headers.get("cache-control");
  const year = "public, max-age=31536000, immutable";
  strictEqual(await control(asset("/a.css")), year);
  strictEqual(await control("/a.css?__build=another"), "no-cache, no-store");
  const old = asset("/a.css");
  await project.write("static/a.css", "c{}");
  await build();
  strictEqual(asset("/a.css") === old, false);
});

Deno.test("no path leads out of the static folder", async () => {
  await using made = await site({
    "static/a.css": "b{}",
    "static/.secret": "secret",
    "static/.well/x.txt": "secret",
    "secret.txt": "secret",
    "outside/x.txt": "secret",
  });
  const { project, app, build } = made;
  const { root } = project;
  await Deno.symlink(join(root, "secret.txt"), join(root, "static/link.txt"));
  await Deno.symlink(join(root, "outside"), join(root, "static/folder"));
  await Deno.symlink(join(root, "gone"), join(root, "static/gone.txt"));
  await Deno.symlink(join(root, "static/a.css"), join(root, "static/b.css"));
  await build();
  strictEqual((await ask(app, "/b.css")).body, "b{}");
  for (
    const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/..%5csecret.txt",
      "/..\\secret.txt",
      "/a.css/../../secret.txt",
      "//secret.txt",
      `/${root}/secret.txt`,
      "/.secret",
      "/.well/x.txt",
      "/link.txt",
      "/folder/x.txt",
      "/gone.txt",
      "/a.css%00",
    ]
  ) strictEqual((await ask(app, path)).body, "next", path);
});

Deno.test("staticFiles() follows the base path", async () => {
  const files = { "static/a.css": "b{}" };
  await using made = await site(files, { basePath: "/x" });
  const { app, build } = made;
  await build();
  strictEqual((await ask(app, "/x/a.css")).body, "b{}");
  strictEqual((await ask(app, "/a.css")).status, 404);
});
