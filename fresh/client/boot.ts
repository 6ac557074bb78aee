/**
 * The script of every page with islands: loads the islands' modules and brings
 * the server's HTML to life in place.
 *
 * @module
 */

import {
  type ComponentChild,
  type ComponentType,
  Fragment,
  h,
  hydrate,
} from "preact";
import { DATA_ATTRIBUTE, type IslandData } from "../wire.ts";
import { createDecoder } from "./decode_props.ts";
import { domToJsx } from "./dom_to_jsx.ts";
import { islandRoot } from "./island_root.ts";
import { findMarkers } from "./markers.ts";

type Components = Record<string, ComponentType>;

const element = document.querySelector(`script[${DATA_ATTRIBUTE}]`);
if (element) await boot(JSON.parse(element.textContent ?? ""));

async function boot(data: IslandData): Promise<void> {
  const modules: Components[] = await Promise.all(
    data.modules.map((url) => import(url)),
  );
  const { islands, endOf, slots } = findMarkers();

  const decode = createDecoder(data.table, (id) => {
    const first = slots.get(id)?.() ?? null;
    return h(Fragment, null, ...domToJsx(first, islandAt));
  });
  const islandAt = (comment: Node) => {
    const stretch = endOf.get(comment);
    return stretch ? { stretch, jsx: jsxOf(stretch.id) } : null;
  };
  const jsxOf = (id: number): ComponentChild => {
    const [module, name, props] = data.islands[id]!;
    return h(modules[module]![name]!, decode(props) as object);
  };

  // All JSX is read before anything is hydrated, which moves nodes around.
  const roots = islands.map(({ id, start, end }) => ({
    jsx: jsxOf(id),
    root: islandRoot(start, end),
  }));
  for (const { jsx, root } of roots) {
    try {
      hydrate(jsx, root);
    } catch (error) {
      reportError(error); // the other islands still come to life
    }
  }
}
