/**
 * Nothing is exported here that Fresh 2.3.3 does not export under the same
 * name, so that routes and islands cannot come to need it.
 */
import { deepStrictEqual as equal } from "node:assert";

/** Of Fresh's documentation; types are marked. */
const NAMES: Record<string, string[]> = {
  "mod.ts": [
    "App",
    "HttpError",
    "createDefine",
    "csp",
    "page",
    "staticFiles",
    "type CSPOptions",
    "type Context",
    "type FreshConfig",
    "type Handlers",
    "type Middleware",
    "type PageProps",
    "type PageResponse",
    "type RouteConfig",
  ],
  "runtime.ts": ["Head", "HttpError", "IS_BROWSER", "asset", "assetSrcSet"],
  "dev.ts": ["Builder", "type BuildOptions"],
};
/** Members of classes that programs of Fresh may use. */
const APP = [
  ...["all", "appWrapper", "config", "constructor", "delete", "fsRoutes"],
  ...["get", "handler", "head", "layout", "listen", "mountApp", "notFound"],
  ...["onError", "patch", "post", "put", "route", "use"],
];

/** What a module exports, as it is written. */
async function exportsOf(file: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(file, import.meta.url));
  const names: string[] = [];
  for (const [, type, list] of text.matchAll(/export (type )?\{([^}]*)\}/g)) {
    for (const name of list!.split(",").map((each) => each.trim())) {
      if (name) names.push(type ? `type ${name}` : name);
    }
  }
  for (const [, name] of text.matchAll(/export const (\w+)/g)) {
    names.push(name!);
  }
  return names.sort();
}

for (const [file, names] of Object.entries(NAMES)) {
  Deno.test(`${file} exports what Fresh does, and no more`, async () => {
    const strange = (await exportsOf(file)).filter((it) => !names.includes(it));
    equal(strange, []);
  });
}

Deno.test("App has no method that Fresh's has not", async () => {
  const { App } = await import("./mod.ts");
  const methods = Object.getOwnPropertyNames(App.prototype);
  equal(methods.filter((name) => !APP.includes(name)), []);
});
