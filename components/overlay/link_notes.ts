/**
 * What a host should know of a link they wrote by hand: options that there are
 * none of, values that do not do. Told in the preview alone.
 *
 * @module
 */
import { LAYOUTS, THEMES } from "@/core/look.ts";
import {
  colour,
  family,
  LANGUAGES,
  MOTIONS,
  numberIn,
  oneOf,
  PARTS,
  RANGES,
} from "./options.ts";

/** Options whose value is one of these words. */
const WORDS: Record<string, readonly string[]> = {
  theme: THEMES,
  layout: LAYOUTS,
  motion: MOTIONS,
  lang: LANGUAGES,
};
/** Options that take any value. */
const FREE = [
  ...["title", "hiderank", "hideavatar", "hidepoints", "hideprogress"],
  ...["sounds", "preview", "guides", "demo", "studio", "key"],
  // What OBS reads of a link that is dragged into it.
  ...["layer-name", "layer-width", "layer-height"],
];
const NAMES = [
  ...["show", "font", "chroma"],
  ...Object.keys(RANGES),
  ...Object.keys(WORDS),
  ...FREE,
];
/** Of a note, in characters; of notes, in all; and of options looked at. */
const LONGEST = 40;
const MOST = 8;
const MOST_READ = 50;

/**
 * A note for each option that is not used as it is written: what is written,
 * and after an arrow what is used instead, or, with `?`, what may be meant.
 */
export function linkNotes(query: URLSearchParams): string[] {
  return [...query].slice(0, MOST_READ).flatMap(([name, value]) => {
    const isKnown = NAMES.includes(name);
    const instead = isKnown ? noteOf(name, value) : asked(nearest(name, NAMES));
    if (instead === null) return [];
    // The value of an unknown one may be a mistyped key.
    const written = isKnown && value !== "" ? `${name}=${value}` : name;
    const short = written.slice(0, LONGEST);
    return [instead === "" ? short : `${short} → ${instead}`];
  }).slice(0, MOST);
}

/** What is said of a value: null for nothing, empty for no more than that. */
function noteOf(name: string, value: string): string | null {
  if (name in RANGES) {
    const used = numberIn(name as keyof typeof RANGES, value);
    if (used === null) return "";
    return used === Number(value) ? null : String(used);
  }
  const words = name === "show" ? PARTS : WORDS[name];
  if (words) {
    const wrong = (name === "show" ? value.split(",") : [value])
      .map((each) => name === "show" ? each.trim() : each)
      .find((each) => oneOf(words, each) === null);
    return wrong === undefined ? null : asked(nearest(wrong, words));
  }
  if (name === "font") return family(value) === null ? "" : null;
  if (name === "chroma") return colour(value) === null ? "" : null;
  return null;
}

function asked(meant: string | null): string {
  return meant === null ? "" : `${meant}?`;
}

/** The word that is written almost like this one, or null. */
function nearest(written: string, words: readonly string[]): string | null {
  if (written.length > LONGEST) return null;
  const of = written.toLowerCase().replace(/[-_ ]/g, "");
  const [best] = words
    .map((word) => ({ word, edits: editsBetween(of, word) }))
    .sort((a, b) => a.edits - b.edits);
  const near = Math.max(1, Math.floor(of.length / 3));
  return best && best.edits <= near ? best.word : null;
}

/**
 * How many letters to put in, take out, change or swap with the next one: the
 * optimal string alignment distance.
 */
function editsBetween(one: string, other: string): number {
  const first = Array.from({ length: other.length + 1 }, (_, j) => j);
  const rows = [first];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = one[i - 1] === other[j - 2] &&
        one[i - 2] === other[j - 1];
      row.push(Math.min(
        rows[i - 1]![j - 1]! + (isSame ? 0 : 1),
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      ));
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}
