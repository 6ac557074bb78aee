/**
 * A moment on a page made by the server, as the host's clock says it.
 *
 * @module
 */
import { useZone } from "@/components/shared/use_zone.ts";
import type { Language } from "@/locales/languages.ts";
import { isMoment, type Times, timesOf } from "@/locales/times.ts";

/** See the module. `zone` is what the server takes it for. */
export default function When(
  { at, as, language, zone }: {
    /** Unix ms. */
    at: number;
    as: keyof Times;
    language: Language;
    zone: string;
  },
) {
  const times = timesOf(language, useZone(zone));
  const iso = isMoment(at) ? new Date(at).toISOString() : undefined;
  return <time dateTime={iso}>{times[as](at)}</time>;
}
