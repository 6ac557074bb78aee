/**
 * A comment cut into the words by which it appears. Thai writes none between
 * them, so the browser's dictionary finds them.
 *
 * @module
 */

/** Words with whatever follows each; joined they are the text again. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (
    const part of new Intl.Segmenter("th", { granularity: "word" }).segment(
      text,
    )
  ) {
    if (part.isWordLike || words.length === 0) words.push(part.segment);
    else words[words.length - 1] += part.segment;
  }
  return words;
}

/** A sign or two at the end, as an emoji behind a name. */
const TAIL = /\s(?:[^\p{L}\p{N}\s]{1,8}|\S{1,2})$/u;
/** Where a line may end besides: a space, or within Thai words. */
const BREAK = /\s|[\u0e00-\u0e7f]{4}/;

/** A name on two lines whose tail does not stand alone in the second. */
export function withTail(name: string): string {
  const at = name.search(TAIL);
  return at > 0 && BREAK.test(name.slice(0, at))
    ? `${name.slice(0, at)}\u00a0${name.slice(at + 1)}`
    : name;
}

/** A text with values in the places of `{n}` and `{p}`. */
export function filled(
  text: string,
  n: string | number,
  p: string | number = "",
): string {
  return text.replace("{n}", String(n)).replace("{p}", String(p));
}
