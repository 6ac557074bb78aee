/**
 * What stands in for an avatar: one or two signs of the name on a colour that
 * a viewer keeps.
 *
 * @module
 */

/** Grounds on which white reads well. */
const COLOURS = [
  "#b3392f",
  "#a85a08",
  "#7a6a00",
  "#3f7a1c",
  "#0f7a5a",
  "#0b7285",
  "#2563b8",
  "#5b4bc4",
  "#8b3fb0",
  "#b02e72",
];

/** A colour for a viewer, always the same. */
export function colourOf(viewerId: string): string {
  let hash = 0;
  for (const char of viewerId) {
    hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  }
  return COLOURS[hash % COLOURS.length] ?? "#2563b8";
}

/**
 * One or two signs of a name: the first of each of its first two Latin words,
 * else its first letter; a Thai vowel written first takes its consonant along.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const latin = words.filter((word) => /^\p{Script=Latin}/u.test(word));
  if (latin.length > 1) {
    return latin.slice(0, 2).map((word) => word[0]).join("").toUpperCase();
  }
  const signs = Array.from(
    new Intl.Segmenter("th").segment(name.trim()),
    (part) => part.segment,
  );
  const first = signs.findIndex((sign) => /^[\p{L}\p{N}]/u.test(sign));
  const at = Math.max(0, first);
  const sign = signs[at] ?? "?";
  const whole = /^[เแโใไ]$/.test(sign) ? sign + (signs[at + 1] ?? "") : sign;
  // Marks piled on one letter would leave the circle.
  return whole.normalize("NFC").slice(0, 11).toUpperCase();
}
