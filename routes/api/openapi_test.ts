import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { COMMAND_RIGHTS, RIGHTS } from "@/access/rights.ts";
import { openPlace } from "@/testing/place.ts";

Deno.test("GET /api/openapi.json describes every address and method for programs", async () => {
  const place = await openPlace();
  const document = await (await place.ask("/api/openapi.json")).json();
  await place.close();
  strictEqual(document.openapi, "3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item as object).filter((key) => key !== "parameters")
      .map((method) => `${method.toUpperCase()} ${path}`)
  );
  const known = Object.entries(RIGHTS)
    .filter(([path]) => /^\/(api\/|healthz|readyz|metrics)/.test(path))
    .flatMap(([path, rights]) =>
      Object.keys(rights).map((method) =>
        `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`
      )
    );
  deepStrictEqual(described.sort(), known.sort());
});

Deno.test("GET /api/openapi.json is made once", async () => {
  let reads = 0;
  const source = { get: () => (reads++, "https://source.example") };
  const place = await openPlace();
  Object.defineProperty(place.parts.site, "source", source);
  const texts = [];
  for (let i = 0; i < 3; i++) {
    texts.push(await (await place.ask("/api/openapi.json")).text());
  }
  await place.close();
  strictEqual(new Set(texts).size, 1);
  ok(texts[0]!.includes("https://source.example"));
  strictEqual(reads, 1);
});

Deno.test("GET /api/openapi.json holds every schema it points to, and every command", async () => {
  const place = await openPlace();
  const text = await (await place.ask("/api/openapi.json")).text();
  await place.close();
  const { schemas } = JSON.parse(text).components;
  const pointed = [...text.matchAll(/"#\/components\/schemas\/(\w+)/g)];
  ok(pointed.length > 20);
  for (const [, name] of pointed) ok(schemas[name!], name);
  const commands = JSON.stringify(schemas.Command);
  for (const type of Object.keys(COMMAND_RIGHTS)) {
    ok(commands.includes(`"const":"${type}"`), type);
  }
});
