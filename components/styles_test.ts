/**
 * A page has the rules of all that it draws: where a class stands in the parts
 * of a page and a rule is for that class, the page's own sheet has it.
 */
import { deepStrictEqual as equal, ok } from "node:assert";

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** A page's sheet, and where its parts are. */
const PAGES = [
  {
    sheet: "components/panel/panel.css",
    folders: ["components/panel", "components/shared"],
    files: ["islands/Panel.tsx", "routes/admin.tsx"],
  },
  {
    sheet: "components/past/pages.css",
    folders: [
      ...["components/past", "components/shared", "routes", "routes/(_pages)"],
      ...["routes/sessions", "routes/oauth/[provider]", "islands"],
    ],
    files: [],
  },
];
/** Parts of the panel's page and of the overlay's, which has a sheet of its own. */
const ELSEWHERE = /(^|\/)(admin|overlay|Overlay|Panel)\.tsx$/;

async function partsOf(folders: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
      const path = `${folder}/${name}`;
      if (name.endsWith(".tsx") && !ELSEWHERE.test(path)) found.push(path);
    }
  }
  return found;
}

/** Every `.class` and `#id` that stands in a text or an expression behind its name. */
function namesIn(text: string): string[] {
  const given = text.matchAll(
    /\b(class|id)=(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\})/g,
  );
  return [...given].flatMap(([, of, plain, expression]) => {
    const texts = plain === undefined
      ? [...expression!.matchAll(/["`]([^"`]*)["`]/g)].map(([, one]) => one!)
      : [plain];
    const mark = of === "id" ? "#" : ".";
    return texts.flatMap((one) => one.match(/[\w-]+/g) ?? [])
      .map((name) => mark + name);
  });
}

/** The selectors of a sheet, each with the conditions around it. */
function selectorsIn(sheet: string, around = ""): string[] {
  const text = sheet.replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const found: string[] = [];
  for (let at = 0, open = text.indexOf("{"); open >= 0;) {
    const head = text.slice(at, open).trim().replaceAll(/\s+/g, " ");
    let end = open + 1;
    for (let depth = 1; depth > 0; end++) {
      depth += Number(text[end] === "{") - Number(text[end] === "}");
    }
    if (head.startsWith("@media")) {
      found.push(...selectorsIn(text.slice(open + 1, end - 1), `${head} `));
    } else if (!head.startsWith("@")) {
      const each = head.split(/,(?![^(]*\))/);
      found.push(...each.map((selector) => around + selector.trim()));
    }
    at = end;
    open = text.indexOf("{", at);
  }
  return found;
}

async function filesOf(sheet: string): Promise<string[]> {
  const imports = (await read(sheet)).matchAll(/@import "([^"]+)"/g);
  return [...imports].map(([, path]) =>
    new URL(path!, new URL(sheet, ROOT)).href.slice(ROOT.href.length)
  );
}

const wholeSheet = async (files: string[]) =>
  selectorsIn((await Promise.all(files.map(read))).join("\n"));

for (const { sheet, folders, files } of PAGES) {
  Deno.test(`${sheet} has the rules of all that its page draws`, async () => {
    const parts = [...await partsOf(folders), ...files];
    const drawn = new Set(
      (await Promise.all(parts.map(read))).flatMap(namesIn),
    );
    ok(drawn.size > 30, `${drawn.size} names`);
    const own = new Set(await wholeSheet(await filesOf(sheet)));
    const all = await Promise.all(
      PAGES.map(async (page) => await wholeSheet(await filesOf(page.sheet))),
    );
    const missing = all.flat().filter((selector) => {
      if (own.has(selector)) return false;
      const names = selector.replace(/^@media[^.#]*/, "").match(/[.#][\w-]+/g);
      return names?.every((name) => drawn.has(name)) ?? true;
    });
    equal([...new Set(missing)], []);
  });
}
