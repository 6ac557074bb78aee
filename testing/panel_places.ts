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
const TABLET: Place = {
  language: "th",
  width: 820,
  height: 1180,
  touch: true,
};
/** A wide screen, in English. */
export const DESKTOP: Place = { language: "en", width: 1440, height: 900 };

const PLACES = [DOCK, PHONE, TABLET, DESKTOP].flatMap((place) => [
  place,
  inOtherLanguage(place),
]);
/** From one flow to the next: another size, and each place once in eight. */
const STRIDE = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Where a flow is walked: at one place of the eight, at the next one tomorrow,
 * so that within eight days each flow sees all of them. `PLACES=all` walks it at
 * all; `PLACES=390th` at one.
 *
 * @param turn Which flow of its file it is, counted from 0.
 * @param day Which day it is, counted from any.
 */
export function placesOf(
  turn: number,
  day = Math.floor(Date.now() / DAY_MS),
): Place[] {
  const asked = Deno.env.get("PLACES") ?? "";
  if (asked === "all") return PLACES;
  if (asked !== "") return PLACES.filter((place) => nameOf(place) === asked);
  return [PLACES[(turn * STRIDE + day) % PLACES.length]!];
}

/** A place as its tests are named. */
export const placeName = ({ width, language }: Place) =>
  `${width} px, ${language}`;

const nameOf = ({ width, language }: Place) => `${width}${language}`;

function inOtherLanguage(place: Place): Place {
  return { ...place, language: place.language === "th" ? "en" : "th" };
}
