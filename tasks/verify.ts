/**
 * Makes `static/verify.html`, the page that checks certificates: one file with
 * all it needs, which also works from a disk. It is made by the build and never
 * committed.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FROM = "../components/verify/";
const TO = new URL("../static/verify.html", import.meta.url);
const TITLE = "TikTok Live Support";

/** Bundles the page. */
export async function makeVerify(): Promise<void> {
  const script = await bundled("main.tsx");
  const style = await bundled("verify.css");
  await esbuild.stop();
  // At once, for tests that begin together.
  const temporary = `${fileURLToPath(TO)}.${crypto.randomUUID()}.tmp`;
  await Deno.writeTextFile(temporary, pageOf(script, style));
  await Deno.rename(temporary, TO);
}

async function bundled(file: string): Promise<string> {
  const { outputFiles: [made] } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(FROM + file, import.meta.url))],
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "chrome103",
    alias: { "@": ROOT },
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    write: false,
    tsconfigRaw: {},
  });
  return made!.text.trim().replaceAll("</", "<\\/");
}

/** The page, which may run and show what is in it, and ask nobody. */
function pageOf(script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${TITLE}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body><script>${script}</script></body>
</html>
`;
}

function hashOf(text: string): string {
  const hash = createHash("sha256").update(text).digest("base64");
  return `'sha256-${hash}'`;
}
