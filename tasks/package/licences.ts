/**
 * The licences of what others have written and a bundle has in it: most of them
 * ask to be handed on with it.
 *
 * @module
 */

/** How a bundle says where what follows comes from. */
const FROM =
  /^\/\/ (node_modules\/\.deno\/[^/]+\/node_modules\/(?:@[^/]+\/)?[^/]+)\//gm;
const LICENCE = /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i;
/** Where a package says it in its description alone. */
const DESCRIPTION = "README.md";
const CHAPTER = /^#* *licen[cs]e *$[^]*/im;

/**
 * One text of all of them.
 *
 * @param root The project's folder.
 * @param bundle The bundle's text, with its comments.
 */
export async function licencesOf(root: URL, bundle: string): Promise<string> {
  const folders = new Set(Array.from(bundle.matchAll(FROM), ([, at]) => at!));
  const texts: string[] = [];
  for (const folder of [...folders].sort()) {
    texts.push(await licenceIn(new URL(`${folder}/`, root)));
  }
  return [
    "What others have written and this program has in it, and their licences.",
    `Deno (https://deno.com) is under the MIT licence.`,
    ...texts,
  ].join(`\n\n${"-".repeat(72)}\n\n`) + "\n";
}

async function licenceIn(folder: URL): Promise<string> {
  const read = (file: string) => Deno.readTextFile(new URL(file, folder));
  const { name, version, license } = JSON.parse(
    await read("package.json"),
  ) as Record<"name" | "version" | "license", string>;
  const said = [`${name} ${version}: ${license}`];
  const names = Array.from(Deno.readDirSync(folder), (entry) => entry.name);
  const files = names.filter((each) => LICENCE.test(each)).sort();
  for (const file of files) said.push(await read(file));
  if (files.length === 0 && names.includes(DESCRIPTION)) {
    said.push(...CHAPTER.exec(await read(DESCRIPTION)) ?? []);
  }
  return said.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n");
}
