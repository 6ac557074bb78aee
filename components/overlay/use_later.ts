/**
 * Parts that are loaded apart from the page, so that it lives sooner: all at
 * once as soon as there is a game, long before one of them is due.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";

/** Loads all of them together. */
async function load() {
  const [header, gameHead, ticker, stage, countdown] = await Promise.all([
    import("./Header.tsx"),
    import("./GameHead.tsx"),
    import("./Ticker.tsx"),
    import("./Stage.tsx"),
    import("./Countdown.tsx"),
  ]);
  return {
    Header: header.default,
    GameHead: gameHead.default,
    Ticker: ticker.default,
    Stage: stage.default,
    Countdown: countdown.default,
  };
}

/** How long until it is tried again, in ms. */
const AGAIN_MS = 2000;

/** The parts, or null while they are not there. */
export function useLater(
  isNeeded: boolean,
): Awaited<ReturnType<typeof load>> | null {
  const [parts, setParts] = useState<
    Awaited<ReturnType<typeof load>> | null
  >(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!isNeeded || parts) return;
    let timer: ReturnType<typeof setTimeout>;
    load().then(
      setParts,
      () => timer = setTimeout(() => setTries((n) => n + 1), AGAIN_MS),
    );
    return () => clearTimeout(timer);
  }, [isNeeded, tries]);
  return parts;
}
