/**
 * What an overlay link may ask for. Checked by hand and not by a schema, since
 * a link is pasted and edited by people: a wrong value is ignored, never an
 * error on a stream.
 *
 * @module
 */

/** Rows without a wish, and the most a frame holds; `core/frame.ts` agrees. */
export const DEFAULT_ROWS = 5;
export const MAX_ROWS = 30;

/** The looks there are; each is `static/themes/{name}.css`. */
export const THEMES = [
  "market",
  "neon",
  "paper",
  "gold",
  "pixel",
  "chroma",
] as const;
export type Theme = typeof THEMES[number];

/**
 * Where the board stands. `auto` is `portrait` on a tall source and `left` on
 * a wide one; `fill` is for a source cut to the size of the board.
 */
export const LAYOUTS = ["auto", "portrait", "left", "right", "fill"] as const;
export type Layout = typeof LAYOUTS[number];

/** Parts that one source may show without the others. */
export const PARTS = ["board", "stage", "countdown"] as const;
export type Part = typeof PARTS[number];

/** Everything a link may set, with every value in its bounds. */
export interface OverlayOptions {
  show: Part[];
  /** 1–30. */
  rows: number;
  theme: Theme;
  layout: Layout;
  /** 0.3–3, of the usual size. */
  scale: number;
  /** Above the board; empty for none. */
  title: string;
  hideRank: boolean;
  hideAvatar: boolean;
  hidePoints: boolean;
  /** Rows with fewer points are not shown. */
  minPoints: number;
  /** A font family of the streamer's machine, or null. */
  font: string | null;
  /** A CSS colour that fills the picture, or null for transparent. */
  chroma: string | null;
  /** Says that it is ready while there is nothing to show. */
  preview: boolean;
  /** Marks the zones that TikTok covers with its own buttons. */
  guides: boolean;
  /** Plays a made-up game instead of the real one. */
  demo: boolean;
  /** The streamer's wish; what viewers prefer is unknown to a stream. */
  motion: "full" | "reduced";
  /** Language of the few words, or null for the server's choice. */
  lang: "th" | "en" | null;
}

/** Green of a studio, for the theme that is made to be keyed out. */
export const KEY_GREEN = "#00b140";

/** Reads a link's options; whatever is missing or wrong gets its default. */
export function readOptions(query: URLSearchParams): OverlayOptions {
  const theme = oneOf(THEMES, query.get("theme")) ?? "market";
  return {
    show: parts(query.get("show")),
    rows: Math.round(number(query.get("rows"), 1, MAX_ROWS) ?? DEFAULT_ROWS),
    theme,
    layout: oneOf(LAYOUTS, query.get("layout")) ?? "auto",
    scale: number(query.get("scale"), 0.3, 3) ?? 1,
    title: (query.get("title") ?? "").trim().slice(0, 60),
    hideRank: flag(query.get("hiderank")),
    hideAvatar: flag(query.get("hideavatar")),
    hidePoints: flag(query.get("hidepoints")),
    minPoints: number(query.get("minpoints"), 0, 1e9) ?? 0,
    font: family(query.get("font")),
    chroma: colour(query.get("chroma")) ??
      (theme === "chroma" ? KEY_GREEN : null),
    preview: flag(query.get("preview")),
    guides: flag(query.get("guides")),
    demo: flag(query.get("demo")),
    motion: query.get("motion") === "reduced" ? "reduced" : "full",
    lang: oneOf(["th", "en"] as const, query.get("lang")),
  };
}

/** Where the frames of such an overlay come from, its key passed through. */
export function framesUrl(options: OverlayOptions, key: string | null): string {
  const query = new URLSearchParams({ rows: String(options.rows) });
  if (key) query.set("key", key);
  return `/api/frames?${query}`;
}

/** `?preview`, `?preview=1` and `?preview=true` mean yes. */
function flag(value: string | null): boolean {
  return value !== null && !["0", "false", "no", "off"].includes(value);
}

function number(value: string | null, from: number, to: number): number | null {
  if (value === null || value.trim() === "") return null;
  const wanted = Number(value);
  return wanted >= from && wanted <= to ? wanted : null;
}

function oneOf<T extends string>(all: readonly T[], value: string | null) {
  return all.find((each) => each === value?.toLowerCase()) ?? null;
}

/** Names separated by commas; all parts where none of them is known. */
function parts(value: string | null): Part[] {
  const wanted = (value ?? "").toLowerCase().split(",").map((p) => p.trim());
  const known = PARTS.filter((part) => wanted.includes(part));
  return known.length > 0 ? known : [...PARTS];
}

/** A plain family name, so that nothing else can enter a style. */
function family(value: string | null): string | null {
  const name = value?.trim() ?? "";
  return /^[\p{L}\p{M}\p{N} _-]{1,40}$/u.test(name) ? name : null;
}

/** Three or six hexadecimal digits, with or without `#`. */
function colour(value: string | null): string | null {
  const digits = value?.trim().replace(/^#/, "") ?? "";
  return /^([0-9a-f]{3}|[0-9a-f]{6})$/i.test(digits) ? `#${digits}` : null;
}
