/**
 * Everything that can answer a request, and the choice of the one that does.
 *
 * @module
 */

import type { PathPattern } from "./paths.ts";
import type { Layout } from "./scope.ts";
import type { Method, Middleware } from "./types.ts";

/** Something that answers at a pattern. */
export interface Endpoint {
  pattern: PathPattern;
  methods: "ALL" | Method[];
  run: Middleware[];
  layouts: Layout[];
  /** Place of its item in the app; later items do not apply to it. */
  order: number;
  fromFile: boolean;
}

/** What was found for a request. */
export interface Found {
  endpoint: Endpoint | null;
  params: Record<string, string>;
  /** If only the method is wrong: those that would be right. */
  allowed: string[];
}

/**
 * Paths without parts come first, then patterns in their order. A file route
 * with a wrong method counts as not found.
 */
export function createFinder(
  endpoints: Endpoint[],
): (method: string, path: string) => Found {
  const exact = Map.groupBy(endpoints, ({ pattern }) => pattern.exact);
  const patterns = exact.get(null) ?? [];

  return (method, path) => {
    const candidates = [...exact.get(path) ?? [], ...patterns];
    for (const accepted of method === "HEAD" ? ["HEAD", "GET"] : [method]) {
      for (const endpoint of candidates) {
        const params = accepts(endpoint, accepted) &&
          endpoint.pattern.match(path);
        if (params) return { endpoint, params, allowed: [] };
      }
    }
    const allowed = candidates
      .filter(({ pattern }) => pattern.match(path))
      .flatMap(methodsOf);
    return { endpoint: null, params: {}, allowed: [...new Set(allowed)] };
  };
}

function accepts({ methods }: Endpoint, method: string): boolean {
  return methods === "ALL" || (methods as string[]).includes(method);
}

function methodsOf({ methods, fromFile }: Endpoint): string[] {
  if (fromFile || methods === "ALL") return [];
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}
