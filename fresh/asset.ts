/**
 * Addresses of static files that may be cached for a year, because they name
 * the build. It runs on the server and inside island bundles.
 *
 * @module
 */

/** Query parameter that names the build in an address. */
export const BUILD_PARAM = "__build";

/** Put in place of this name by the bundler; absent on the server. */
declare const FRESH_BUILD_ID: string | undefined;

let buildId = typeof FRESH_BUILD_ID === "string" ? FRESH_BUILD_ID : "";

/** Tells `asset()` on the server which build is being served. */
export function setBuildId(id: string): void {
  buildId = id;
}

/**
 * The address of a static file, locked to this build.
 *
 * @param path An absolute path such as `/styles.css`. Anything else (another
 * host, a relative path) is given back as it is.
 */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//") || !buildId) return path;
  const hashAt = path.indexOf("#");
  const end = hashAt < 0 ? path.length : hashAt;
  const address = path.slice(0, end);
  if (address.includes(`${BUILD_PARAM}=`)) return path;
  const mark = address.includes("?") ? "&" : "?";
  return `${address}${mark}${BUILD_PARAM}=${buildId}${path.slice(end)}`;
}

/** `asset()` for every address of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset; // not a plain list of addresses
  return srcset.split(",").map((candidate) => {
    const [url = "", ...size] = candidate.trim().split(/\s+/);
    return [asset(url), ...size].join(" ");
  }).join(", ");
}
