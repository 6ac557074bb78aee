/**
 * The islands of one page: numbers them, gathers their props, and gives the
 * data and addresses that the browser needs.
 *
 * @module
 */

import type { VNode } from "preact";
import type { IslandCall, IslandData } from "../wire.ts";
import type { IslandModule } from "./build.ts";
import { createEncoder } from "./encode_props.ts";
import { type IslandExport, slotContent } from "./islands.ts";

/** What a page knows of its islands while it is rendered. */
export interface PageIslands {
  /** Notes an island and gives its number. */
  add(found: IslandExport, props: object): number;
  /** The number of a slot that is being rendered; null if it is none. */
  show(content: VNode): number | null;
  /** Slots that nothing has rendered yet; each is given once. */
  takeHidden(): { id: number; content: VNode }[];
  /** Island modules in use. */
  modules(): IslandModule[];
  /** What the boot script reads; `at` gives a module's whole address. */
  data(at: (script: string) => string): IslandData;
}

/** Starts with a page that has no islands. */
export function createPageIslands(): PageIslands {
  const calls: IslandCall[] = [];
  const modules: IslandModule[] = [];
  const slots = new Map<VNode, number>();
  const hidden = new Map<number, VNode>();
  const encoder = createEncoder((vnode) => {
    const content = slotContent(vnode);
    const known = slots.get(content);
    if (known !== undefined) return known;
    const id = slots.size;
    slots.set(content, id);
    hidden.set(id, content);
    return id;
  });

  return {
    add({ island, name }, props) {
      const label = name === "default" ? island.name : `${island.name}.${name}`;
      const ref = encoder.add({ ...props }, `<${label}> props`);
      if (!modules.includes(island)) modules.push(island);
      return calls.push([modules.indexOf(island), name, ref]) - 1;
    },
    show(content) {
      const id = slots.get(content);
      if (id === undefined) return null;
      hidden.delete(id);
      return id;
    },
    takeHidden() {
      const taken = [...hidden].map(([id, content]) => ({ id, content }));
      hidden.clear();
      return taken;
    },
    modules: () => modules,
    data: (at) => ({
      modules: modules.map(({ script }) => at(script)),
      islands: calls,
      table: encoder.table,
    }),
  };
}
