/**
 * Islands in a real browser.
 *
 * @module
 */

import { deepStrictEqual, strictEqual } from "node:assert";
import type { Page } from "playwright-core";
import { openChromium } from "@/testing/chromium.ts";
import { App, csp, staticFiles } from "../mod.ts";
import { Builder } from "../dev.ts";
import { testProject } from "../testing/project.ts";

const ISLANDS = {
  "islands/Counter.tsx": `import type { Signal } from "@preact/signals";
    import { useEffect } from "preact/hooks";
    export default function Counter({ count, id }: { count: Signal<number>; id: string }) {
      useEffect(() => { globalThis.mounts = (globalThis.mounts ?? 0) + 1; }, []);
      return <button type="button" id={id} onClick={() => count.value++}>{count}</button>;
    }`,
  "islands/Panel.tsx": `import { useSignal } from "@preact/signals";
    export function Panel({ title, children, id }) {
      const open = useSignal(id === "open");
      return <>
        <h2>{title}</h2>
        <button type="button" id={id + "-toggle"} onClick={() => open.value = !open.value}>toggle</button>
        {open.value && <div id={id}>{children}</div>}
      </>;
    }`,
  "islands/Kinds.tsx": `import { useEffect, useState } from "preact/hooks";
    export default function Kinds(props) {
      const [said, say] = useState("");
      useEffect(() => say([
        props.when instanceof Date && props.when.toISOString(),
        props.map instanceof Map && props.map.get("a"),
        props.set instanceof Set && props.set.has(1n),
        props.bytes instanceof Uint8Array && props.bytes.join(),
        props.url instanceof URL && props.url.host,
        props.regexp instanceof RegExp && props.regexp.test("ABC"),
        Object.is(props.zero, -0),
        props.self.self === props.self,
        "gone" in props,
        props.evil,
        props.keys.admin,
      ].map(String).join(" | ")), []);
      return <output id="kinds">{said}</output>;
    }`,
  "islands/Titled.tsx": `import { useSignal } from "@preact/signals";
    import { asset, Head, IS_BROWSER } from "fresh/runtime";
    export default function Titled() {
      const n = useSignal(0);
      return <>
        <Head>
          <title>{"Clicked " + n.value}</title>
          <meta key="n" name="n" content={String(n.value)} />
          <meta name="same" content="always" />
        </Head>
        <button type="button" id="titled" onClick={() => n.value++}>{asset("/a.css")}</button>
        {IS_BROWSER && null}
      </>;
    }`,
  "islands/Broken.tsx": `import { useState } from "preact/hooks";
    import { IS_BROWSER } from "fresh/runtime";
    export default function Broken() {
      useState(0);
      if (IS_BROWSER) throw new Error("broken island");
      return <p>whole</p>;
    }`,
};

const PAGES = {
  "static/a.css": "p { color: red }",
  "routes/_app.tsx":
    `export default ({ Component }) => <html><head><title>App</title><link rel="icon" href="data:," /></head><body><Component /></body></html>;`,
  "routes/shared.tsx": `import { signal } from "@preact/signals";
    import Counter from "../islands/Counter.tsx";
    export default function Shared() {
      const count = signal(3);
      return <main><Counter count={count} id="a" /><Counter count={count} id="b" /><i id="end" /></main>;
    }`,
  "routes/nested.tsx": `import { signal } from "@preact/signals";
    import Counter from "../islands/Counter.tsx";
    import { Panel } from "../islands/Panel.tsx";
    export default function Nested() {
      const count = signal(1);
      return <main>
        <Counter count={count} id="outside" />
        <Panel id="open" title={<b>Open</b>}>
          <p class="text" data-x="1">server <i>text</i></p>
          <Counter count={count} id="inside" />
          <Panel id="deep" title="Deep">
            <input disabled value="kept" />
            <Counter count={count} id="deepest" />
          </Panel>
        </Panel>
      </main>;
    }`,
  "routes/kinds.tsx": `import Kinds from "../islands/Kinds.tsx";
    export default function Page() {
      const self = {}; self.self = self;
      return <Kinds when={new Date(0)} map={new Map([["a", "b"]])} set={new Set([1n])}
        bytes={new Uint8Array([1, 255])} url={new URL("https://a.example/")}
        regexp={/abc/i} zero={-0} self={self} gone={undefined} evil="</script><!--"
        keys={JSON.parse('{"__proto__": {"admin": true}}')} />;
    }`,
  "routes/titled.tsx": `import Titled from "../islands/Titled.tsx";
    export default () => <Titled />;`,
  "routes/broken.tsx": `import { signal } from "@preact/signals";
    import Broken from "../islands/Broken.tsx";
    import Counter from "../islands/Counter.tsx";
    export default () => <><Broken /><Counter count={signal(1)} id="a" /></>;`,
};

/** Opens a page of the site and gives it with what went wrong in it. */
async function withPage(
  path: string,
  test: (page: Page, errors: string[]) => Promise<void>,
): Promise<void> {
  await using project = await testProject({ ...ISLANDS, ...PAGES });
  const app = new App()
    .use(csp({ csp: ["script-src 'self'", "style-src 'self'"] }))
    .use(staticFiles())
    .fsRoutes();
  const { root } = project;
  (await new Builder({ root }).build({ snapshot: "memory" }))(app);
  const onListen = () => {};
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen },
    app.handler(),
  );
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.addInitScript(markServerElements);
    await page.goto(`http://127.0.0.1:${server.addr.port}${path}`);
    await hydrated(page);
    await test(page, errors);
  } finally {
    await browser.close();
  }
}

