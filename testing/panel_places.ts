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

/**
 * Two places, a narrow screen in one language and a wide one in the other, and
 * other two for the next flow, so that four flows see all eight. `PLACES=all`
 * walks each flow at all of them; `PLACES=390th` at one.
 *
 * @param turn Which flow it is, counted from 0.
 */
export function placesOf(turn: number): Place[] {
  const asked = Deno.env.get("PLACES") ?? "";
  if (asked === "all") return PLACES;
  if (asked !== "") return PLACES.filter((place) => nameOf(place) === asked);
  const [narrow, wide] = turn % 2 === 0 ? [DOCK, DESKTOP] : [PHONE, TABLET];
  const both = [narrow!, wide!];
  return turn % 4 < 2 ? both : both.map(inOtherLanguage);
}

/** A place as its tests are named. */
export const placeName = ({ width, language }: Place) =>
  `${width} px, ${language}`;

const nameOf = ({ width, language }: Place) => `${width}${language}`;

function inOtherLanguage(place: Place): Place {
  return { ...place, language: place.language === "th" ? "en" : "th" };
}
