/**
 * The page that shows an error and its place in the code, in development.
 *
 * @module
 */

import type { BuildFailure } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RELOAD_SCRIPT } from "./changes.ts";

/** Where an error arose. Lines and columns count from 1. */
interface ErrorPlace {
  file: string;
  line: number;
  column: number;
}

/** Answers with an error: a page for browsers, text for all else. */
export async function showError(
  error: unknown,
  request: Request,
  root: string,
): Promise<Response> {
  const text = error instanceof Error
    ? error.stack ?? String(error)
    : String(error);
  const place = placeOf(error, root);
  const code = place ? await codeAt(place) : "";
  const at = place ? `${place.file}:${place.line}:${place.column}` : "";
  const plain = [at, code, text].filter(Boolean).join("\n\n");
  if (!request.headers.get("accept")?.includes("text/html")) {
    return new Response(plain, { status: 500 });
  }
  const html = `<!DOCTYPE html><meta charset="utf-8"><title>Error</title>
<style>
  body { font: 16px/1.5 system-ui; margin: 2rem; color: #222; background: #fff }
  pre { overflow: auto; padding: 1rem; background: #f4f4f4; font-size: 14px }
</style>
<h1>${escape(String(error))}</h1>
<p>${escape(at)}</p>
<pre>${escape(code)}</pre>
<pre>${escape(text)}</pre>
<script type="module" src="${RELOAD_SCRIPT}"></script>`;
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(html, { status: 500, headers });
}

/** The first place of an error that is in the project's own code. */
function placeOf(error: unknown, root: string): ErrorPlace | null {
  const location = (error as Partial<BuildFailure>)?.errors?.[0]?.location;
  if (location) {
    const { file, line, column } = location;
    return { file: join(root, file), line, column: column + 1 };
  }
  if (!(error instanceof Error)) return null;
  const places = `${error.message}\n${error.stack}`
    .matchAll(/(file:\/\/[^\s()]+?):(\d+):(\d+)/g);
  for (const [, url, line, column] of places) {
    const file = fileURLToPath(url!);
    if (!file.startsWith(root) || file.includes("node_modules")) continue;
    return { file, line: Number(line), column: Number(column) };
  }
  return null;
}

/** The lines around a place, with a mark under it. */
async function codeAt({ file, line, column }: ErrorPlace): Promise<string> {
  const lines = (await Deno.readTextFile(file)).split("\n");
  const first = Math.max(1, line - 3);
  const shown = lines.slice(first - 1, line + 2).map((text, i) =>
    `${String(first + i).padStart(5)} | ${text}`
  );
  const mark = " ".repeat(8 + column - 1) + "^";
  return shown.toSpliced(line - first + 1, 0, mark).join("\n");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
