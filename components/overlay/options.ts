/**
 * What an overlay link may ask for. Checked by hand and not by a schema, since
 * a link is pasted and edited by people: a wrong value is ignored, never an
 * error on a stream.
 *
 * @module
 */
import type { Look } from "@/core/look.ts";

/** Rows without a wish, and the most a frame holds; `core/frame.ts` agrees. */
export const DEFAULT_ROWS = 5;
export const MAX_ROWS = 30;

/** The looks there are, as in `core/look.ts`; each is a file of tokens. */
export const THEMES: readonly Look["theme"][] = [
  "market",
  "neon",
  "paper",
  "gold",
  "pixel",
  "chroma",
];

/** Where the board may stand; `core/look.ts` says what each means. */
export const LAYOUTS: readonly Look["layout"][] = [
  "auto",
  "portrait",
  "left",
  "right",
  "fill",
];

/** How overlays look without a wish; `core/look.ts` agrees. */
export const PLAIN: Look = {
  theme: "market",
  layout: "auto",
  rows: DEFAULT_ROWS,
  scale: 1,
  title: "",
  hideRank: false,
  hideAvatar: false,
  hidePoints: false,
  hideProgress: false,
  minPoints: 0,
  sounds: false,
  volume: 60,
};

/** Parts that one source may show without the others. */
export const PARTS = ["board", "stage", "countdown"] as const;
export type Part = typeof PARTS[number];

/** Everything a link may set, with every value in its bounds. */
export interface OverlayOptions extends Look {
  show: Part[];
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
  /** Shows what the panel's editor sends it, and nothing else. */
  studio: boolean;
  /** The streamer's wish; what viewers prefer is unknown to a stream. */
  motion: "full" | "reduced";
  /** Language of the few words, or null for the server's choice. */
  lang: "th" | "en" | null;
}

/** Green of a studio, for the theme that is made to be keyed out. */
export const KEY_GREEN = "#00b140";

/**
 * Reads a link's options; what is missing or wrong is as the host has set it.
 *
 * @param look The host's settings.
 */
export function readOptions(
  query: URLSearchParams,
  look: Look = PLAIN,
): OverlayOptions {
  const theme = oneOf(THEMES, query.get("theme")) ?? look.theme;
  const get = (name: string) => query.get(name);
  return {
    show: parts(get("show")),
    rows: Math.round(number(get("rows"), 1, MAX_ROWS) ?? look.rows),
    theme,
    layout: oneOf(LAYOUTS, get("layout")) ?? look.layout,
    scale: number(get("scale"), 0.3, 3) ?? look.scale,
    title: (get("title") ?? look.title).trim().slice(0, 60),
    hideRank: flag(get("hiderank"), look.hideRank),
    hideAvatar: flag(get("hideavatar"), look.hideAvatar),
    hidePoints: flag(get("hidepoints"), look.hidePoints),
    hideProgress: flag(get("hideprogress"), look.hideProgress),
    minPoints: number(get("minpoints"), 0, 1e9) ?? look.minPoints,
    sounds: flag(get("sounds"), look.sounds),
    volume: number(get("volume"), 0, 100) ?? look.volume,
    font: family(get("font")),
    chroma: colour(get("chroma")) ?? (theme === "chroma" ? KEY_GREEN : null),
    preview: flag(get("preview")),
    guides: flag(get("guides")),
    demo: flag(get("demo")),
    studio: flag(get("studio")),
    motion: get("motion") === "reduced" ? "reduced" : "full",
    lang: oneOf(["th", "en"] as const, get("lang")),
  };
}

/** What tells whether the value of an option can be used. */
const CHECKS: Record<string, (value: string) => boolean> = {
  show: (value) =>
    value.toLowerCase().split(",").every((each) =>
      PARTS.some((part) => part === each.trim())
    ),
  rows: (value) => number(value, 1, MAX_ROWS) !== null,
  theme: (value) => oneOf(THEMES, value) !== null,
  layout: (value) => oneOf(LAYOUTS, value) !== null,
  scale: (value) => number(value, 0.3, 3) !== null,
  minpoints: (value) => number(value, 0, 1e9) !== null,
  volume: (value) => number(value, 0, 100) !== null,
  font: (value) => family(value) !== null,
  chroma: (value) => colour(value) !== null,
  motion: (value) => ["full", "reduced"].includes(value),
  lang: (value) => ["th", "en"].includes(value),
};

/** Options of a link that are ignored, as they are written there. */
export function ignoredOptions(query: URLSearchParams): string[] {
  return [...query].filter(([name, value]) =>
    Object.hasOwn(CHECKS, name) && !CHECKS[name]?.(value)
  ).map(([name, value]) => `${name}=${value}`.slice(0, 40));
}

/** A link's query for what differs from the host's settings. */
export function writeOptions(wanted: Look, look: Look): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of Object.keys(PLAIN) as (keyof Look)[]) {
    const value = wanted[name];
    if (value === look[name]) continue;
    query.set(
      name.toLowerCase(),
      typeof value === "boolean" ? String(Number(value)) : String(value),
    );
  }
  return query;
}

/** Where the frames of overlays come from, a link's key passed through. */
export function framesUrl(key: string | null): string {
  const query = new URLSearchParams({ rows: String(MAX_ROWS) });
  if (key) query.set("key", key);
  return `/api/frames?${query}`;
}

/** `?preview`, `?preview=1` and `?preview=true` mean yes. */
function flag(value: string | null, otherwise = false): boolean {
  if (value === null) return otherwise;
  return !["0", "false", "no", "off"].includes(value);
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
