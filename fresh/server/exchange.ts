/**
 * Lets the server put components of its own in the place of certain elements,
 * whoever writes them. Preact tells of every element that is made
 * (`options.vnode`, part of its public API).
 *
 * @module
 */

import { type ComponentType, h, options, type VNode } from "preact";

/** What a component standing in for an element is given. */
export interface StandIn<Of> {
  /** The type of the element it stands in for. */
  of: Of;
  /** The element's own props. */
  props: Record<string, unknown>;
}

type Find = (type: VNode["type"]) => unknown;

const finds: Find[] = [];
let asItIs = false;

/**
 * @param find Gives the component that stands in for elements of a type, or
 * undefined if they stay as they are.
 */
export function exchange<Of extends VNode["type"]>(
  find: (type: VNode["type"]) => ComponentType<StandIn<Of>> | undefined,
): void {
  finds.push(find);
}

/** Makes an element that nothing stands in for. */
export function original(type: VNode["type"], props: object): VNode {
  asItIs = true;
  try {
    return h(type as ComponentType, props);
  } finally {
    asItIs = false;
  }
}

const before = options.vnode;
options.vnode = (vnode) => {
  const standIn = asItIs ? undefined : firstOf(vnode.type);
  if (standIn) {
    const props = { of: vnode.type, props: vnode.props };
    Object.assign(vnode, { type: standIn, props });
  }
  before?.(vnode);
};

function firstOf(type: VNode["type"]): unknown {
  for (const find of finds) {
    const standIn = find(type);
    if (standIn) return standIn;
  }
}
