/**
 * Elements of the document that the server looks after: `<head>`, which is
 * written last because anything may add to it, and scripts and styles, which
 * carry the page's nonce.
 *
 * @module
 */

import {
  type ComponentChild,
  type ComponentChildren,
  createContext,
  Fragment,
  toChildArray,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { headKey } from "../head.ts";
import { exchange, original, type StandIn } from "./exchange.ts";
import { comment } from "./islands.ts";

/** What the document of one page gathers. */
export interface DocumentParts {
  nonce: string | null;
  /** Elements of the head; those of `<head>` itself come first. */
  head: VNode[];
}

/** The document being rendered. */
export const DocumentContext = createContext<DocumentParts | null>(null);

const HEAD = "head";
/** Stands where the head's content goes once all of it is known. */
export const HEAD_PLACE = `<!--${HEAD}-->`;

exchange<string>((type) => {
  if (type === "head") return DocumentHead;
  return type === "script" || type === "style" ? WithNonce : undefined;
});

/** The head's elements; of those with the same key or title, the last. */
export function uniqueHead(nodes: VNode[]): VNode[] {
  const last = new Map(nodes.map((node) => [headKey(node), node]));
  return nodes.filter((node) => {
    const key = headKey(node);
    return key === null || last.get(key) === node;
  });
}

function DocumentHead({ of, props }: StandIn<string>): ComponentChild {
  const parts = useContext(DocumentContext);
  if (!parts) return original(of, props);
  parts.head.unshift(...elementsOf(props.children as ComponentChildren));
  return original(of, { ...props, children: comment(HEAD) });
}

function WithNonce({ of, props }: StandIn<string>): ComponentChild {
  const nonce = useContext(DocumentContext)?.nonce;
  return original(of, nonce ? { nonce, ...props } : props);
}

/** Elements directly in the head, with fragments opened. */
function elementsOf(children: ComponentChildren): VNode[] {
  return toChildArray(children).flatMap((child) => {
    if (typeof child !== "object") return [];
    const { children } = child.props as { children?: ComponentChildren };
    return child.type === Fragment && children !== undefined
      ? elementsOf(children)
      : [child];
  });
}
