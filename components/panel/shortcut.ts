/**
 * The panel's keys. They go by the letter where the keyboard types Latin, and
 * by the place of the key where it types Thai.
 *
 * @module
 */

/** What a key asks for. */
export type Shortcut =
  | "freeze"
  | "open"
  | "winner"
  | "undo"
  | "redo"
  | "air"
  | "clear"
  | "board"
  | "comments"
  | "stage"
  | "more"
  | "search"
  | "connection"
  | "game"
  | "adjust"
  | "sitOut"
  | "block"
  | "show"
  | "queue"
  | "mark"
  | "hide"
  | "help"
  | "escape";

/** What a line of the sheet tells of: a shortcut, or a key of every page. */
export type KeyName = Shortcut | "lines" | "press" | "walk";

/** The keys as they are printed on the sheet, in its order. */
export const KEY_GROUPS = {
  evening: [
    ["freeze", "F"],
    ["open", "O"],
    ["winner", "W"],
    ["undo", "U"],
    ["redo", "R"],
    ["air", "N"],
    ["clear", "C"],
  ],
  parts: [
    ["connection", "L"],
    ["game", "G"],
    ["board", "1"],
    ["comments", "2"],
    ["stage", "3"],
    ["more", "4"],
    ["search", "/"],
    ["help", "?"],
    ["escape", "Esc"],
  ],
  chosen: [
    ["lines", "↑ ↓"],
    ["press", "Enter"],
    ["adjust", "A"],
    ["sitOut", "P"],
    ["block", "B"],
    ["show", "S"],
    ["queue", "Q"],
    ["mark", "M"],
    ["hide", "H"],
    ["walk", "Tab"],
  ],
} satisfies Record<string, [KeyName, string][]>;

/** Keys that do nothing for a moderator. */
export const HOSTS_KEYS: ReadonlySet<KeyName> = new Set([
  "freeze",
  "open",
  "winner",
  "undo",
  "redo",
  "air",
  "adjust",
  "show",
]);

/** All of them. */
export const SHORTCUT_KEYS: [KeyName, string][] = Object.values(KEY_GROUPS)
  .flat();

const BY_KEY: Record<string, Shortcut> = {
  f: "freeze",
  o: "open",
  w: "winner",
  u: "undo",
  r: "redo",
  n: "air",
  c: "clear",
  "1": "board",
  "2": "comments",
  "3": "stage",
  "4": "more",
  "/": "search",
  l: "connection",
  g: "game",
  a: "adjust",
  p: "sitOut",
  b: "block",
  s: "show",
  q: "queue",
  m: "mark",
  h: "hide",
  "?": "help",
  escape: "escape",
};

/** A pressed key, as much of it as matters. */
export interface Pressed {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
}

/**
 * What a pressed key asks for, or null.
 *
 * @param typing Whether the host is typing; only Escape counts then.
 */
export function shortcutOf(pressed: Pressed, typing: boolean): Shortcut | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  if (pressed.repeat) return null;
  const shortcut = BY_KEY[latinKey(pressed)] ?? null;
  return typing && shortcut !== "escape" ? null : shortcut;
}

/** Letters that follow each other within this time are a word, in ms. */
export const WORD_MS = 600;

/**
 * Makes the watch that tells a word that is typed from keys that are pressed
 * one by one. Whoever presses a key twice may mean it, so a word begins with
 * the second letter that is another.
 */
export function createWordWatch(): (
  pressed: { key: string; timeStamp: number },
) => boolean {
  let last = { key: "", timeStamp: -Infinity };
  let isWord = false;
  return ({ key, timeStamp }) => {
    if ([...key].length !== 1) return false; // it types nothing
    const isNext = timeStamp - last.timeStamp < WORD_MS;
    isWord = isNext && (isWord || key !== last.key);
    last = { key, timeStamp };
    return isWord;
  };
}

function latinKey({ key, code, shiftKey }: Pressed): string {
  if (/^[\x20-\x7e]+$/.test(key)) return key.toLowerCase();
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? "";
}
