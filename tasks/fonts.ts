/**
 * Brings the fonts from their npm packages to where pages find them. The files
 * belong to their packages (OFL), so they are copied and never committed;
 * `static/fonts.css` names each of them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const HOME = new URL("../static/fonts/", import.meta.url);
const STYLES = new URL("../static/fonts.css", import.meta.url);

/** npm package by the family's name at the start of a file's. */
const PACKAGES: Record<string, string> = {
  kanit: "@fontsource/kanit",
  anuphan: "@fontsource-variable/anuphan",
};

/**
 * Copies every font that `static/fonts.css` asks for, with the licences.
 *
 * @returns Names of the files.
 * @throws {Error} If no package has a file that is asked for.
 */
export async function copyFonts(): Promise<string[]> {
  await Deno.mkdir(HOME, { recursive: true });
  const styles = await Deno.readTextFile(STYLES);
  const names = [...styles.matchAll(/fonts\/([\w-]+\.woff2)/g)]
    .map((match) => match[1] ?? "");
  for (const name of names) await copy(name, `files/${name}`, name);
  for (const family of Object.keys(PACKAGES)) {
    await copy(family, "LICENSE", `${family}-LICENSE.txt`);
  }
  return names;
}

async function copy(name: string, from: string, to: string) {
  const source = `${PACKAGES[name.split("-")[0] ?? ""]}/${from}`;
  try {
    const url = new URL(import.meta.resolve(`../node_modules/${source}`));
    await Deno.copyFile(url, new URL(to, HOME));
  } catch (error) {
    throw new Error(`Cannot copy the font ${name}: no ${source}`, {
      cause: error,
    });
  }
}

if (import.meta.main) {
  const names = await copyFonts();
  console.log(`${names.length} fonts in ${fileURLToPath(HOME)}`);
}
