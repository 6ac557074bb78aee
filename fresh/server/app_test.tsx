import { deepStrictEqual, match, strictEqual } from "node:assert";
import { App, HttpError, type PageProps } from "../mod.ts";
import { ask, content } from "../testing/ask.ts";

Deno.test("App answers by method and path", async () => {
  const app = new App()
    .get("/a", (ctx) => ctx.text("get"))
    .post("/a", (ctx) => ctx.text("post"))
    .put("/a", (ctx) => ctx.text("put"))
    .patch("/a", (ctx) => ctx.text("patch"))
    .delete("/a", (ctx) => ctx.text("delete"))
    .all("/b/:name", (ctx) => ctx.text(`${ctx.req.method} ${ctx.params.name}`));
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    const { status, body } = await ask(app, "/a", { method });
    deepStrictEqual([status, body], [200, method.toLowerCase()]);
  }
  const put = { method: "PUT" };
  strictEqual((await ask(app, "/b/x%20y", put)).body, "PUT x y");
  // What separates parts of an address stays as it came.
  strictEqual((await ask(app, "/b/x%2Fy%3F", put)).body, "PUT x%2Fy%3F");
  strictEqual((await ask(app, "/a/b")).status, 404);
});

Deno.test("App answers HEAD as GET without a body", async () => {
  const app = new App()
    .get("/a", (ctx) => ctx.text("long", { headers: { "x-a": "1" } }))
    .get("/b", (ctx) => ctx.text("not this"))
    .head("/b", () => new Response(null, { status: 204 }));
  const answer = await ask(app, "/a", { method: "HEAD" });
  deepStrictEqual([answer.status, answer.body], [200, ""]);
  strictEqual(answer.headers.get("x-a"), "1");
  strictEqual((await ask(app, "/b", { method: "HEAD" })).status, 204);
});

Deno.test("App leaves the body of a HEAD alone: nobody tells it that nobody reads", async () => {
  let cancelled = 0;
  const body = () =>
    new ReadableStream({
      cancel() {
        cancelled++;
      },
    });
  const app = new App().get("/a", () => new Response(body()));
  await ask(app, "/a", { method: "HEAD" });
  strictEqual(cancelled, 0);
});

Deno.test("App answers with and without slashes at the end", async () => {
  const app = new App().get("/a/b", (ctx) => ctx.text("here"));
  for (const path of ["/a/b", "/a/b/", "//a//b"]) {
    strictEqual((await ask(app, path)).body, "here", path);
  }
});

Deno.test("what cannot be an address or a method is 500, and in the log", async () => {
  const { error } = console;
  const said: unknown[] = [];
  console.error = (...words) => said.push(words[0]);
  try {
    const app = new App().use((ctx) => ctx.text("reached"));
    const cases = [["/%zz?key=secret", "GET"], ["/", "PROPFIND"]] as const;
    for (const [path, method] of cases) {
      const { status, body, headers } = await ask(app, path, { method });
      deepStrictEqual([status, body], [500, "Internal server error"]);
      strictEqual(headers.get("cache-control"), null);
    }
    match(String(said[0]), /key=secret/);
  } finally {
    console.error = error;
  }
});

Deno.test("App answers 405 with the methods that a path has", async () => {
  const app = new App()
    .get("/a", (ctx) => ctx.text(""))
    .post("/:any", (ctx) => ctx.text(""));
  const { status, headers } = await ask(app, "/a", { method: "PUT" });
  strictEqual(status, 405);
  deepStrictEqual(headers.get("allow"), "GET, HEAD, POST");
});

Deno.test("App applies items from top to bottom", async () => {
  const add = (letter: string) => (ctx: { state: string[] }) => {
    ctx.state.push(letter);
  };
  const app = new App<string[]>()
    .use((ctx) => {
      ctx.state = ["1"];
      return ctx.next();
    })
    .use("/in", (ctx) => (add("2")(ctx), ctx.next()))
    .get("/in/side", (ctx) => ctx.text(ctx.state.join("")))
    .use((ctx) => (add("3")(ctx), ctx.next()))
    .get(
      "/out",
      (ctx) => (add("4")(ctx), ctx.next()),
      (ctx) => ctx.text(ctx.state.join("")),
    );
  strictEqual((await ask(app, "/in/side")).body, "12");
  strictEqual((await ask(app, "/out")).body, "134");
});

