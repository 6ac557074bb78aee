/**
 * Whether the server shuts this page out, and is not merely away: a stream that
 * ends says neither. An outage leaves the last board on the screen; a key that
 * was taken away does not.
 *
 * @module
 */

/** How often it is asked again while the server cannot be heard, in ms. */
export const ASK_AGAIN_MS = 5_000;
const ANSWER_MS = 5_000;

/** What keeps watch. */
interface Refusal {
  /** The stream was lost, or is back. */
  heard(up: boolean): void;
  stop(): void;
}

/**
 * Asks why a stream was lost, until that is known or the stream is back.
 *
 * @param url Of the stream.
 * @param tell Called with true once the server itself has refused this page,
 *   and with false once it can be heard.
 */
export function watchRefusal(
  url: string,
  tell: (isRefused: boolean) => void,
  ask: (url: string) => Promise<boolean> = isRefused,
): Refusal {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let losses = 0;

  async function look(loss: number) {
    const answer = await ask(url);
    if (loss !== losses) return; // it came back, or was stopped, meanwhile
    if (answer) tell(true);
    else timer = setTimeout(() => void look(loss), ASK_AGAIN_MS);
  }
  function stop() {
    clearTimeout(timer);
    losses++;
  }
  return {
    heard(up) {
      stop();
      if (up) tell(false);
      else void look(losses);
    },
    stop,
  };
}

/** A refusal in our server's own words; a proxy's says nothing of a key. */
async function isRefused(url: string): Promise<boolean> {
  try {
    const { status, headers } = await fetch(url, {
      method: "HEAD",
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const type = headers.get("content-type") ?? "";
    return (status === 401 || status === 403) &&
      type.startsWith("application/problem+json");
  } catch {
    return false; // it cannot be reached
  }
}
