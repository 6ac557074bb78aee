import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { patternOf, readFileRoutes } from "./file_routes.ts";
import { pathPattern } from "./paths.ts";

const files = (...paths: string[]) =>
  paths.map((path) => ({ path, module: {} }));

Deno.test("patternOf() reads a file's path as an address", () => {
  const table = {
    "index": "/",
    "about": "/about",
    "blog/index": "/blog",
    "users/[id]": "/users/:id",
    "users/[id]/edit": "/users/:id/edit",
    "docs/[...rest]": "/docs/:rest*",
    "list/[[page]]": "/list{/:page}?",
    "(site)/about": "/about",
    "(site)/(inner)/index": "/",
    "api/openapi.json": "/api/openapi.json",
    "files/[name].txt": "/files/:name.txt",
    "a/[from]-[to]": "/a/:from-:to",
  };
  for (const [path, pattern] of Object.entries(table)) {
    strictEqual(patternOf(path), pattern, path);
  }
});

Deno.test("readFileRoutes() puts the pattern that says more first", () => {
  const { routes } = readFileRoutes(files(
    "[...rest].tsx",
    "[name].tsx",
    "index.tsx",
    "[name]/[[page]].tsx",
    "[name].txt.ts",
    "about.tsx",
    "[name]/edit.tsx",
    "[name]/[id].tsx",
  ));
  deepStrictEqual(routes.map(({ pattern }) => pattern), [
    "/",
    "/about",
    "/:name.txt",
    "/:name/edit",
    "/:name/:id",
    "/:name",
    "/:name{/:page}?",
    "/:rest*",
  ]);
});

Deno.test("readFileRoutes() keeps special files with their folders", () => {
  const { routes, folders } = readFileRoutes(files(
    "_app.tsx",
    "_middleware.ts",
    "admin/_layout.tsx",
    "admin/(inner)/_error.tsx",
    "admin/(inner)/users.tsx",
  ));
  deepStrictEqual(routes.map(({ pattern }) => pattern), ["/admin/users"]);
  deepStrictEqual(
    routes[0]!.folders.map(({ files }) => Object.keys(files)),
    [["_app", "_middleware"], ["_layout"], ["_error"]],
  );
  strictEqual(folders.length, 3);
});

Deno.test("readFileRoutes() refuses two files for one address", () => {
  throws(
    () => readFileRoutes(files("(a)/users/[id].tsx", "users/[name].tsx")),
    /Cannot route "users\/\[name\].tsx": "\(a\)\/users\/\[id\].tsx" answers/,
  );
});

Deno.test("pathPattern() matches and decodes the parts of a path", () => {
  const match = (pattern: string, path: string) =>
    pathPattern(pattern).match(path);
  deepStrictEqual(match("/users/:id", "/users/a%20b"), { id: "a b" });
  deepStrictEqual(match("/users/:id", "/users/a%2Fb"), { id: "a%2Fb" });
  deepStrictEqual(match("/users/:id", "/users/a/b"), null);
  deepStrictEqual(match("/docs/:rest*", "/docs/a/b"), { rest: "a/b" });
  deepStrictEqual(match("/docs/:rest*", "/docs"), {});
  deepStrictEqual(match("/list{/:page}?", "/list"), {});
  deepStrictEqual(match("/list{/:page}?", "/list/2"), { page: "2" });
  deepStrictEqual(match("/ไทย", "/%E0%B9%84%E0%B8%97%E0%B8%A2"), {});
  deepStrictEqual(match("/about", "/about/"), null);
});
