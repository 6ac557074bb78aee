/**
 * Strangers' names and texts, made fit for a screen: cut where a reader sees a
 * character end, without the tricks that turn a line around or pile marks up to
 * the row above. The ledger keeps the text as it came.
 *
 * @module
 */

/** Longest name on screen, in characters as a reader counts them. */
export const NAME_LENGTH = 24;
/** Longest comment on screen. */
export const COMMENT_LENGTH = 300;

/** Controls, marks that turn the direction of text, invisible fillers. */
const UNWANTED =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\ufff9-\uffff]/gu;
/** More marks on one letter than any script needs (Thai needs two). */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/**
 * A character that an eye can see: no space, no mark alone, none that is left
 * undrawn. U+2800 is Braille without a dot, U+1D159 a note without a head.
 */
const VISIBLE =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\p{M}\u2800\u{1D159}]/u;

/** Whether anything of a text can be seen. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** A nickname as rows and cards show it; the handle where nothing is left. */
export function shownName(nickname: string, handle: string): string {
  const names = [nickname, handle].map((name) => shown(name, NAME_LENGTH));
  return names.find(isVisible) ?? "?";
}

/** What searches by name look in, in lower case: nickname, and handle after @. */
export function searchedName(
  { nickname, handle }: { nickname: string; handle: string },
): string {
  return `${nickname}\n@${handle}`.toLowerCase();
}

/** A comment as cards show it. */
export function shownComment(text: string): string {
  return shown(text, COMMENT_LENGTH);
}

/** Text without tricks, of at most `length` characters, the last one an ellipsis. */
export function shown(text: string, length: number): string {
  const plain = text.normalize("NFC")
    .replace(UNWANTED, (c) => c === "\n" || c === "\t" ? " " : "")
    .replace(PILED_MARKS, "$1")
    .replace(/\s+/gu, " ")
    .trim();
  // No character is longer than its code units, so short texts need no cutting.
  if (plain.length <= length) return plain;
  const characters: string[] = [];
  for (const { segment } of segmenter.segment(plain.slice(0, length * 32))) {
    if (characters.length === length) {
      return characters.slice(0, length - 1).join("").trimEnd() + "…";
    }
    characters.push(segment);
  }
  return characters.join("");
}

const segmenter = new Intl.Segmenter("th", { granularity: "grapheme" });
