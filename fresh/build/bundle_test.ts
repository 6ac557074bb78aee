import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { testProject } from "../testing/project.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { planOf } from "./options.ts";
import { scan } from "./scan.ts";

async function bundleOf(
  files: Record<string, string>,
  development = false,
): Promise<Bundle> {
  await using project = await testProject(files);
  const plan = planOf({ root: project.root });
  const { islands } = await scan(plan);
  return await bundle(plan, islands, { buildId: "b1", development });
}

const text = ({ files }: Bundle, path: string) =>
  new TextDecoder().decode(files.get(path));

const ISLANDS = {
  "words.ts": `export const words = "only the second says this";
    export const unused = "nobody says this";`,
  "islands/First.tsx": `import { useSignal } from "@preact/signals";
    export default function First() { return <p>{useSignal(1)}</p>; }`,
  "islands/Second.tsx": `import { words } from "@/words.ts";
    import { asset, IS_BROWSER } from "fresh/runtime";
    import { useState } from "preact/hooks";
    export function Second() {
      const [n] = useState(1);
      return <a href={asset("/a.css")}>{words}{n}{String(IS_BROWSER)}</a>;
    }`,
};

Deno.test("a bundle holds what an island needs, and Preact once", async () => {
  const bundled = await bundleOf(ISLANDS);
  const paths = [...bundled.files.keys()];
  for (const path of paths) {
    match(path, /^\/_fresh\/(boot|First|Second|shared)-[A-Z0-9]{8}\.js$/);
  }
  const holding = (words: string) =>
    paths.filter((path) => text(bundled, path).includes(words));
  strictEqual(holding("__H").length > 0, true); // a mangled name of Preact
  const preact = paths.filter((path) =>
    /\.vnode/.test(text(bundled, path)) &&
    /createElementNS/.test(text(bundled, path))
  );
  strictEqual(preact.length, 1);
  const second = bundled.islands[1]![0]!;
  deepStrictEqual(holding("only the second says this"), [second]);
  deepStrictEqual(holding("nobody says this"), []);
  deepStrictEqual(holding("__build"), [second]);
  ok(text(bundled, second).includes('"b1"'));
});

Deno.test("a bundle names all that a module imports", async () => {
  const bundled = await bundleOf(ISLANDS);
  for (const [script, ...chunks] of [bundled.boot, ...bundled.islands]) {
    const known = new Set([script!, ...chunks]);
    for (const path of known) {
      for (
        const [, name] of text(bundled, path).matchAll(/"\.\/([^"]+\.js)"/g)
      ) {
        ok(known.has(`/_fresh/${name}`), `${path} imports ${name}`);
      }
    }
  }
});

Deno.test("a bundle has a text of any language as it is", async () => {
  const thai = "เริ่มเกม";
  const bundled = await bundleOf({
    "islands/Thai.tsx": `export default () => <p>${thai}</p>;`,
  });
  ok(text(bundled, bundled.islands[0]![0]!).includes(`"${thai}"`));
});

Deno.test("a bundle is written for Chromium 103", async () => {
  const bundled = await bundleOf({
    "islands/New.tsx": `export class New { static { New.x = 1 } accessor y = 1 }
      export default () => <p>{String(New)}</p>;`,
  });
  ok(!text(bundled, bundled.islands[0]![0]!).includes("accessor"));
});

Deno.test("the client code of a page with two islands stays small", async () => {
  const { files } = await bundleOf(ISLANDS);
  let size = 0;
  for (const bytes of files.values()) {
    const packed = new Blob([bytes]).stream()
      .pipeThrough(new CompressionStream("gzip"));
    size += (await new Response(packed).arrayBuffer()).byteLength;
  }
  ok(size < 12_000, `${size} bytes in gzip`);
});

Deno.test("a bundle in development can be read, with source maps", async () => {
  const { files } = await bundleOf(ISLANDS, true);
  ok([...files.keys()].some((path) => path.endsWith(".js.map")));
});