Deno.test("ctx.next() lets a middleware see what came of it, twice", async () => {
  let calls = 0;
  const app = new App()
    .use(async (ctx) => {
      await (await ctx.next()).body?.cancel();
      const response = await ctx.next();
      response.headers.set("x-calls", String(calls));
      return response;
    })
    .get("/", (ctx) => (calls++, ctx.text("")));
  strictEqual((await ask(app, "/")).headers.get("x-calls"), "2");
});

Deno.test("ctx.state is fresh for each request", async () => {
  const app = new App<{ n?: number }>().get("/", (ctx) => {
    ctx.state.n = (ctx.state.n ?? 0) + 1;
    return ctx.json(ctx.state);
  });
  strictEqual((await ask(app, "/")).body, '{"n":1}');
  strictEqual((await ask(app, "/")).body, '{"n":1}');
});

Deno.test("ctx.route is the pattern, or null", async () => {
  const app = new App()
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("x-route", String(ctx.route));
      return response;
    })
    .get("/users/:id", (ctx) => ctx.text(""))
    .notFound((ctx) => ctx.text(String(ctx.error), { status: 404 }));
  const found = await ask(app, "/users/1");
  strictEqual(found.headers.get("x-route"), "/users/:id");
  const missing = await ask(app, "/x");
  strictEqual(missing.headers.get("x-route"), "null");
  strictEqual(missing.body, "HttpError: Not Found");
});

Deno.test("ctx.redirect() stays on this site", async () => {
  const app = new App()
    .get("/a", (ctx) => ctx.redirect("//evil.example/x"))
    .get("/b", (ctx) => ctx.redirect("/\\evil.example", 303))
    .get("/c", (ctx) => ctx.redirect("https://example.com/"));
  const to = async (path: string) => {
    const { status, headers } = await ask(app, path);
    return [status, headers.get("location")];
  };
  deepStrictEqual(await to("/a"), [302, "/evil.example/x"]);
  deepStrictEqual(await to("/b"), [303, "/evil.example"]);
  deepStrictEqual(await to("/c"), [302, "https://example.com/"]);
});

Deno.test("ctx.stream() sends chunks and stops when nobody reads", async () => {
  const stopped = Promise.withResolvers<void>();
  async function* forever() {
    try {
      for (let i = 0;; i++) {
        yield i % 2 ? `${i}` : new Uint8Array([i + 48]);
      }
    } finally {
      stopped.resolve();
      await stopped.promise;
    }
  }
  const handler = new App().get("/", (ctx) => ctx.stream(forever)).handler();
  const response = await handler(new Request("http://localhost/"));
  const reader = response.body!.getReader();
  let text = "";
  while (text.length < 3) {
    const { value } = await reader.read();
    text += new TextDecoder().decode(value);
  }
  await reader.cancel();
  strictEqual(text.slice(0, 3), "012");
  await stopped.promise;
});

Deno.test("ctx.html() and ctx.json() name their types", async () => {
  const app = new App()
    .get("/h", (ctx) => ctx.html("<p>", { headers: { "x-a": "1" } }))
    .get("/j", (ctx) => ctx.json([1], { status: 201 }));
  const html = await ask(app, "/h");
  strictEqual(html.headers.get("content-type"), "text/html; charset=utf-8");
  strictEqual(html.headers.get("x-a"), "1");
  const json = await ask(app, "/j");
  strictEqual(json.headers.get("content-type"), "application/json");
  strictEqual(json.status, 201);
});

Deno.test("App gives HttpError's status and words, and hides others", async () => {
  const said: unknown[] = [];
  const { error } = console;
  console.error = (...words) => said.push(words);
  try {
    const app = new App()
      .get("/403", () => {
        throw new HttpError(403, "Not yours");
      })
      .get("/500", () => {
        throw new Error("the password is swordfish");
      })
      .get("/nothing", () => undefined as unknown as Response);
    const refused = await ask(app, "/403");
    deepStrictEqual([refused.status, refused.body], [403, "Not yours"]);
    strictEqual(said.length, 0);
    const failed = await ask(app, "/500");
    deepStrictEqual(
      [failed.status, failed.body],
      [500, "Internal Server Error"],
    );
    strictEqual((await ask(app, "/nothing")).status, 500);
    strictEqual(said.length, 2);
  } finally {
    console.error = error;
  }
});

