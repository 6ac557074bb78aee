import { deepStrictEqual, strictEqual } from "node:assert";
import { App, HttpError, page, type PageProps } from "../mod.ts";
import { ask, content, withRoutes } from "../testing/ask.ts";
import type { RouteComponent, RouteModule } from "./types.ts";

const wrap = (name: string): RouteComponent => ({ Component }: PageProps) => (
  <div class={name}>
    <Component />
  </div>
);

function show({ error }: PageProps) {
  return <p>{String(error)}</p>;
}

const fail = (error: unknown): RouteModule => ({
  handler: () => {
    throw error;
  },
});

const text = (words: string): RouteModule => ({
  handler: (ctx) => ctx.text(words),
});

const site = (modules: Record<string, RouteModule>) =>
  withRoutes(new App().fsRoutes(), modules);

Deno.test("a route file answers by its handlers and its page", async () => {
  const app = site({
    "page.tsx": { default: () => <p>page</p> },
    "both.tsx": {
      default: ({ data }) => <p>{String(data)}</p>,
      handlers: {
        GET: () => page("read", { status: 202, headers: { "x-a": "1" } }),
        POST: () => page("sent"),
      },
    },
    "any.ts": text("any"),
    "api/openapi.json.ts": { handler: { GET: (ctx) => ctx.json({}) } },
    "only.ts": { ...text("only"), config: { methods: ["PUT"] } },
    "async.tsx": {
      default: async ({ params }) => <p>{await Promise.resolve(params.x)}</p>,
    },
    "away.tsx": {
      // deno-lint-ignore require-await
      default: async () => new Response("away", { status: 418 }),
    },
  });
  strictEqual(content(await ask(app, "/page")), "<p>page</p>");
  const both = await ask(app, "/both");
  deepStrictEqual([both.status, content(both)], [202, "<p>read</p>"]);
  strictEqual(both.headers.get("x-a"), "1");
  const sent = await ask(app, "/both", { method: "POST" });
  deepStrictEqual([sent.status, content(sent)], [200, "<p>sent</p>"]);
  strictEqual((await ask(app, "/any", { method: "DELETE" })).body, "any");
  strictEqual((await ask(app, "/api/openapi.json")).body, "{}");
  strictEqual((await ask(app, "/only")).status, 404);
  strictEqual((await ask(app, "/only", { method: "PUT" })).body, "only");
  strictEqual(content(await ask(app, "/async")), "<p></p>");
  strictEqual((await ask(app, "/away")).status, 418);
});

Deno.test("a wrong method on a route file is 404, and HEAD is GET", async () => {
  const app = site({
    "page.tsx": { default: () => <p>page</p> },
    "post.ts": { handler: { POST: (ctx) => ctx.text("") } },
  });
  strictEqual((await ask(app, "/page", { method: "POST" })).status, 404);
  strictEqual((await ask(app, "/post")).status, 404);
  const head = await ask(app, "/page", { method: "HEAD" });
  deepStrictEqual([head.status, head.body], [200, ""]);
});

Deno.test("folders run their middlewares, outermost first", async () => {
  const note =
    (letter: string) => async (ctx: { next(): Promise<Response> }) => {
      const response = await ctx.next();
      response.headers.append("x-via", letter);
      return response;
    };
  const app = site({
    "_middleware.ts": { default: [note("a"), note("b")] as never },
    "(in)/_middleware.ts": { handler: note("c") },
    "(in)/x.ts": text("x"),
    "y.ts": text("y"),
    "admin/_middleware.ts": { handler: note("d") },
  });
  const via = async (path: string) =>
    (await ask(app, path)).headers.get("x-via");
  strictEqual(await via("/x"), "c, b, a");
  strictEqual(await via("/y"), "b, a");
});

Deno.test("a folder's middleware guards paths that are no routes", async () => {
  const app = site({
    "_404.tsx": { default: () => <p>lost</p> },
    "admin/_middleware.ts": { handler: (ctx) => ctx.redirect("/sign-in") },
    "admin/index.ts": text("admin"),
    "(group)/_middleware.ts": { handler: (ctx) => ctx.redirect("/group") },
    "(group)/index.ts": text("group"),
    "[id]/_middleware.ts": { handler: (ctx) => ctx.redirect("/id") },
    "[id]/x.ts": text("id"),
  });
  strictEqual((await ask(app, "/admin/nothing")).status, 302);
  // A page like any other, whose status is 200.
  for (const path of ["/nothing", "/nothing/more"]) {
    const { status, body } = await ask(app, path);
    deepStrictEqual([status, body.includes("lost")], [200, true]);
  }
});

