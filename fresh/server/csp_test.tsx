import { match, notStrictEqual, ok, strictEqual } from "node:assert";
import { App, csp, HttpError } from "../mod.ts";
import { ask } from "../testing/ask.ts";

const POLICY = "content-security-policy";

Deno.test("csp() sets a policy, and its directives can be replaced", async () => {
  const app = new App()
    .use(csp({ csp: ["img-src 'self' https:", "manifest-src 'self'"] }))
    .get("/", (ctx) => ctx.text(""));
  const policy = (await ask(app, "/")).headers.get(POLICY)!;
  ok(policy.includes("default-src 'self'; script-src 'self' 'unsafe-inline';"));
  ok(policy.includes("; img-src 'self' https:;"));
  ok(!policy.includes("data:; font-src"));
  ok(policy.endsWith("; manifest-src 'self'; upgrade-insecure-requests"));
});

Deno.test("csp() only reports if asked to", async () => {
  const app = new App()
    .use(csp({ reportOnly: true, reportTo: "/reports" }))
    .get("/", (ctx) => ctx.text(""));
  const { headers } = await ask(app, "/");
  strictEqual(headers.get(POLICY), null);
  match(headers.get(`${POLICY}-report-only`)!, /report-uri \/reports;/);
  strictEqual(headers.get("reporting-endpoints"), 'csp="/reports"');
});

Deno.test("csp() is passed by what is thrown after it", async () => {
  const app = new App()
    .use(csp())
    .use("/x", () => {
      throw new HttpError(403);
    });
  for (const [path, status] of [["/nothing", 404], ["/x", 403]] as const) {
    const answer = await ask(app, path);
    strictEqual(answer.status, status);
    strictEqual(answer.headers.get(POLICY), null);
  }
});

Deno.test("csp() keeps both of a directive that is given twice, the first first", async () => {
  const twice = ["style-src one", "style-src two"];
  const app = new App().use(csp({ csp: twice }))
    .get("/", (ctx) => ctx.text(""));
  const policy = (await ask(app, "/")).headers.get(POLICY)!;
  match(policy, /; style-src one; style-src two; /);
  strictEqual(policy.includes("style-src 'self'"), false);
});

Deno.test("csp() further out decides over one further in", async () => {
  const app = new App()
    .use(csp({ csp: ["img-src outer"] }), csp({ csp: ["img-src inner"] }))
    .get("/", () => Response.redirect("http://localhost/"));
  match((await ask(app, "/")).headers.get(POLICY)!, /img-src outer/);
});

Deno.test("with useNonce rendered pages carry a new nonce", async () => {
  const app = new App()
    .use(csp({ useNonce: true, csp: ["style-src-attr 'unsafe-inline'"] }))
    .get("/page", (ctx) =>
      ctx.render(
        <body>
          <script>1</script>
          <style>p</style>
        </body>,
      ))
    .get("/text", (ctx) => ctx.text(""));
  const page = await ask(app, "/page");
  const policy = page.headers.get(POLICY)!;
  const nonce = /script-src 'self' 'nonce-(\w+)'/.exec(policy)![1]!;
  ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`));
  ok(!policy.includes("'unsafe-inline'"));
  ok(policy.includes(`style-src-attr 'nonce-${nonce}'`), "styles of elements");
  ok(page.body.includes(`<script nonce="${nonce}">1</script>`));
  ok(page.body.includes(`<style nonce="${nonce}">p</style>`));
  notStrictEqual((await ask(app, "/page")).headers.get(POLICY), policy);
  const text = (await ask(app, "/text")).headers.get(POLICY)!;
  ok(text.includes("script-src 'self' 'unsafe-inline'"));
});

Deno.test("csp() lets WebSockets through", async () => {
  const app = new App().use(csp()).get("/", ({ req }) => {
    const { socket, response } = Deno.upgradeWebSocket(req);
    socket.onopen = () => socket.send("hello");
    return response;
  });
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    app.handler(),
  );
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}`);
  const heard = await new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => reject(new Error("The socket was refused"));
  });
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
  strictEqual(heard, "hello");
});
