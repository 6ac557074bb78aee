/**
 * What a person calls a device, from what its browser says it is.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#field.user-agent}
 * @module
 */

/** In this order: most claim to be others, too. */
const BROWSERS: [string, RegExp][] = [
  ["OBS", /OBS\//],
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["LINE", /\bLine\//],
  ["Firefox", /Firefox\/|FxiOS\//],
  ["Chrome", /Chrome\/|CriOS\//],
  ["Safari", /Safari\//],
];
const SYSTEMS: [string, RegExp][] = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["Mac", /Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
];
/** Characters of a name that is not known. */
const SHORT = 40;

/** For example `Chrome, Android`. */
export function deviceName(said: string): string {
  const named = (list: [string, RegExp][]) =>
    list.find(([, pattern]) => pattern.test(said))?.[0];
  const names = [named(BROWSERS), named(SYSTEMS)].filter(Boolean);
  return names.join(", ") || said.slice(0, SHORT) || "?";
}
