/**
 * A hash of what a build is made of: equal sources make builds of one id, so
 * that addresses which name the build stay, browsers keep what they have, and
 * nothing is built twice.
 *
 * @module
 */
import { createHash } from "node:crypto";

const ROOT = new URL("..", import.meta.url);
/** All that becomes bundles, style sheets, fonts, other files, and the list of them. */
const FOLDERS = [
  ...["access", "components", "core", "fresh", "ingest", "islands", "locales"],
  ...["outputs", "redis", "routes", "server", "static", "stores", "tasks"],
];
const FILES = ["deno.json", "deno.lock", "fresh.config.ts", "main.ts"];
/** What the build itself has written is made of the rest. */
const MADE =
  /^static\/(fonts\/|panel\.css|pages\.css|verify\.html|stream_worker\.js)/;

/**
 * Twenty bytes in hexadecimal, like the name of a commit. One file after the
 * other and nothing awaited between them: every start asks for it.
 */
export function sourceHash(): string {
  const paths = [...FILES];
  for (const folder of FOLDERS) addFiles(folder, paths);
  const hash = createHash("sha256");
  for (const path of paths.sort()) {
    if (MADE.test(path) || /_test\.tsx?$|\.tmp$/.test(path)) continue;
    const bytes = Deno.readFileSync(new URL(path, ROOT));
    hash.update(`${path} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex").slice(0, 40);
}

function addFiles(folder: string, paths: string[]): void {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = `${folder}/${name}`;
    if (isDirectory) addFiles(path, paths);
    else paths.push(path);
  }
}
