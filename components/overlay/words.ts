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

/** A text with values in the places of `{n}` and `{p}`. */
export function filled(
  text: string,
  n: string | number,
  p: string | number = "",
): string {
  return text.replace("{n}", String(n)).replace("{p}", String(p));
}
