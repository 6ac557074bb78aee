import { strictEqual } from "node:assert";
import { createDefine, page } from "../mod.ts";

interface State {
  user: string;
}

const define = createDefine<State>();

// What these say is checked when types are.
const handler = define.handlers({
  GET: (ctx) => page({ length: ctx.state.user.length }),
  POST: () => new Response(),
});
const single = define.handlers((ctx) => page(ctx.state.user));
const Page = define.page<typeof handler>(({ data, state }) => (
  <p title={state.user}>{data.length.toFixed()}</p>
));
const Single = define.page<typeof single>(({ data }) => <p>{data.trim()}</p>);
const Plain = define.page((props) => <p>{props.state.user}</p>);
const Answer = define.page(async (ctx) => {
  await Promise.resolve();
  return ctx.state.user ? <p>{ctx.state.user}</p> : new Response();
});
const Layout = define.layout(({ Component }) => <Component />);
const middleware = define.middleware((ctx) => ctx.next());
const list = define.middleware([middleware, (ctx) => ctx.next()]);

define.page<typeof handler>(({ data }) => {
  // @ts-expect-error The handler gives no such thing.
  return <p>{data.name}</p>;
});

Deno.test("createDefine() gives back what it is given", () => {
  const GET = () => page(1);
  strictEqual(define.handlers({ GET }).GET, GET);
  for (const made of [Page, Single, Plain, Answer, Layout, middleware]) {
    strictEqual(typeof made, "function");
  }
  strictEqual(list[0], middleware);
});
