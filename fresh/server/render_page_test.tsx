import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { match, ok, rejects, strictEqual } from "node:assert";
import { App } from "../mod.ts";
import { Head } from "../runtime.ts";
import { ask, content, withRoutes } from "../testing/ask.ts";
import type { IslandModule } from "./build.ts";
import { renderToString } from "preact-render-to-string";

function Island(
  { children }: { children?: ComponentChildren; data?: unknown },
) {
  return <section>{children}</section>;
}
function Closed({ children: _ }: { children?: ComponentChildren }) {
  return <hr />;
}
function Outer() {
  return <Island>own</Island>;
}
const island: IslandModule = {
  module: { default: Island, Closed, Outer },
  name: "Island",
  script: "/_fresh/Island-1.js",
  chunks: ["/_fresh/shared-1.js"],
};
const boot = ["/_fresh/boot-1.js", "/_fresh/shared-1.js"];

function pageOf(jsx: () => ComponentChildren, config = {}) {
  const app = new App(config).get("/", (ctx) => ctx.render(jsx()));
  return withRoutes(app, {}, { boot, islands: [island] });
}
const render = async (jsx: () => ComponentChildren) =>
  content(await ask(pageOf(jsx), "/"));

Deno.test("a page without islands has no scripts", async () => {
  strictEqual(await render(() => <p>text</p>), "<p>text</p>");
});

Deno.test("a page names all that its islands load", async () => {
  const app = pageOf(() => <Island />, { basePath: "/x" });
  const { body } = await ask(app, "/x");
  for (
    const tag of [
      '<link rel="modulepreload" href="/x/_fresh/shared-1.js">',
      '<link rel="modulepreload" href="/x/_fresh/Island-1.js">',
      '<script type="module" src="/x/_fresh/boot-1.js"></script>',
    ]
  ) strictEqual(body.split(tag).length, 2, tag);
  match(body, /"modules":\["\/x\/_fresh\/Island-1.js"\]/);
});

Deno.test("an island stands between comments, with its children marked", async () => {
  const html = await render(() => (
    <Island>
      <b>x</b>
    </Island>
  ));
  ok(html.includes(
    "<!--island:0--><section><!--slot:0--><b>x</b><!--/slot--></section><!--/island-->",
  ));
});

Deno.test("an island inside another's own code is no island of its own", async () => {
  const html = await render(() => <Outer />);
  ok(html.includes("<!--island:0--><section>own</section><!--/island-->"));
  ok(!html.includes("island:1"));
});

Deno.test("children that an island does not show yet are kept", async () => {
  const html = await render(() => (
    <Closed>
      <Closed>
        <i>deep</i>
      </Closed>
    </Closed>
  ));
  ok(html.includes(
    '<template data-slot="0"><!--island:1--><hr><!--/island--></template>',
  ));
  ok(html.includes('<template data-slot="1"><i>deep</i></template>'));
});

Deno.test("JSX that lives longer than a page is rendered each time", async () => {
  const icon = <i>icon</i>;
  const app = pageOf(() => <Island>{icon}</Island>);
  const first = await ask(app, "/");
  const held = icon.props;
  strictEqual((await ask(app, "/")).body, first.body);
  strictEqual(icon.props, held); // it does not grow with each page
  ok(first.body.includes("<!--slot:0--><i>icon</i>"));
});

Deno.test("an island outside of a page is a plain component", () => {
  pageOf(() => null); // makes it an island
  strictEqual(renderToString(<Island>x</Island>), "<section>x</section>");
});

Deno.test("data cannot end its element", async () => {
  const evil = "</script><!--<script>alert(1)</script>";
  const html = await render(() => <Island data={signal(evil)} />);
  const [, json = ""] = html.split("data-islands>");
  strictEqual(json.split("</script>").length, 2);
  ok(!json.includes("<!--"));
  strictEqual(JSON.parse(json.split("</script>")[0]!).table[2], evil);
});

Deno.test("a function among an island's props is refused by name", async () => {
  const app = new App()
    .onError("*", (ctx) => ctx.text(String(ctx.error), { status: 500 }))
    .get("/", (ctx) => ctx.render(<Island data={{ f: () => 1 }} />));
  withRoutes(app, {}, { boot, islands: [island] });
  const { error } = console;
  console.error = () => {};
  try {
    strictEqual(
      (await ask(app, "/")).body,
      "TypeError: Cannot send <Island> props.data.f to the browser: it is a function",
    );
  } finally {
    console.error = error;
  }
});

Deno.test("Head replaces titles and elements with the same key", async () => {
  const html = await render(() => (
    <html>
      <head>
        <title>App</title>
        <meta key="d" name="description" content="app" />
        <meta charset="utf-8" />
      </head>
      <body>
        <Head>
          <title>Page {1} &lt;</title>
          <meta key="d" name="description" content="page" />
          <link rel="icon" href="/i.svg" />
        </Head>
        <Island>
          <Head>
            <meta name="in-island" />
          </Head>
        </Island>
      </body>
    </html>
  ));
  const [head = ""] = html.split('<link rel="modulepreload"');
  strictEqual(
    head,
    '<html><head><meta charset="utf-8"/><title>Page 1 &lt;</title>' +
      '<meta name="description" content="page" data-head="d"/>' +
      '<link rel="icon" href="/i.svg"/><meta name="in-island"/>',
  );
  match(html, /<\/script><\/body><\/html>$/);
});

Deno.test("a page that is not being served cannot be rendered", async () => {
  const { Context } = await import("./context.ts");
  const ctx = new Context({
    req: new Request("http://localhost"),
    url: new URL("http://localhost"),
    params: {},
    route: null,
    config: { basePath: "", trustProxy: false, mode: "production" },
    info: {
      remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
      completed: Promise.resolve(),
    },
  });
  await rejects(() => ctx.render(<p />), /this context serves no request/);
});