Deno.test("layouts nest, and routes and layouts may leave them out", async () => {
  const leaf = { default: () => <i /> };
  const app = site({
    "_app.tsx": { default: wrap("app") },
    "_layout.tsx": { default: wrap("outer") },
    "in/_layout.tsx": { default: wrap("inner") },
    "in/all.tsx": leaf,
    "in/bare.tsx": { ...leaf, config: { skipInheritedLayouts: true } },
    "in/naked.tsx": {
      ...leaf,
      config: { skipInheritedLayouts: true, skipAppWrapper: true },
    },
    "own/_layout.tsx": {
      default: wrap("own"),
      config: { skipInheritedLayouts: true },
    },
    "own/index.tsx": leaf,
    "free/_layout.tsx": {
      default: wrap("free"),
      config: { skipAppWrapper: true },
    },
    "free/index.tsx": leaf,
  });
  const classes = async (path: string) =>
    [...(await ask(app, path)).body.matchAll(/class="(\w+)"/g)]
      .map(([, name]) => name).join(" ");
  strictEqual(await classes("/in/all"), "app outer inner");
  strictEqual(await classes("/in/bare"), "app");
  strictEqual(await classes("/in/naked"), "");
  strictEqual(await classes("/own"), "app own");
  strictEqual(await classes("/free"), "outer free");
});

Deno.test("async layouts are waited for and may answer", async () => {
  const app = site({
    "_app.tsx": { default: wrap("app") },
    "_layout.tsx": {
      default: async ({ Component, url }) => {
        await Promise.resolve();
        if (url.search) return new Response("no", { status: 403 });
        return (
          <main>
            <Component />
          </main>
        );
      },
    },
    "index.tsx": { default: () => <i /> },
  });
  strictEqual(
    content(await ask(app, "/")),
    '<div class="app"><main><i></i></main></div>',
  );
  strictEqual((await ask(app, "/?x")).status, 403);
});

Deno.test("errors are shown by the nearest error page", async () => {
  const app = site({
    "_app.tsx": { default: wrap("app") },
    "_404.tsx": { default: () => <p>lost</p> },
    "_error.tsx": { default: show },
    "api/_error.ts": {
      handler: (ctx) => ctx.json({ error: String(ctx.error) }, { status: 400 }),
    },
    "api/x.ts": fail(new HttpError(409, "taken")),
    "gone.ts": fail(new HttpError(410, "gone")),
    "missing.ts": fail(new HttpError(404)),
    "bare.tsx": {
      default: () => {
        throw new HttpError(422, "in the page");
      },
      config: { skipAppWrapper: true },
    },
  });
  const gone = await ask(app, "/gone");
  strictEqual(gone.status, 410);
  const wrapped = (words: string) => `<div class="app"><p>${words}</p></div>`;
  strictEqual(content(gone), wrapped("HttpError: gone"));
  for (const path of ["/missing", "/nowhere"]) {
    const missing = await ask(app, path);
    deepStrictEqual([missing.status, content(missing)], [200, wrapped("lost")]);
  }
  strictEqual(
    (await ask(app, "/api/x")).body,
    '{"error":"HttpError: taken"}',
  );
  const bare = await ask(app, "/bare");
  deepStrictEqual(
    [bare.status, content(bare)],
    [422, wrapped("HttpError: in the page")],
  );
});

Deno.test("an error page has the app's wrapper, wherever that was set", async () => {
  const app = withRoutes(new App().appWrapper(wrap("app")).fsRoutes(), {
    "_error.tsx": { default: () => <p>no</p> },
    "x.tsx": {
      default: () => {
        throw new HttpError(400);
      },
      config: { skipAppWrapper: true },
    },
  });
  const answer = await ask(app, "/x");
  strictEqual(content(answer), '<div class="app"><p>no</p></div>');
});

Deno.test("what a middleware throws before the files has a page too", async () => {
  const app = withRoutes(
    new App().use(() => {
      throw new HttpError(401, "who are you?");
    }).fsRoutes(),
    { "_error.tsx": { default: show } },
  );
  const { status, body } = await ask(app, "/");
  strictEqual(status, 401);
  strictEqual(body.includes("who are you?"), true);
});

Deno.test("no middleware of the app sees the response of the root's error page", async () => {
  const app = withRoutes(
    new App().use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("x-seen", String(response.status));
      return response;
    }).fsRoutes(),
    { "_error.tsx": { default: show }, "x.ts": fail(new HttpError(403)) },
  );
  const answer = await ask(app, "/x");
  deepStrictEqual([answer.status, answer.headers.get("x-seen")], [403, null]);
});

Deno.test("fsRoutes() puts the files under a path", async () => {
  const app = withRoutes(new App().fsRoutes("/site"), {
    "index.ts": text("index"),
    "a/[b].ts": { handler: (ctx) => ctx.json(ctx.params) },
    "c.ts": { ...text("moved"), config: { routeOverride: "/x/:y" } },
  });
  strictEqual((await ask(app, "/site")).body, "index");
  strictEqual((await ask(app, "/site/a/1")).body, '{"b":"1"}');
  strictEqual((await ask(app, "/site/x/1")).body, "moved");
  strictEqual((await ask(app, "/site/c")).status, 404);
  strictEqual((await ask(app, "/")).status, 404);
});

Deno.test("a plain path comes before a pattern that was there first", async () => {
  const app = withRoutes(
    new App().get("/:name", (ctx) => ctx.text("pattern")).fsRoutes(),
    { "about.ts": text("file") },
  );
  strictEqual((await ask(app, "/about")).body, "file");
  strictEqual((await ask(app, "/else")).body, "pattern");
});
