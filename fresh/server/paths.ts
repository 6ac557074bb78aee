/**
 * Path patterns: which paths they match, and which of two comes first.
 *
 * @module
 */

/** A pattern that a whole path is held against. */
export interface PathPattern {
  /** The pattern as it was written. */
  readonly source: string;
  /** The path it matches if it names no parts, else null. */
  readonly exact: string | null;
  /** The decoded parts of a path, or null if it does not match. */
  match(path: string): Record<string, string> | null;
}

/** Characters that mean something in a pattern (URL Pattern Standard). */
const SPECIAL = /[:*{}()?+\\]/;

/**
 * @param source A path such as `/sessions/:id`, in the syntax of the URL
 * Pattern Standard.
 */
export function pathPattern(source: string): PathPattern {
  if (!SPECIAL.test(source)) {
    const exact = encodeURI(source).replace(/[?#]/g, encodeURIComponent);
    const match = (path: string) => path === exact ? {} : null;
    return { source, exact, match };
  }
  const pattern = new URLPattern({ pathname: source });
  return {
    source,
    exact: null,
    match(path) {
      const found = pattern.exec({ pathname: path });
      if (!found) return null;
      const parts = Object.entries(found.pathname.groups)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, decoded(value!)]);
      return Object.fromEntries(parts);
    },
  };
}

/**
 * Whether a path lies at or below a place such as `/admin` or `/users/:id`.
 * `*`, `/` and `/*` are everywhere.
 */
export function pathPrefix(source: string): (path: string) => boolean {
  const place = source.replace(/\/?\*?$/, "").replace(/^(?!\/|$)/, "/");
  if (place === "") return () => true;
  const at = pathPattern(place);
  const below = pathPattern(`${place}/*`);
  return (path) => at.match(path) !== null || below.match(path) !== null;
}

/** Puts two paths together, with one slash between them. */
export function joinPaths(start: string, end: string): string {
  const joined = `${start}/${end}`.replaceAll(/\/{2,}/g, "/");
  return joined.length > 1 ? joined.replace(/\/$/, "") : joined;
}

/** Not `decodeURIComponent`: what separates parts of an address stays as it is. */
function decoded(part: string): string {
  return decodeURI(part);
}
