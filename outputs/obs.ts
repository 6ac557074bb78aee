/**
 * OBS, kept connected: its scenes, the switch, and what the host has set. Each
 * try is a new connection and there is never a second one; OBS frozen or gone
 * costs nothing but its own message. Nothing in here throws at the game.
 *
 * It does not know where commands come from, so that it runs wherever OBS is.
 *
 * @module
 */
import {
  type Obs,
  OBS_OFF,
  type ObsPhase,
  type ObsSettings,
  type ObsState,
  type SwitchRefusal,
} from "@/core/obs.ts";
import { type ObsChange, ObsKept } from "@/core/shapes/obs.ts";
import type { Clock } from "@/core/clock.ts";
import { createListeners } from "@/core/listeners.ts";
import type { Sessions } from "@/core/ports.ts";
import { createTurn } from "@/core/turn.ts";
import {
  CallError,
  type Link,
  type LinkEnd,
  LinkError,
  openLink,
} from "./obs_link.ts";
import { pressRefresh } from "./obs_overlays.ts";
import { openRules } from "./obs_rules.ts";

/** Name of the document that is kept. */
const DOCUMENT = "obs";
/** `ResourceNotFound` of obs-websocket. */
const NO_SUCH_SCENE = 600;

/** How patient and how eager to be, in ms. */
interface ObsPace {
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

const OBS_PACE: ObsPace = {
  retryMin: 500,
  retryMax: 10_000,
  connect: 4_000,
  call: 2_000,
  beat: 4_000,
  settle: 150,
  overlays: 4_000,
};

/** What the connection to OBS needs. */
export interface ObsOptions {
  documents: Pick<Sessions, "document" | "putDocument">;
  /** `OBS_URL` and `OBS_PASSWORD`, where they are set. */
  given?: { address?: string | undefined; password?: string | undefined };
  /** Whether a browser source with this address shows one of our overlays. */
  isOurs(url: URL): boolean;
  /** Open overlays; leave it out where this process does not serve them. */
  overlays?(): number;
  clock: Clock;
  /** From 0 up to, but not, 1. */
  chance(): number;
  log(line: string): void;
  pace?: Partial<ObsPace>;
}

/** Reads what is kept, and connects where OBS is set up. */
export async function openObs(options: ObsOptions): Promise<Obs> {
  const { documents, given = {}, clock, chance, log } = options;
  const now = clock.wall;
  const pace = { ...OBS_PACE, ...options.pace };
  const watchers = createListeners();
  let kept = ObsKept.safeParse(await documents.document(DOCUMENT) ?? {}).data ??
    ObsKept.parse({});
  let at: Pick<ObsState, "state" | "since" | "retryAt" | "scenes" | "current"> =
    { ...OBS_OFF, since: now() };
  let link: Link | null = null;
  let hasRefreshed = options.overlays === undefined;
  /** The connection of now, and how to end it. */
  let turn = { stop: new AbortController(), over: Promise.resolve() };
  /** Changes wait for each other: never two connections at once. */
  const inTurn = createTurn();

  const address = () => given.address ?? kept.address;
  const password = () => given.password ?? kept.password;
  const isAllowed = (scene: string) =>
    kept.allowed === null || kept.allowed.includes(scene);

  function tell() {
    watchers.tell();
  }

  function show(change: Partial<typeof at>) {
    const isNew = change.state !== undefined && change.state !== at.state;
    at = { ...at, ...change, ...(isNew && { since: now() }) };
    if (isNew) log(`OBS: ${at.state.replace("_", " ")}`);
    tell();
  }

  /** Connects, stays, and connects again until it is told to stop. */
  async function keepConnected(signal: AbortSignal) {
    let wait = pace.retryMin;
    while (!signal.aborted) {
      const url = address();
      if (url === null) return show({ state: "off", retryAt: null });
      const began = clock.elapsed();
      const end = await connectOnce(url, signal);
      if (signal.aborted) return;
      // Who has quit OBS knows that it does not answer now.
      const isStillQuit = at.state === "quit" &&
        (end === "refused" || end === "lost");
      const state = isStillQuit ? "quit" : end;
      if (state === "wrong_password") return show({ state, retryAt: null });
      if (clock.elapsed() - began > pace.retryMax) wait = pace.retryMin;
      const pause = Math.max(pace.retryMin, wait * (0.5 + chance() / 2));
      wait = Math.min(wait * 2, pace.retryMax);
      show({ state, retryAt: now() + pause });
      await sleep(pause, signal);
      show({ retryAt: null });
    }
  }

  /** One connection, from its beginning to its end. */
  async function connectOnce(
    url: string,
    signal: AbortSignal,
  ): Promise<LinkEnd> {
    let settle: ReturnType<typeof setTimeout> | undefined;
    let opened: Link | null = null;
    const during = new AbortController();
    try {
      opened = await openLink({
        address: url,
        password: password(),
        connectMs: pace.connect,
        callMs: pace.call,
        signal,
        onScene: (current) => show({ current }),
        onScenes() {
          clearTimeout(settle);
          settle = setTimeout(() => opened && void look(opened), pace.settle);
        },
      });
      if (!await look(opened)) return await opened.ended;
      link = opened;
      show({ state: "connected" });
      void refreshOnce(opened, during.signal);
      void beat(opened, during.signal);
      return await opened.ended;
    } catch (error) {
      return error instanceof LinkError ? error.end : "refused";
    } finally {
      clearTimeout(settle);
      during.abort();
      link = null;
      opened?.drop("lost");
      show({ current: null });
    }
  }

  /** Asks for the scenes; false if there was no answer. */
  async function look(from: Link): Promise<boolean> {
    const list = await asked(() => from.call("GetSceneList"));
    if (typeof list === "string") return false;
    // OBS counts from the bottom of its list.
    const scenes = list.scenes.map(({ sceneName }) => String(sceneName))
      .reverse();
    // None at all is what is left while OBS takes its scenes apart.
    if (scenes.length === 0) return true;
    const current = list.currentProgramSceneName || null;
    const isSame = current === at.current &&
      scenes.length === at.scenes.length &&
      scenes.every((scene, i) => scene === at.scenes[i]);
    if (!isSame) show({ scenes, current });
    return true;
  }

  /** Looks now and then whether OBS still answers. */
  async function beat(of: Link, signal: AbortSignal) {
    while (link === of) {
      await sleep(pace.beat, signal);
      if (link === of) await look(of);
    }
  }

  /**
   * After the start of this program, overlays that OBS loaded before stay
   * blank. Where none has come by itself, they are loaded anew.
   */
  async function refreshOnce(by: Link, signal: AbortSignal) {
    if (hasRefreshed) return;
    await sleep(pace.overlays, signal);
    if (link !== by || hasRefreshed) return;
    hasRefreshed = true;
    if (options.overlays?.() !== 0) return;
    await asked(() => pressRefresh(by, options.isOurs));
  }

  async function change(wanted: ObsChange | null): Promise<ObsSettings> {
    if (wanted !== null) {
      const next = ObsKept.parse({ ...kept, ...wanted });
      await documents.putDocument(DOCUMENT, next);
      const isElsewhere = next.address !== kept.address ||
        wanted.password !== undefined;
      kept = next;
      if (!isElsewhere) {
        tell();
        return settings();
      }
    }
    turn.stop.abort();
    await turn.over;
    const isOn = address() !== null;
    show({
      state: isOn ? "connecting" : "off",
      retryAt: null,
      ...(!isOn && { scenes: [] }),
    });
    start();
    return settings();
  }

  function start() {
    const stop = new AbortController();
    turn = { stop, over: keepConnected(stop.signal) };
  }

  function settings(): ObsSettings {
    return {
      address: address(),
      passwordSet: password() !== null,
      fixed: {
        address: given.address !== undefined,
        password: given.password !== undefined,
      },
      rules: kept.rules,
      allowed: kept.allowed,
    };
  }

  async function switchTo(scene: string): Promise<"done" | SwitchRefusal> {
    if (!isAllowed(scene)) return "scene_not_allowed";
    const by = link;
    if (!by) return "obs_off";
    const no = await asked(() =>
      by.call("SetCurrentProgramScene", { sceneName: scene })
    );
    if (no === "no_scene") void look(by);
    if (typeof no === "string") return no;
    return "done";
  }

  const rules = openRules({
    rules: () => kept.rules,
    switchTo,
    onChange: tell,
    now,
  });

  if (address() !== null) {
    at = { ...at, state: "connecting" };
    start();
  }

  return {
    settings,
    state: () => ({
      ...at,
      passwordSet: password() !== null,
      allowed: kept.allowed,
      rules: rules.state(),
    }),
    change: (wanted) => inTurn(() => change(wanted)),
    async reconnect() {
      await inTurn(() => change(null));
      return await new Promise<ObsPhase>((resolve) => {
        const done = () => {
          if (at.state === "connecting") return;
          stop();
          resolve(at.state);
        };
        const stop = watchers.watch(done);
        done();
      });
    },
    switchTo(scene) {
      rules.yield();
      return switchTo(scene);
    },
    async refreshOverlays() {
      const by = link;
      if (!by) return "obs_off";
      const count = await asked(() => pressRefresh(by, options.isOurs));
      return typeof count === "number" ? count : "obs_off";
    },
    follow: rules.follow,
    watch: watchers.watch,
    close: () =>
      inTurn(async () => {
        rules.close();
        turn.stop.abort();
        await turn.over;
        watchers.clear();
      }),
  };
}

/** An answer of OBS, or why there is none. */
async function asked<T>(
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

/** Waits, but not longer than the signal lets it. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted) done();
    else signal?.addEventListener("abort", done);
  });
}
