/**
 * Finds where the server left islands and slots in the page.
 *
 * @module
 */

import {
  ISLAND_END,
  ISLAND_MARK,
  SLOT_ATTRIBUTE,
  SLOT_END,
  SLOT_MARK,
} from "../wire.ts";

/** The comments around an island or a slot. */
export interface Stretch {
  id: number;
  start: Comment;
  end: Comment;
}

/** What the server left in the page. */
interface Markers {
  /** Islands in no other island, in the order of the page. */
  islands: Stretch[];
  /** The end of every island, by the comment before it. */
  endOf: Map<Node, Stretch>;
  /** Nodes of slots, by number. */
  slots: Map<number, () => ChildNode | null>;
}

/** Reads all markers of the document, those in slot templates included. */
export function findMarkers(): Markers {
  const found: Markers = { islands: [], endOf: new Map(), slots: new Map() };
  found.islands = walk(document, found);
  const templates = document.querySelectorAll<HTMLTemplateElement>(
    `template[${SLOT_ATTRIBUTE}]`,
  );
  for (const { content, dataset } of templates) {
    walk(content, found);
    found.slots.set(Number(dataset.slot), () => content.firstChild);
  }
  return found;
}

/** Walks one tree of comments and gives the islands that are in no other. */
function walk(root: Node, found: Markers): Stretch[] {
  const outermost: Stretch[] = [];
  const open: Stretch[] = [];
  const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const comment = comments.currentNode as Comment;
    const text = comment.data;
    if (text === ISLAND_END) {
      const island = open.pop()!;
      island.end = comment;
      found.endOf.set(island.start, island);
      if (open.length === 0) outermost.push(island);
    } else if (text === SLOT_END) {
      open.pop()!.end = comment;
    } else if (text.startsWith(ISLAND_MARK)) {
      const id = Number(text.slice(ISLAND_MARK.length));
      open.push({ id, start: comment, end: comment });
    } else if (text.startsWith(SLOT_MARK)) {
      const id = Number(text.slice(SLOT_MARK.length));
      open.push({ id, start: comment, end: comment });
      if (!found.slots.has(id)) found.slots.set(id, () => comment.nextSibling);
    }
  }
  return outermost;
}
