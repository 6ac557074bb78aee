/**
 * Words and names that the host wants nowhere on screen. A text is folded to
 * what a reader takes it for before it is compared, so that fullwidth letters,
 * letters of another script, digits for letters, invisible characters and
 * letters apart do not slip through.
 *
 * Folding is for comparing alone: nothing here is ever shown.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection}
 * @module
 */
import type { BlockedWord } from "./shapes/blocked_words.ts";

/** What a name looks like that is not to be read. */
export const MASKED_NAME = "•••";

/** Says what is blocked; remembers what it has said of the same object. */
export interface Blocker {
  blocks(text: string): boolean;
  /** The same, asked again and again about one comment. */
  blocksComment(comment: { readonly text: string }): boolean;
  /** Whether the nickname or the handle is blocked. */
  blocksName(viewer: { nickname: string; handle: string }): boolean;
}

/** Blocks nothing. */
export const NO_BLOCKER: Blocker = {
  blocks: () => false,
  blocksComment: () => false,
  blocksName: () => false,
};

const made = new WeakMap<readonly BlockedWord[], Blocker>();

/** The blocker of a list; the same list gives the same one. */
export function blockerOf(words: readonly BlockedWord[]): Blocker {
  const known = made.get(words) ?? createBlocker(words);
  made.set(words, known);
  return known;
}

function createBlocker(words: readonly BlockedWord[]): Blocker {
  const wanted = words.flatMap(({ text, part }) => {
    const plain = fold(text);
    const forms = new Set([plain, withoutDigits(plain)]);
    return [...forms].filter((form) => form !== "")
      .map((form) => ({ form, part }));
  });
  if (wanted.length === 0) return NO_BLOCKER;

  const blocks = (text: string) =>
    readingsOf(text).some((reading) =>
      wanted.some(({ form, part }) =>
        part ? reading.includes(form) : hasWord(reading, form)
      )
    );
  const comments = new WeakMap<object, boolean>();
  const names = new WeakMap<object, boolean>();
  return {
    blocks,
    blocksComment: (comment) =>
      remembered(comments, comment, () => blocks(comment.text)),
    blocksName: (viewer) =>
      remembered(
        names,
        viewer,
        () => blocks(viewer.nickname) || blocks(viewer.handle),
      ),
  };
}

function remembered(
  answers: WeakMap<object, boolean>,
  about: object,
  answer: () => boolean,
): boolean {
  const known = answers.get(about);
  if (known !== undefined) return known;
  const given = answer();
  answers.set(about, given);
  return given;
}

/** Invisible characters, and those that only change how others look. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Accents that go on any letter; the marks of Thai and others stay. */
const ACCENTS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;
const REPEATED_MARK = /(\p{M})\1+/gu;

/** Letters of other scripts by the Latin letter they pass for. */
const LOOKALIKES: Record<string, string> = {
  a: "аαɑᴀ∂",
  b: "ьвβʙ",
  c: "сϲᴄ¢",
  d: "ԁɗᴅ",
  e: "еєεҽᴇ",
  f: "ғϝ",
  g: "ɡցɢ",
  h: "һհнʜ",
  i: "lіιıɩɪӏʟ",
  j: "јϳᴊ",
  k: "кκᴋ",
  m: "мᴍ",
  n: "пոηɴ",
  o: "оοօσᴏø๐०০໐",
  p: "рρᴘ",
  q: "ԛզ",
  r: "гʀ",
  s: "ѕꜱʂ",
  t: "тτᴛ",
  u: "υսᴜц",
  v: "νѵᴠ",
  w: "ԝωшᴡ",
  x: "хχ",
  y: "уγүʏ",
  z: "ᴢʐ",
};
const LATIN = new Map(
  Object.entries(LOOKALIKES).flatMap(([latin, others]) =>
    Array.from(others, (other) => [other, latin] as const)
  ),
);
const LOOKALIKE = new RegExp(`[${[...LATIN.keys()].join("")}]`, "gu");

/** A text as it reads: one case, one script where two look the same. */
function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().normalize("NFKD")
    .replace(INVISIBLE, "")
    .replace(ACCENTS, "")
    .normalize("NFC")
    .replace(REPEATED_MARK, "$1")
    .replace(LOOKALIKE, (letter) => LATIN.get(letter)!)
    .replace(/\s+/gu, " ")
    .trim();
}

/** Digits and signs that stand for letters. */
const FOR_LETTERS: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  "$": "s",
  "€": "e",
  "!": "i",
  "|": "i",
};
/** Such a run means letters only where one is among them: 555 is laughter. */
const RUN = /[a-z0-9@$€!|]*[a-z][a-z0-9@$€!|]*/g;

function withoutDigits(folded: string): string {
  return folded.replace(
    RUN,
    (run) => run.replace(/[0-9@$€!|]/g, (sign) => FOR_LETTERS[sign] ?? sign),
  );
}

/** Letters that stand alone, with anything small between them. */
const APART =
  /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}@$€!|]\p{M}*(?:[\s.,_*·\-]+[\p{L}\p{N}@$€!|]\p{M}*(?![\p{L}\p{M}\p{N}]))+/gu;
/** What is put into words to break them up. */
const INSIDE = /(?<=[\p{L}\p{M}\p{N}])[._*·'’~^`\-]+(?=[\p{L}\p{N}@$€])/gu;

function together(folded: string): string {
  return folded
    .replace(APART, (letters) => letters.replace(/[\s.,_*·\-]+/gu, ""))
    .replace(INSIDE, "");
}

/** Everything a reader could take a text for. */
function readingsOf(text: string): string[] {
  const plain = fold(text);
  const readings = new Set([plain]);
  for (const form of [plain, together(plain)]) {
    readings.add(form);
    readings.add(withoutDigits(form));
  }
  for (const form of [...readings]) {
    if (!/(.)\1\1/u.test(form)) continue;
    readings.add(form.replace(/(.)\1{2,}/gu, "$1"));
    readings.add(form.replace(/(.)\1{2,}/gu, "$1$1"));
  }
  return [...readings];
}

/** Scripts that put no space between words. */
const SPACELESS =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const PART_OF_WORD = /[\p{L}\p{M}\p{N}]/u;
const words = new Intl.Segmenter("th", { granularity: "word" });

/** Whether a word stands in a text as a word of its own. */
function hasWord(text: string, word: string): boolean {
  let edges: Set<number> | null = null;
  const isEdge = (at: number) => {
    const before = text.slice(0, at).match(/.$/su)?.[0] ?? "";
    const after = String.fromCodePoint(text.codePointAt(at) ?? 32);
    if (!PART_OF_WORD.test(before) || !PART_OF_WORD.test(after)) return true;
    if (!SPACELESS.test(before) && !SPACELESS.test(after)) return false;
    edges ??= new Set(Array.from(words.segment(text), ({ index }) => index));
    return edges.has(at);
  };
  for (
    let at = text.indexOf(word);
    at >= 0;
    at = text.indexOf(word, at + 1)
  ) if (isEdge(at) && isEdge(at + word.length)) return true;
  return false;
}
