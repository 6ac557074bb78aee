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
  | "help"
  | "escape";

/** The keys as they are printed on the sheet, in its order. */
export const SHORTCUT_KEYS: [Shortcut, string][] = [
  ["freeze", "F"],
  ["open", "O"],
  ["winner", "W"],
  ["undo", "U"],
  ["redo", "R"],
  ["air", "N"],
  ["clear", "C"],
  ["board", "1"],
  ["comments", "2"],
  ["stage", "3"],
  ["more", "4"],
  ["search", "/"],
  ["help", "?"],
  ["escape", "Esc"],
];

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
  "?": "help",
  escape: "escape",
};

const BY_CODE: Record<string, string> = {
  KeyF: "f",
  KeyO: "o",
  KeyW: "w",
  KeyU: "u",
  KeyR: "r",
  KeyN: "n",
  KeyC: "c",
  Digit1: "1",
  Digit2: "2",
  Digit3: "3",
  Digit4: "4",
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

function latinKey({ key, code, shiftKey }: Pressed): string {
  if (/^[\x20-\x7e]+$/.test(key)) return key.toLowerCase();
  if (code === "Slash") return shiftKey ? "?" : "/";
  return BY_CODE[code] ?? "";
}
