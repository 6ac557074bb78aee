/**
 * Stays connected to OBS: one connection at a time, tried again and again until
 * it is told to stop.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import type { KeptObs } from "./obs_kept.ts";
import { CallError, type Link, type LinkEnd, LinkError } from "./obs_call.ts";
import type { LinkOptions } from "./obs_link.ts";
import { pressRefresh } from "./obs_overlays.ts";
import type { ShownObs } from "./obs_shown.ts";

/** `ResourceNotFound` of obs-websocket. */
const NO_SUCH_SCENE = 600;

/** How patient and how eager to be, in ms. */
export interface ObsPace {
  /** Least and most between two tries. */
  retryMin: number;
  retryMax: number;
  /** For a connection, and for one answer. */
  connect: number;
  call: number;
  /** Between two looks whether OBS still answers. */
  beat: number;
  /** After a change of the list of scenes, which come in bursts. */
  settle: number;
  /** How long overlays get to come by themselves before they are pressed. */
  overlays: number;
}

/** What staying connected needs. */
interface TurnsOptions {
  kept: KeptObs;
  shown: ShownObs;
  pace: ObsPace;
  clock: Clock;
  /** From 0 up to, but not, 1. */
  chance(): number;
  /** Whether a browser source with this address shows one of our overlays. */
  isOurs(url: URL): boolean;
  /** Open overlays; leave it out where this process does not serve them. */
  overlays?(): number;
}

/** The connection, whenever there is one. */
export interface ObsTurns {
  link(): Link | null;
  /** Begins to connect. */
  start(): void;
  /** Resolves when nothing is connected any more. */
  stop(): Promise<void>;
  /** Asks for the scenes; false if there was no answer. */
  look(from: Link): Promise<boolean>;
}

/** Connects to nothing before `start()`. */
export function createTurns(options: TurnsOptions): ObsTurns {
  const { kept, shown, pace, clock } = options;
  const { show } = shown;
  const look = (from: Link) => lookAt(shown, from);
  let link: Link | null = null;
  let hasRefreshed = options.overlays === undefined;
  /** The connection of now, and how to end it. */
  let turn = { stop: new AbortController(), over: Promise.resolve() };

  /** Connects, stays, and connects again until it is told to stop. */
  async function keepConnected(signal: AbortSignal) {
    const pauses = createPauses(pace, options.chance);
    while (!signal.aborted) {
      const url = kept.address();
      if (url === null) return show({ state: "off", retryAt: null });
      const began = clock.elapsed();
      const end = await connectOnce(url, signal);
      if (signal.aborted) return;
      // Who has quit OBS knows that it does not answer now.
      const isStillQuit = shown.now().state === "quit" &&
        (end === "refused" || end === "lost");
      const state = isStillQuit ? "quit" : end;
      if (state === "wrong_password") return show({ state, retryAt: null });
      const pause = pauses(clock.elapsed() - began);
      show({ state, retryAt: clock.wall() + pause });
      await clock.after(pause, signal);
      show({ retryAt: null });
    }
  }

  /** One connection, from its beginning to its end. */
  async function connectOnce(
    url: string,
    signal: AbortSignal,
  ): Promise<LinkEnd> {
    let settle = () => {};
    let opened: Link | null = null;
    const during = new AbortController();
    try {
      opened = await connect({
        address: url,
        password: kept.password(),
        connectMs: pace.connect,
        callMs: pace.call,
        ...{ signal, clock },
        onScene: (current) => show({ current }),
        onScenes() {
          settle();
          const again = () => void (opened && look(opened));
          settle = callAfter(clock, pace.settle, again);
        },
      });
      if (await look(opened)) stay(opened, during.signal);
      return await opened.ended;
    } catch (error) {
      return error instanceof LinkError ? error.end : "refused";
    } finally {
      settle();
      during.abort();
      link = null;
      opened?.drop("lost");
      show({ current: null });
    }
  }

  function stay(opened: Link, signal: AbortSignal) {
    link = opened;
    show({ state: "connected" });
    void refreshOnce(opened, signal);
    void beat(opened, signal);
  }

  /** Looks now and then whether OBS still answers. */
  async function beat(of: Link, signal: AbortSignal) {
    while (link === of) {
      await clock.after(pace.beat, signal);
      if (link === of) await look(of);
    }
  }

  /**
   * After the start of this program, overlays that OBS loaded before stay
   * blank. Where none has come by itself, they are loaded anew.
   */
  async function refreshOnce(by: Link, signal: AbortSignal) {
    if (hasRefreshed) return;
    await clock.after(pace.overlays, signal);
    if (link !== by || hasRefreshed) return;
    hasRefreshed = true;
    if (options.overlays?.() !== 0) return;
    await asked(() => pressRefresh(by, options.isOurs));
  }

  return {
    link: () => link,
    start() {
      const stop = new AbortController();
      turn = { stop, over: keepConnected(stop.signal) };
    },
    async stop() {
      turn.stop.abort();
      await turn.over;
    },
    look,
  };
}

/** What speaks to OBS is loaded with the first try to. */
async function connect(options: LinkOptions): Promise<Link> {
  const { openLink } = await import("./obs_link.ts");
  return await openLink(options);
}

/** Asks for the scenes; false if there was no answer. */
async function lookAt(shown: ShownObs, from: Link): Promise<boolean> {
  const list = await asked(() => from.call("GetSceneList"));
  if (typeof list === "string") return false;
  // OBS counts from the bottom of its list.
  const scenes = list.scenes.map(({ sceneName }) => String(sceneName))
    .reverse();
  // None at all is what is left while OBS takes its scenes apart.
  if (scenes.length === 0) return true;
  const current = list.currentProgramSceneName || null;
  const at = shown.now();
  const isSame = current === at.current &&
    scenes.length === at.scenes.length &&
    scenes.every((scene, i) => scene === at.scenes[i]);
  if (!isSame) shown.show({ scenes, current });
  return true;
}

/** The pauses between tries: longer each time, unless a try lasted long. */
function createPauses(
  { retryMin, retryMax }: ObsPace,
  chance: () => number,
): (lasted: number) => number {
  let wait = retryMin;
  return (lasted) => {
    if (lasted > retryMax) wait = retryMin;
    const pause = Math.max(retryMin, wait * (0.5 + chance() / 2));
    wait = Math.min(wait * 2, retryMax);
    return pause;
  };
}

/** An answer of OBS, or why there is none. */
export async function asked<T>(
  ask: () => Promise<T>,
): Promise<T | "obs_off" | "no_scene"> {
  try {
    return await ask();
  } catch (error) {
    const isNoScene = error instanceof CallError &&
      error.code === NO_SUCH_SCENE;
    return isNoScene ? "no_scene" : "obs_off";
  }
}
