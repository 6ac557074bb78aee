/**
 * Reads server-rendered HTML back as JSX, so that an island can hold it among
 * its own children, hide it and show it again.
 *
 * @module
 */

import { type ComponentChild, h } from "preact";
import { SLOT_END } from "../wire.ts";
import type { Stretch } from "./markers.ts";

/**
 * JSX of the siblings from `first` up to the end of their slot.
 *
 * @param islandAt The island that starts at a comment, if one does.
 */
export function domToJsx(
  first: ChildNode | null,
  islandAt: (comment: Node) => { stretch: Stretch; jsx: ComponentChild } | null,
): ComponentChild[] {
  const children: ComponentChild[] = [];
  for (let node = first; node; node = node.nextSibling) {
    if (node.nodeType === Node.TEXT_NODE) {
      children.push((node as Text).data);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      children.push(
        h(
          element.localName,
          attributesOf(element),
          ...domToJsx(element.firstChild, islandAt),
        ),
      );
    } else if (node.nodeType === Node.COMMENT_NODE) {
      if ((node as Comment).data === SLOT_END) break;
      const island = islandAt(node);
      if (!island) continue;
      children.push(island.jsx);
      node = island.stretch.end;
    }
  }
  return children;
}

function attributesOf(element: Element): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    const isFlag = value === "" &&
      typeof Reflect.get(element, name) === "boolean";
    attributes[INITIAL[name] ?? name] = isFlag ? true : value;
  }
  return attributes;
}

/** What the visitor may have changed already is given as a start only. */
const INITIAL: Record<string, string> = {
  value: "defaultValue",
  checked: "defaultChecked",
};
