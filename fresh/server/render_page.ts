/**
 * Renders a page: wraps it in its layouts, writes the HTML, and adds what the
 * browser needs to bring the islands to life.
 *
 * @module
 */

import { cloneElement, type ComponentChildren, h } from "preact";
import { renderToString } from "preact-render-to-string";
import { HEAD_KEY_ATTRIBUTE, headKey, HeadSink } from "../head.ts";
import type { Context } from "./context.ts";
import {
  DocumentContext,
  type DocumentParts,
  HEAD_PLACE,
  uniqueHead,
} from "./document_parts.ts";
import { inPage } from "./islands.ts";
import { createPageIslands } from "./page_islands.ts";
import { hiddenSlots, scripts } from "./page_scripts.ts";
import { scopeOf } from "./scope.ts";
import { wrap } from "./wrap.ts";

/** Turns JSX of one page into HTML. */
export type Render = (jsx: ComponentChildren) => string;

/** Renders JSX as the page of a request. */
export async function renderPage<State>(
  ctx: Context<State>,
  jsx: ComponentChildren,
  init: ResponseInit,
): Promise<Response> {
  const content = await wrap(ctx as Context, jsx);
  if (content instanceof Response) return content;
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) {
    headers.set("content-type", "text/html; charset=utf-8");
  }
  const html = htmlOf(content, ctx as Context);
  return new Response(html, { ...init, headers });
}

function htmlOf(content: ComponentChildren, ctx: Context): string {
  const scope = scopeOf(ctx);
  scope.rendered = true;
  const parts: DocumentParts = { nonce: scope.nonce, head: [] };
  const islands = createPageIslands();
  const gather = (nodes: typeof parts.head) => parts.head.push(...nodes);
  const render: Render = (jsx) => {
    const inSink = h(HeadSink.Provider, {
      value: gather,
      children: inPage(islands, jsx),
    });
    return renderToString(
      h(DocumentContext.Provider, { value: parts, children: inSink }),
    );
  };

  const html = render(content);
  const slots = hiddenSlots(islands, render); // may hold islands and heads
  const head = uniqueHead(parts.head).map((node) => {
    const key = typeof node.type === "string" ? headKey(node) : null;
    return render(
      key === null || node.type === "title"
        ? node
        : cloneElement(node, { [HEAD_KEY_ATTRIBUTE]: key }),
    );
  });
  const { inHead, inBody } = scripts(islands, scope, ctx.config.basePath);
  return "<!DOCTYPE html>" +
    assemble(html, head.join("") + inHead, slots + inBody);
}

/** Puts the ends of head and body in their places; tags are optional in HTML. */
function assemble(html: string, head: string, bodyEnd: string): string {
  const withHead = html.includes(HEAD_PLACE)
    ? html.replace(HEAD_PLACE, () => head)
    : head + html;
  const end = withHead.lastIndexOf("</body>");
  return end < 0
    ? withHead + bodyEnd
    : withHead.slice(0, end) + bodyEnd + withHead.slice(end);
}
