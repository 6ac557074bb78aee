/**
 * Puts together the style sheets of the host's pages: `static/panel.css` and
 * `static/pages.css`, each from the files of its parts. They are made by the
 * build and never committed.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

/** A sheet among the static files, and what it is made of. */
const SHEETS = {
  "panel.css": "../components/panel/panel.css",
  "pages.css": "../components/past/pages.css",
};

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the sheets for the browsers that the panel is shown with. */
export async function makeStyles(): Promise<void> {
  for (const [name, from] of Object.entries(SHEETS)) {
    const { outputFiles: [file] } = await esbuild.build({
      entryPoints: [fileOf(from)],
      bundle: true,
      target: "chrome103",
      minify: true,
      write: false,
    });
    // At once, for tests that begin together.
    const to = fileOf(`../static/${name}`);
    const temporary = `${to}.${crypto.randomUUID()}.tmp`;
    await Deno.writeFile(temporary, file!.contents);
    await Deno.rename(temporary, to);
  }
  await esbuild.stop();
}
