/**
 * Times as the host's clock says them: in a language, and in a time zone, which
 * on a page made by a server far away is not the server's.
 *
 * Thai dates count Buddhist years (พ.ศ.), as phones in Thailand do.
 *
 * @module
 */
import type { Language } from "./languages.ts";

/** The cookie that remembers the browser's zone for the next page. */
export const ZONE_COOKIE = "zone";

/** Unix ms as a person reads them. */
export interface Times {
  /** `17:14`. */
  short(at: number): string;
  /** `17:14:09`. */
  clock(at: number): string;
  /** `25 Nov 2026, 17:14`. */
  moment(at: number): string;
}

const LOCALES: Record<Language, string> = { th: "th-TH", en: "en-GB" };

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/**
 * The times of a language.
 *
 * @param zone Such as `Asia/Bangkok`; this machine's own if not given.
 * @throws {RangeError} If there is no such zone.
 */
export function timesOf(language: Language, zone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone });
  const short = format(TIME);
  const clock = format({ ...TIME, second: "2-digit" });
  const moment = format({
    ...TIME,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return {
    short: (at) => isMoment(at) ? short.format(at) : NO_MOMENT,
    clock: (at) => isMoment(at) ? clock.format(at) : NO_MOMENT,
    moment: (at) => isMoment(at) ? moment.format(at) : NO_MOMENT,
  };
}

/** Stands for a time that no calendar has. */
const NO_MOMENT = "–";

/** Whether a calendar has this time: ECMAScript's range of dates, in ms. */
export function isMoment(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}

/** This machine's zone. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The zone that a browser has named, or this machine's.
 *
 * @param named What the cookie says, a stranger's text, or null.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(zoneOf("Asia/Bangkok"), "Asia/Bangkok");
 * strictEqual(zoneOf("Nowhere"), ownZone());
 * ```
 */
export function zoneOf(named: string | null): string {
  if (named === null) return ownZone();
  try {
    new Intl.DateTimeFormat("en", { timeZone: named });
    return named;
  } catch {
    return ownZone(); // no zone of this world
  }
}
