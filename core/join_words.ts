/**
 * The words by which viewers join a team: the whole comment, in any script.
 *
 * @module
 */

/** A comment longer than this is no word to join by. */
const LONGEST = 200;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]+/gu;
const DIGIT = /\p{Nd}/gu;

/**
 * A text as joining words are compared: full-width forms, capitals, digits of
 * any script, characters that cannot be seen and spaces make no difference.
 */
export function joinWord(text: string): string {
  if (text.length > LONGEST) return "";
  return text.normalize("NFKC").replace(UNSEEN, "")
    .replace(DIGIT, plainDigit)
    .toLowerCase()
    .replace(/\s+/gu, " ").trim();
}

/** Digits of every script lie in tens, each from its 0 to its 9. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
  }
  // Some scripts' tens follow each other: mathematical digits, for instance,
  // which the normal form has made plain already.
  return String(code - zero);
}
