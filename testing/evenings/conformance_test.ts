/**
 * What the program answers to two hundred requests, whichever Fresh it runs on,
 * and that nothing of a request that cannot be read stands in its log.
 */
import { deepStrictEqual as equal, ok } from "node:assert";
import { differences } from "../conformance.ts";
import { LIST } from "../conformance_list.ts";
import { api, startProgram } from "../program.ts";

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
