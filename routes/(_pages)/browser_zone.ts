/**
 * The time zone of whoever looks at a page, so that it is drawn with the times
 * of their clock at once.
 *
 * @module
 */
import { cookieOf } from "@/access/cookies.ts";
import { ZONE_COOKIE, zoneOf } from "@/locales/times.ts";

/** What the browser has said on an earlier page, else this machine's. */
export function browserZone(req: Request): string {
  return zoneOf(cookieOf(req.headers, ZONE_COOKIE));
}
