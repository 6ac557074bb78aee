/**
 * Brings the fonts from their npm packages to where pages find them. The files
 * belong to their packages (OFL; the flags are CC-BY), so they are copied and never committed;
 * `static/fonts.css` names each of them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const HOME = new URL("../static/fonts/", import.meta.url);
const STYLES = new URL("../static/fonts.css", import.meta.url);

/** Where a font comes from. */
interface Source {
  package: string;
  licence: string;
  /** Where in the package a file lies; `files/` and its name unless given. */
  file?: string;
}

/** By the family's name at the start of a file's. */
const SOURCES: Record<string, Source> = {
  kanit: { package: "@fontsource/kanit", licence: "LICENSE" },
  barlow: { package: "@fontsource/barlow-condensed", licence: "LICENSE" },
  anuphan: { package: "@fontsource-variable/anuphan", licence: "LICENSE" },
  flags: {
    package: "country-flag-emoji-polyfill",
    licence: "LICENSE.md",
    file: "dist/TwemojiCountryFlags.woff2",
  },
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
  for (const name of names) {
    const source = SOURCES[name.split("-")[0] ?? ""];
    await copy(source, source?.file ?? `files/${name}`, name);
  }
  for (const [family, source] of Object.entries(SOURCES)) {
    await copy(source, source.licence, `${family}-LICENSE.txt`);
  }
  return names;
}

async function copy(from: Source | undefined, path: string, to: string) {
  const source = `${from?.package}/${path}`;
  try {
    const url = new URL(import.meta.resolve(`../node_modules/${source}`));
    await Deno.copyFile(url, new URL(to, HOME));
  } catch (error) {
    throw new Error(`Cannot copy the font ${to}: no ${source}`, {
      cause: error,
    });
  }
}

if (import.meta.main) {
  const names = await copyFonts();
  console.log(`${names.length} fonts in ${fileURLToPath(HOME)}`);
}
