/**
 * `<Head>`: elements written anywhere that belong in the page's `<head>`.
 *
 * On the server the page gives a place to put them through `HeadSink`. In the
 * browser there is none, and the elements are put into `document.head`.
 *
 * @module
 */

import {
  type ComponentChildren,
  createContext,
  toChildArray,
  type VNode,
} from "preact";
import { useContext, useEffect } from "preact/hooks";

/** Where the server gathers what `<Head>` was given. */
export const HeadSink = createContext<((nodes: VNode[]) => void) | null>(null);

/** What makes two head elements the same: their key, or being a title. */
export function headKey(node: VNode): string | null {
  if (node.type === "title") return "title";
  return node.key == null ? null : String(node.key);
}

/** The attribute by which the browser finds a keyed element again. */
export const HEAD_KEY_ATTRIBUTE = "data-head";

/** Puts its children into the page's `<head>`. */
export function Head({ children }: { children?: ComponentChildren }): null {
  const sink = useContext(HeadSink);
  const nodes = toChildArray(children).filter(isElement);
  sink?.(nodes);
  useEffect(() => {
    const added = nodes.map(place);
    return () => added.forEach((element) => element?.remove());
  });
  return null;
}

function isElement(child: unknown): child is VNode<Record<string, unknown>> {
  return typeof child === "object" && child !== null && "type" in child;
}

/** Puts one element into `document.head`; gives it back if it is a new one. */
function place(node: VNode<Record<string, unknown>>): Element | null {
  const { children, ...attributes } = node.props;
  const text = toChildArray(children as ComponentChildren).join("");
  if (node.type === "title") {
    document.title = text;
    return null;
  }
  const key = headKey(node);
  const known = key && document.head.querySelector(
    `[${HEAD_KEY_ATTRIBUTE}="${CSS.escape(key)}"]`,
  );
  const element = known || document.createElement(String(node.type));
  if (key) element.setAttribute(HEAD_KEY_ATTRIBUTE, key);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== "function" && value != null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  if (text) element.textContent = text;
  // Without a key, the server's element is known by being the same.
  const isThere = known ||
    [...document.head.children].some((other) => other.isEqualNode(element));
  return isThere ? null : document.head.appendChild(element);
}
