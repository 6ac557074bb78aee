/**
 * Where and how a host works: the four screens of the panel, each in both
 * languages, and which of them a flow is walked at.
 *
 * @module
 */
import type { Language } from "@/locales/mod.ts";

/** Where and how the host works. */
export interface Place {
  language: Language;
  width: number;
  height: number;
  /** Fingers instead of a mouse. */
  touch?: boolean;
}

/** A dock in OBS, in Thai. */
export const DOCK: Place = { language: "th", width: 300, height: 800 };
/** A phone, in English. */
export const PHONE: Place = {
  language: "en",
  width: 390,
  height: 844,
  touch: true,
};
/** A tablet, in Thai. */
export const TABLET: Place = {
  language: "th",
  width: 820,
  height: 1180,
  touch: true,
};
/** A wide screen, in English. */
export const DESKTOP: Place = { language: "en", width: 1440, height: 900 };

const SCREENS = [DOCK, PHONE, TABLET, DESKTOP];

/**
 * Every screen in one language, the next flow's in the other, so that a few
 * flows see all eight places. `PLACES=all` walks each flow at all eight;
 * `PLACES=390th` at one.
 *
 * @param turn Which flow it is, counted from 0.
 */
export function placesOf(turn: number): Place[] {
  const asked = Deno.env.get("PLACES") ?? "";
  const mirrored = SCREENS.map(inOtherLanguage);
  if (asked === "") return turn % 2 === 0 ? SCREENS : mirrored;
  const all = [...SCREENS, ...mirrored];
  return asked === "all" ? all : all.filter((place) => nameOf(place) === asked);
}

/** A place as its tests are named. */
export const placeName = ({ width, language }: Place) =>
  `${width} px, ${language}`;

const nameOf = ({ width, language }: Place) => `${width}${language}`;

function inOtherLanguage(place: Place): Place {
  return { ...place, language: place.language === "th" ? "en" : "th" };
}
