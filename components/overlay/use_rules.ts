/**
 * What earns how much, in words, for who wants it on the screen.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { Texts } from "@/locales/mod.ts";

/** How often it is asked whether the rates are others, in ms. */
const ASK_MS = 10_000;

/** The rates in force, in words; asked for only where they are shown. */
export function useRules(
  isShown: boolean,
  key: string | null,
  words: Texts["overlay"],
): string[] {
  const [rules, setRules] = useState<string[]>([]);
  useEffect(() => {
    if (!isShown) return;
    const query = key === null ? "" : `?key=${encodeURIComponent(key)}`;
    const ask = async () => {
      try {
        const response = await fetch(`/api/state${query}`);
        if (!response.ok) return;
        const { rates, session } = await response.json();
        const inForce = rates ?? session?.rates;
        const { rulesOf } = await import("./rules.ts");
        setRules(inForce ? rulesOf(inForce, words) : []);
      } catch {
        // What stood there stays, as all of the overlay does.
      }
    };
    void ask();
    const timer = setInterval(ask, ASK_MS);
    return () => clearInterval(timer);
  }, [isShown]);
  return rules;
}
