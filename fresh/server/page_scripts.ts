/**
 * What a page with islands holds for the browser: addresses to load at once,
 * the islands' data, and children that no island shows yet. There is no inline
 * script; the data is JSON in an element that is not run.
 *
 * @module
 */

import { DATA_ATTRIBUTE, SLOT_ATTRIBUTE } from "../wire.ts";
import type { PageIslands } from "./page_islands.ts";
import type { Render } from "./render_page.ts";
import type { Scope } from "./scope.ts";

/** Templates of the slots that were not rendered, and of those within them. */
export function hiddenSlots(islands: PageIslands, render: Render): string {
  let html = "";
  for (
    let hidden = islands.takeHidden();
    hidden.length > 0;
    hidden = islands.takeHidden()
  ) {
    for (const { id, content } of hidden) {
      const inside = render(content);
      html += `<template ${SLOT_ATTRIBUTE}="${id}">${inside}</template>`;
    }
  }
  return html;
}

/**
 * The end of the head and the end of the body. Everything a page loads is
 * named in its head, so that no module is found only after another one came.
 */
export function scripts(
  islands: PageIslands,
  { build, nonce }: Scope,
  basePath: string,
): { inHead: string; inBody: string } {
  const at = (path: string) => `${basePath}${path}`;
  const withNonce = nonce ? ` nonce="${nonce}"` : "";
  const script = (path: string) =>
    `<script type="module" src="${at(path)}"${withNonce}></script>`;
  const extra = build.scripts.map(script).join("");

  const modules = islands.modules();
  const [boot, ...chunks] = build.boot;
  if (modules.length === 0 || !boot) return { inHead: extra, inBody: "" };

  const needed = new Set([
    ...chunks,
    ...modules.flatMap((island) => [...island.chunks, island.script]),
  ]);
  const preloads = [...needed].map((path) =>
    `<link rel="modulepreload" href="${at(path)}"${withNonce}>`
  );
  // A "<" could end the element early; JSON may write it otherwise.
  const json = JSON.stringify(islands.data(at)).replaceAll("<", "\\u003c");
  return {
    inHead: extra + preloads.join("") + script(boot),
    inBody:
      `<script type="application/json" ${DATA_ATTRIBUTE}>${json}</script>`,
  };
}
