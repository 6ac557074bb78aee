import { match, ok, strictEqual } from "node:assert";
import { App, staticFiles } from "../mod.ts";
import { Builder } from "../dev.ts";
import { testProject } from "../testing/project.ts";

const PROJECT = {
  "routes/index.tsx": `export default () => <p>page</p>;`,
  "routes/_error.tsx": `export default () => <p>for visitors</p>;`,
  "routes/fails.tsx": `export default function Fails() {
  throw new Error("at <this> place");
}`,
  "static/a.css": "a{}",
};

/** Serves a project as `deno task dev` does, until the end of its block. */
async function listening(files: Record<string, string>) {
  const project = await testProject(files);
  const end = new AbortController();
  const app = new App().use(staticFiles()).fsRoutes();
  const { error } = console;
  console.error = () => {}; // errors are what these tests are about
  const server = await new Builder({ root: project.root }).listen(
    () => Promise.resolve({ app }),
    {
      port: 0,
      hostname: "127.0.0.1",
      signal: end.signal,
      onListen: () => {},
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  const headers = { accept: "text/html" };
  return {
    project,
    url,
    get: async (path: string) =>
      await (await fetch(url + path, { headers })).text(),
    async [Symbol.asyncDispose]() {
      console.error = error;
      end.abort();
      await server.finished;
      await project[Symbol.asyncDispose]();
    },
  };
}

Deno.test("listen() serves pages that listen for changes", async () => {
  await using site = await listening(PROJECT);
  match(
    await site.get("/"),
    /<script type="module" src="\/_fresh\/reload.js">/,
  );
  match(await site.get("/_fresh/reload.js"), /EventSource/);
});

Deno.test("listen() tells of changed files and serves them", async () => {
  await using site = await listening(PROJECT);
  const response = await fetch(`${site.url}/_fresh/changes`);
  const events = response.body!.pipeThrough(new TextDecoderStream())
    .getReader();
  match((await events.read()).value!, /event: server\ndata: [0-9a-f-]+\n\n/);
  await site.project.write("static/a.css", "b{}");
  await site.project.write("static/new.css", "c{}");
  let told = "";
  while (await site.get("/new.css") !== "c{}" || !told) {
    told = (await events.read()).value ?? "";
  }
  strictEqual(told.startsWith("event: change\n"), true);
  strictEqual(await site.get("/a.css"), "b{}");
  await events.cancel();
});

Deno.test("listen() shows an error and its place", async () => {
  await using site = await listening(PROJECT);
  const page = await site.get("/fails");
  ok(page.includes("<h1>Error: at &lt;this> place</h1>"));
  match(page, /routes\/fails.tsx:2:9/);
  ok(page.includes('    2 |   throw new Error("at &lt;this> place");'));
  ok(!page.includes("for visitors"));
});

Deno.test("listen() shows why a project cannot be built", async () => {
  await using site = await listening({
    ...PROJECT,
    "islands/Bad.tsx": "export default <",
  });
  const page = await site.get("/anything");
  match(page, /islands\/Bad.tsx:1:17/);
  match(page, /1 \| export default &lt;/);
});

Deno.test("listen() shows why a route cannot be loaded", async () => {
  await using site = await listening({
    ...PROJECT,
    "routes/bad.ts": "export const a = 1;\nexport const = 2;",
  });
  match(await site.get("/"), /routes\/bad.ts:2:14/);
});
