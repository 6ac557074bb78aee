/**
 * What a browser remembers for the server to draw its next page with: the
 * first screen is then the right one and nothing jumps.
 *
 * @module
 */

/** How long it is remembered, in seconds. */
const YEAR_S = 365 * 24 * 60 * 60;

/** Sets a cookie; names and values are plain words of ours. */
export function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}
