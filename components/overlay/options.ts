/**
 * What an overlay link may ask for. Checked by hand and not by a schema, since
 * a link is pasted and edited by people: a number out of its range is the
 * nearest one in it, another wrong value is ignored, neither is an error on a
 * stream.
 *
 * @module
 */
import { MAX_ROWS } from "@/core/frame.ts";
import { LENGTHS, LIMITS } from "@/core/limits.ts";
import { DEFAULT_LOOK, LAYOUTS, THEMES } from "@/core/look.ts";
import type { Look } from "@/core/shapes/look.ts";

/** Parts that one source may show without the others. */
export const PARTS = [
  ...["board", "stage", "countdown"] as const,
  ...["clock", "teams", "goal", "rules"] as const,
];
type Part = typeof PARTS[number];
/** Shown only where a link asks for it: TikTok may flag calls to like. */
const ASKED_FOR: readonly Part[] = ["rules"];

export const MOTIONS = ["full", "reduced"] as const;
export const LANGUAGES = ["th", "en"] as const;

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
  motion: typeof MOTIONS[number];
  /** Language of the few words, or null for the server's choice. */
  lang: typeof LANGUAGES[number] | null;
}

/** Green of a studio, for the theme that is made to be keyed out. */
export const KEY_GREEN = "#00b140";

/** Least and most of an option that is a number. */
export const RANGES = {
  rows: LIMITS.rows,
  scale: LIMITS.scale,
  minpoints: LIMITS.minPoints,
  volume: LIMITS.volume,
};

/**
 * Reads a link's options; what is missing or wrong is as the host has set it.
 *
 * @param look The host's settings.
 */
export function readOptions(
  query: URLSearchParams,
  look: Look = DEFAULT_LOOK,
): OverlayOptions {
  const theme = oneOf(THEMES, query.get("theme")) ?? look.theme;
  const get = (name: string) => query.get(name);
  const number = (name: keyof typeof RANGES) => numberIn(name, get(name));
  return {
    show: parts(get("show")),
    rows: Math.round(number("rows") ?? look.rows),
    theme,
    layout: oneOf(LAYOUTS, get("layout")) ?? look.layout,
    scale: number("scale") ?? look.scale,
    title: (get("title") ?? look.title).trim().slice(0, LENGTHS.boardTitle),
    hideRank: flag(get("hiderank"), look.hideRank),
    hideAvatar: flag(get("hideavatar"), look.hideAvatar),
    hidePoints: flag(get("hidepoints"), look.hidePoints),
    hideProgress: flag(get("hideprogress"), look.hideProgress),
    minPoints: number("minpoints") ?? look.minPoints,
    sounds: flag(get("sounds"), look.sounds),
    volume: number("volume") ?? look.volume,
    font: family(get("font")),
    chroma: colour(get("chroma")) ?? (theme === "chroma" ? KEY_GREEN : null),
    preview: flag(get("preview")),
    guides: flag(get("guides")),
    demo: flag(get("demo")),
    studio: flag(get("studio")),
    motion: oneOf(MOTIONS, get("motion")) ?? "full",
    lang: oneOf(LANGUAGES, get("lang")),
  };
}

/** A link's query for what differs from the host's settings. */
export function writeOptions(wanted: Look, look: Look): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of Object.keys(DEFAULT_LOOK) as (keyof Look)[]) {
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
  return !["0", "false", "no", "off"].includes(value.toLowerCase());
}

/** The number of an option in its range that is nearest; null for no number. */
export function numberIn(
  name: keyof typeof RANGES,
  value: string | null,
): number | null {
  const wanted = value?.trim() ? Number(value) : NaN;
  if (!Number.isFinite(wanted)) return null;
  const { min, max } = RANGES[name];
  return Math.min(max, Math.max(min, wanted));
}

/** The one of `all` that is meant, whatever its case. */
export function oneOf<T extends string>(
  all: readonly T[],
  value: string | null,
) {
  return all.find((each) => each === value?.toLowerCase()) ?? null;
}

/** Names separated by commas; all parts where none of them is known. */
function parts(value: string | null): Part[] {
  const wanted = (value ?? "").toLowerCase().split(",").map((p) => p.trim());
  const known = PARTS.filter((part) => wanted.includes(part));
  if (known.length > 0) return known;
  return PARTS.filter((part) => !ASKED_FOR.includes(part));
}

/** A plain family name, so that nothing else can enter a style. */
export function family(value: string | null): string | null {
  const name = value?.trim() ?? "";
  return /^[\p{L}\p{M}\p{N} _-]{1,40}$/u.test(name) ? name : null;
}

/** Three or six hexadecimal digits, with or without `#`. */
export function colour(value: string | null): string | null {
  const digits = value?.trim().replace(/^#/, "") ?? "";
  return /^([0-9a-f]{3}|[0-9a-f]{6})$/i.test(digits) ? `#${digits}` : null;
}
