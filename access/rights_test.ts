import { deepStrictEqual, strictEqual } from "node:assert";
import { Command } from "@/core/shapes/commands.ts";
import { COMMAND_RIGHTS, rightOf, RIGHTS, rightsOf } from "./rights.ts";

Deno.test("rightsOf() finds the most exact row of an address", () => {
  const pattern = (path: string) => rightsOf(path)?.pattern ?? null;
  strictEqual(pattern("/"), "/");
  strictEqual(pattern("/api/sessions/import"), "/api/sessions/import");
  strictEqual(pattern("/api/sessions/abc"), "/api/sessions/:id");
  strictEqual(pattern("/api/sessions/abc/"), "/api/sessions/:id");
  strictEqual(
    pattern("/api/sessions/a/viewers/b/receipts"),
    "/api/sessions/:id/viewers/:viewer/receipts",
  );
});

Deno.test("rightsOf() has nothing for what is not in the table", () => {
  for (
    const path of [
      "",
      "/api",
      "/api/",
      "/api//state",
      "/API/state",
      "/api/st%61te",
      "/api/sessions//board",
      "/api/sessions/a/b/c",
      "/constructor",
      "/__proto__",
    ]
  ) strictEqual(rightsOf(path), null, path);
});

Deno.test("rightOf() reads HEAD as GET, and knows no inherited methods", () => {
  const rights = RIGHTS["/api/settings"]!;
  strictEqual(rightOf(rights, "HEAD"), rights.GET);
  strictEqual(rightOf(rights, "PUT"), null);
  strictEqual(rightOf(rights, "constructor"), null);
});

Deno.test("a display may change nothing, on any address and by any command", () => {
  for (const [path, rights] of Object.entries(RIGHTS)) {
    for (const [method, right] of Object.entries(rights)) {
      const may = right !== "anyone" && right.includes("display");
      if (may && path !== "/signout") strictEqual(method, "GET", path);
    }
  }
  for (const [type, roles] of Object.entries(COMMAND_RIGHTS)) {
    strictEqual(roles.includes("display"), false, type);
  }
});

Deno.test("a button presses the buttons, and may do nothing else", () => {
  const may = Object.entries(RIGHTS).flatMap(([path, rights]) =>
    Object.entries(rights)
      .filter(([, right]) => right !== "anyone" && right.includes("button"))
      .map(([method]) => `${method} ${path}`)
  );
  deepStrictEqual(may, [
    "GET /api/buttons/state",
    "POST /api/buttons/:action",
    "POST /api/buttons/scene/:name",
  ]);
  for (const [type, roles] of Object.entries(COMMAND_RIGHTS)) {
    strictEqual(roles.includes("button"), false, type);
  }
});

Deno.test("every command has its roles, and the host may give all of them", () => {
  const types = typesOf(Command).sort();
  deepStrictEqual(Object.keys(COMMAND_RIGHTS).sort(), types);
  for (const roles of Object.values(COMMAND_RIGHTS)) {
    strictEqual(roles.includes("host"), true);
  }
});

/** The types of a union's commands, of the unions in it too. */
function typesOf(union: { options: readonly unknown[] }): string[] {
  return union.options.flatMap((option) => {
    const part = option as {
      options?: readonly unknown[];
      shape?: { type: { value: string } };
    };
    if (part.options) return typesOf({ options: part.options });
    return part.shape ? [part.shape.type.value] : [];
  });
}
