/**
 * Islands on the server: marks where an island starts and ends, notes its
 * props, and keeps the JSX it was given apart as slots.
 *
 * @module
 */

import {
  type ComponentChild,
  type ComponentChildren,
  type ComponentType,
  createContext,
  Fragment,
  h,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { ISLAND_END, ISLAND_MARK, SLOT_END, SLOT_MARK } from "../wire.ts";
import type { IslandModule } from "./build.ts";
import { exchange, original, type StandIn } from "./exchange.ts";
import type { PageIslands } from "./page_islands.ts";

/** An exported component of an island module. */
export interface IslandExport {
  island: IslandModule;
  name: string;
}

/** Where an element is rendered. */
interface Place {
  islands: PageIslands;
  insideIsland: boolean;
}

const exports = new WeakMap<object, IslandExport>();
const PlaceContext = createContext<Place | null>(null);

exchange<ComponentType>((type) =>
  typeof type === "function" && exports.has(type) ? Boundary : undefined
);

/** Makes every exported component of an island module an island. */
export function registerIsland(island: IslandModule): void {
  for (const [name, value] of Object.entries(island.module)) {
    if (typeof value === "function") exports.set(value, { island, name });
  }
}

/** JSX of the page itself, in no island. */
export function inPage(
  islands: PageIslands,
  children: ComponentChildren,
): ComponentChild {
  return inPlace({ islands, insideIsland: false }, children);
}

/**
 * Turns an element into a slot in place, so that it need not be looked for in
 * the props again, and gives what it held.
 */
export function slotContent(vnode: VNode): VNode {
  if (vnode.type === Slot) return (vnode.props as unknown as SlotProps).content;
  const content = { ...vnode };
  Object.assign(vnode, { type: Slot, props: { content } });
  return content;
}

/** Stands around an island that is in the page and not in another island. */
function Boundary({ of, props }: StandIn<ComponentType>): ComponentChild {
  const place = useContext(PlaceContext);
  if (!place || place.insideIsland) return original(of, props);
  const { islands } = place;
  const id = islands.add(exports.get(of)!, props);
  return [
    comment(`${ISLAND_MARK}${id}`),
    inPlace({ islands, insideIsland: true }, original(of, props)),
    comment(ISLAND_END),
  ];
}

interface SlotProps {
  content: VNode;
}

/** Stands where JSX stood in an island's props. */
function Slot({ content }: SlotProps): ComponentChild {
  const place = useContext(PlaceContext);
  const id = place?.insideIsland ? place.islands.show(content) : null;
  if (!place || id === null) return content;
  return [
    comment(`${SLOT_MARK}${id}`),
    inPage(place.islands, content),
    comment(SLOT_END),
  ];
}

function inPlace(value: Place, children: ComponentChildren): ComponentChild {
  return h(PlaceContext.Provider, { value, children });
}

/** A comment, in the way preact-render-to-string writes one. */
export function comment(text: string): VNode {
  return h(Fragment, { UNSTABLE_comment: text } as object);
}
