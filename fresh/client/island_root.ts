/**
 * A stretch of siblings between two comments that Preact can hydrate as if it
 * were an element, so that an island needs no wrapper around it.
 *
 * @module
 */

import type { ContainerNode } from "preact";

/**
 * @param start The comment before the island.
 * @param end The comment after it; new nodes go before it.
 */
export function islandRoot(start: Comment, end: Comment): ContainerNode {
  const parent = end.parentNode as ParentNode & Node;
  const insertBefore = (node: Node, before: Node | null) =>
    parent.insertBefore(node, before && isBetween(before) ? before : end);
  const isBetween = (node: Node) =>
    node.parentNode === parent &&
    (end.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) > 0;
  const childNodes: ChildNode[] = [];
  for (let at = start.nextSibling; at && at !== end; at = at.nextSibling) {
    childNodes.push(at);
  }
  const root = {
    nodeType: Node.ELEMENT_NODE,
    namespaceURI: (parent as Element).namespaceURI,
    parentNode: parent,
    ownerDocument: document,
    firstChild: childNodes[0] ?? null,
    childNodes,
    insertBefore,
    appendChild: (node: Node) => insertBefore(node, null),
    removeChild: (node: Node) => parent.removeChild(node),
    contains: (node: Node) => parent.contains(node),
  };
  return root as unknown as ContainerNode;
}