/** Marks what the server sent, in the browser, before any script runs. */
function markServerElements(): void {
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    for (const element of document.querySelectorAll("body *")) {
      Reflect.set(element, "fromServer", true);
    }
  });
}

/** Waits for the boot script: importing it again waits for its end. */
async function hydrated(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const { type, src } of document.scripts) {
      if (type === "module") await import(src);
    }
  });
}

/** Whether an element is the one that the server sent. */
async function isServers(page: Page, selector: string): Promise<boolean> {
  return await page.$eval(
    selector,
    (element) => Reflect.get(element, "fromServer") === true,
  );
}

/** Waits until the first match of a selector says something. */
async function says(page: Page, selector: string, text: string) {
  const quoted = JSON.stringify(text);
  await page.waitForSelector(`${selector}:text-is(${quoted})`);
}

Deno.test("islands share a signal and need no wrapper", () =>
  withPage("/shared", async (page, errors) => {
    await says(page, "#b", "3");
    await page.click("#a");
    await says(page, "#a", "4");
    await says(page, "#b", "4");
    await page.click("#b");
    await says(page, "#a", "5");
    const tags = await page.$$eval(
      "main > *",
      (all) => all.map(({ tagName }) => tagName).join(" "),
    );
    strictEqual(tags, "BUTTON BUTTON I");
    deepStrictEqual(errors, []);
  }));

Deno.test("islands live inside another island's children", () =>
  withPage("/nested", async (page, errors) => {
    for (const kept of ["#open .text", "#open .text i", "#inside", "h2 b"]) {
      strictEqual(await isServers(page, kept), true, kept);
    }
    await page.click("#inside");
    await says(page, "#outside", "2");
    const mounts = await page.evaluate(() => Reflect.get(globalThis, "mounts"));
    strictEqual(mounts, 2); // each island once, whatever it is inside of
    // What an island did not show at first comes from the server, too.
    await page.click("#deep-toggle");
    await says(page, "#deepest", "2");
    strictEqual(await page.isDisabled("#deep input"), true);
    strictEqual(await page.inputValue("#deep input"), "kept");
    await page.click("#deepest");
    await says(page, "#inside", "3");
    // What the server sent comes back after it was hidden.
    await page.click("#open-toggle");
    await page.waitForSelector("#open", { state: "detached" });
    await page.click("#open-toggle");
    await says(page, "#inside", "3");
    strictEqual(
      await page.$eval("#open .text", ({ outerHTML }) => outerHTML),
      '<p class="text" data-x="1">server <i>text</i></p>',
    );
    strictEqual(await page.$eval("h2 b", (b) => b.textContent), "Open");
    deepStrictEqual(errors, []);
  }));

Deno.test("props arrive as what they were", () =>
  withPage("/kinds", async (page, errors) => {
    await says(
      page,
      "#kinds",
      "1970-01-01T00:00:00.000Z | b | true | 1,255 | a.example | true | true" +
        " | true | true | </script><!-- | undefined",
    );
    deepStrictEqual(errors, []);
  }));

Deno.test("Head in an island follows it", () =>
  withPage("/titled", async (page, errors) => {
    for (const n of ["1", "2"]) {
      await page.click("#titled");
      await page.waitForSelector(`meta[content="${n}"]`, { state: "attached" });
      strictEqual(await page.title(), `Clicked ${n}`);
    }
    deepStrictEqual(
      await page.$$eval(
        "meta[name=n]",
        (all) => all.map((meta) => meta.getAttribute("content")),
      ),
      ["2"],
    );
    strictEqual((await page.$$("meta[name=same]")).length, 1);
    const asset = await page.$eval("#titled", (button) => button.textContent);
    strictEqual(/^\/a\.css\?__build=[\w-]{36}$/.test(asset ?? ""), true);
    deepStrictEqual(errors, []);
  }));

Deno.test("an island that fails leaves the others alive", () =>
  withPage("/broken", async (page, errors) => {
    await says(page, "#a", "1");
    await page.click("#a");
    await says(page, "#a", "2");
    strictEqual(errors.length, 1);
    strictEqual(errors[0]?.includes("broken island"), true);
  }));

Deno.test("a page loads only the islands it uses, all at once", () =>
  withPage("/shared", async (page) => {
    await says(page, "#a", "3");
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name)
    ) as string[];
    const names = scripts.filter((name) => name.endsWith(".js"))
      .map((name) => /_fresh\/(\w+)-/.exec(name)?.[1]);
    deepStrictEqual(
      [...new Set(names)].sort(),
      ["Counter", "boot", "shared"],
    );
    const named = await page.$$eval(
      "link[rel=modulepreload], script[type=module]",
      (all) =>
        all.map((tag) => tag.getAttribute("href") ?? tag.getAttribute("src")),
    );
    for (const script of scripts.filter((name) => name.endsWith(".js"))) {
      strictEqual(named.includes(new URL(script).pathname), true, script);
    }
  }));
