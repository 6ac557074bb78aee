import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { testProject } from "../testing/project.ts";
import { planOf } from "./options.ts";
import { islandName, scan } from "./scan.ts";

Deno.test("scan() finds routes, islands and static files", async () => {
  await using project = await testProject({
    "routes/index.tsx": "",
    "routes/index_test.tsx": "",
    "routes/a.test.ts": "",
    "routes/api/openapi.json.ts": "",
    "routes/note.md": "",
    "routes/skipped/x.ts": "",
    "routes/(_components)/Part.tsx": "",
    "routes/admin/(_islands)/Near.tsx": "",
    "islands/deep/my-timer.tsx": "",
    "islands/Board_test.tsx": "",
    "static/a.css": "",
  });
  const found = await scan(
    planOf({ root: project.root, ignore: [/skipped/] }),
  );
  const paths = (files: { path: string }[]) => files.map(({ path }) => path);
  deepStrictEqual(paths(found.routes), ["api/openapi.json.ts", "index.tsx"]);
  deepStrictEqual(found.islands.map(islandName), ["MyTimer", "Near"]);
  deepStrictEqual(paths(found.statics), ["a.css"]);
});

Deno.test("scan() finds nothing where there are no folders", async () => {
  await using project = await testProject({});
  const found = await scan(planOf({ root: project.root }));
  deepStrictEqual(found, { routes: [], islands: [], statics: [] });
});

Deno.test("scan() refuses two islands of one name", async () => {
  await using project = await testProject({
    "islands/MyTimer.tsx": "",
    "islands/deep/my-timer.tsx": "",
  });
  await rejects(
    scan(planOf({ root: project.root })),
    /Cannot build: the islands ".*" and ".*" have one name/,
  );
});

Deno.test("planOf() builds for Chromium 103 unless told otherwise", () => {
  strictEqual(planOf({}).target, "chrome103");
});