Deno.test("onError() shows what is thrown at its path or below", async () => {
  const fail = () => {
    throw new HttpError(400, "no");
  };
  const app = new App()
    .use("/early", fail)
    .onError("*", (ctx) => ctx.text(`all: ${ctx.error}`, { status: 400 }))
    .onError("/api", (ctx) => ctx.text(`api: ${ctx.error}`, { status: 400 }))
    .get("/api/x", fail)
    .get("/apis", fail);
  strictEqual((await ask(app, "/api/x")).body, "api: HttpError: no");
  strictEqual((await ask(app, "/apis")).body, "all: HttpError: no");
  strictEqual((await ask(app, "/early")).body, "all: HttpError: no");
});

Deno.test("mountApp() puts another app under a path", async () => {
  const inner = new App<{ who: string }>()
    .use((ctx) => {
      ctx.state.who += "!";
      return ctx.next();
    })
    .get("/", (ctx) => ctx.text(`root ${ctx.state.who}`))
    .get("/users/:id", (ctx) => ctx.text(`${ctx.params.id} ${ctx.state.who}`));
  const app = new App<{ who: string }>()
    .use((ctx) => {
      ctx.state.who = "me";
      return ctx.next();
    })
    .mountApp("/inner", inner)
    .get("/", (ctx) => ctx.text(ctx.state.who));
  strictEqual((await ask(app, "/inner")).body, "root me!");
  strictEqual((await ask(app, "/inner/users/7")).body, "7 me!");
  strictEqual((await ask(app, "/")).body, "me");
});

Deno.test("basePath holds the whole app, and nothing else", async () => {
  const app = new App({ basePath: "/tools/" })
    .get("/", (ctx) => ctx.text(ctx.config.basePath))
    .get("/a", (ctx) => ctx.text(ctx.url.pathname))
    .get("*", (ctx) => ctx.text("inside"));
  strictEqual((await ask(app, "/tools")).body, "/tools");
  strictEqual((await ask(app, "/tools/a")).body, "/tools/a");
  strictEqual((await ask(app, "/a")).status, 404);
  strictEqual((await ask(app, "/toolsa")).status, 404);
});

Deno.test("trustProxy follows the proxy's headers, only if asked", async () => {
  const headers = {
    "x-forwarded-proto": "https",
    "x-forwarded-host": "game.example",
  };
  const origin = (trustProxy: boolean) =>
    ask(
      new App({ trustProxy }).get("/", (ctx) => ctx.text(ctx.url.origin)),
      "/",
      { headers },
    );
  strictEqual((await origin(true)).body, "https://game.example");
  strictEqual((await origin(false)).body, "http://localhost");
});

Deno.test("ctx.render() wraps in layouts and the app wrapper", async () => {
  const wrap = (name: string) =>
    function Wrap({ Component, url }: PageProps) {
      return (
        <div class={name} data-at={url.pathname}>
          <Component />
        </div>
      );
    };
  const app = new App()
    .appWrapper(wrap("app"))
    .layout("*", wrap("all"))
    .layout("/in", wrap("in"))
    .get("/in", (ctx) => ctx.render(<p>1</p>, { status: 201 }))
    .get("/out", (ctx) => ctx.render(<p>2</p>))
    .layout("*", wrap("late"));
  const inside = await ask(app, "/in");
  strictEqual(inside.status, 201);
  match(inside.headers.get("content-type")!, /^text\/html/);
  strictEqual(
    content(inside).replaceAll(/ data-at="[^"]*"/g, ""),
    '<div class="app"><div class="all"><div class="in"><p>1</p></div></div></div>',
  );
  strictEqual(
    content(await ask(app, "/out")).replaceAll(/ data-at="[^"]*"/g, ""),
    '<div class="app"><div class="all"><p>2</p></div></div>',
  );
});

Deno.test("route() takes what a route file exports", async () => {
  const app = new App().route("/form", {
    component: ({ data }) => <p>{String(data)}</p>,
    handler: { POST: (ctx) => ctx.text("sent") },
  });
  strictEqual(content(await ask(app, "/form")), "<p>undefined</p>");
  strictEqual((await ask(app, "/form", { method: "POST" })).body, "sent");
  strictEqual((await ask(app, "/form", { method: "PUT" })).status, 405);
});
