/**
 * The time zone that a part says its times in.
 *
 * @module
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { ownZone, ZONE_COOKIE } from "@/locales/times.ts";
import { remember } from "./remember.ts";

/** First the zone the server has used, so that both draw the same; then ours. */
export function useZone(first: string): string {
  const zone = useSignal(first);
  useLayoutEffect(() => {
    zone.value = ownZone();
    remember(ZONE_COOKIE, zone.value);
  }, []);
  return zone.value;
}
