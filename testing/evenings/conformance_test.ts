/**
 * What the program answers to two hundred requests, whichever Fresh it runs on,
 * that nothing of a request that cannot be read stands in its log, and how much
 * of an answer travels.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import { differences } from "../conformance.ts";
import { LIST } from "../conformance_list.ts";
import { api, startProgram } from "../program.ts";
import { rawHttp } from "../raw_http.ts";

Deno.test("every request of the list is answered as the list has it", async () => {
  ok(LIST.length >= 150, `${LIST.length} requests`);
  const folder = await Deno.makeTempDir();
  const program = await startProgram({ DATA_DIR: folder });
  try {
    await api(program, "commands", { type: "newSession" });
    equal(await differences(program.url), []);
    const said = program.printed();
    for (const word of ["secret", "PROPFIND", "exa mple", "%E0%A4%A"]) {
      ok(!said.includes(word), `the log has ${word}`);
    }
  } finally {
    await program.end();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what is sent is compressed, and event streams are not", async () => {
  const folder = await Deno.makeTempDir();
  const program = await startProgram({ DATA_DIR: folder });
  const { port, host } = new URL(program.url);
  const ask = async (target: string, headers: Record<string, string> = {}) =>
    await rawHttp(Number(port), { target, headers: { host, ...headers } });
  const bytesOf = async (response: Promise<{ text: string }>) =>
    (await response).text.length;
  try {
    const asked = { "accept-encoding": "gzip, br" };
    for (
      const path of ["/admin", "/overlay", "/panel.css", "/api/openapi.json"]
    ) {
      const small = await ask(path, asked);
      equal(small.headers.get("content-encoding"), "br", path);
      const [plain, sent] = await Promise.all([
        bytesOf(ask(path)),
        bytesOf(ask(path, asked)),
      ]);
      console.log(`  ${path}: ${plain} bytes, ${sent} travel`);
      ok(sent < plain / 2, `${path}: ${sent} of ${plain}`);
    }
    const stream = await fetch(`${program.url}/api/frames`, { headers: asked });
    equal(stream.headers.get("content-encoding"), null);
    await stream.body?.cancel();
    // Kept all the same: the tag of what is compressed is told as weak.
    const first = await ask("/icon.svg", asked);
    const etag = first.headers.get("etag")!;
    const again = await ask("/icon.svg", { ...asked, "if-none-match": etag });
    equal(again.status, 304);
  } finally {
    await program.end();
    await Deno.remove(folder, { recursive: true });
  }
});
