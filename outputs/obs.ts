/**
 * OBS, kept connected: its scenes, the switch, and what the host has set. Each
 * try is a new connection and there is never a second one; OBS frozen or gone
 * costs nothing but its own message. Nothing in here throws at the game.
 *
 * It does not know where commands come from, so that it runs wherever OBS is.
 *
 * @module
 */
import type { Obs, ObsPhase, ObsSettings, SwitchRefusal } from "@/core/obs.ts";
import type { ObsChange } from "@/core/shapes/obs.ts";
import type { Clock } from "@/core/clock.ts";
import type { Sessions } from "@/core/ports.ts";
import { createTurn } from "@/core/turn.ts";
import { type ObsGiven, openKeptObs } from "./obs_kept.ts";
import { pressRefresh } from "./obs_overlays.ts";
import { openRules } from "./obs_rules.ts";
import { createShownObs } from "./obs_shown.ts";
import { asked, createTurns, type ObsPace } from "./obs_turns.ts";

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
  given?: ObsGiven;
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
  const { documents, given = {}, clock } = options;
  const kept = await openKeptObs(documents, given);
  const isSetUp = kept.address() !== null;
  const state = isSetUp ? "connecting" : "off";
  const shown = createShownObs(state, clock, options.log);
  const turns = createTurns({
    ...options,
    ...{ kept, shown },
    pace: { ...OBS_PACE, ...options.pace },
  });
  /** Changes wait for each other: never two connections at once. */
  const inTurn = createTurn();
  const rules = openRules({
    rules: () => kept.now().rules,
    switchTo,
    onChange: shown.tell,
    clock,
  });

  async function change(wanted: ObsChange): Promise<ObsSettings> {
    if (await kept.put(wanted)) await connectAnew();
    else shown.tell();
    return kept.settings();
  }

  async function connectAnew() {
    await turns.stop();
    const isOn = kept.address() !== null;
    shown.show({
      state: isOn ? "connecting" : "off",
      retryAt: null,
      ...(!isOn && { scenes: [] }),
    });
    turns.start();
  }

  /** Resolves with how it stands once that is known. */
  function settled(): Promise<ObsPhase> {
    return new Promise((resolve) => {
      const look = () => {
        const { state } = shown.now();
        if (state === "connecting") return;
        stop();
        resolve(state);
      };
      const stop = shown.watch(look);
      look();
    });
  }

  async function switchTo(scene: string): Promise<"done" | SwitchRefusal> {
    if (!kept.isAllowed(scene)) return "scene_not_allowed";
    const by = turns.link();
    if (!by) return "obs_off";
    const no = await asked(() =>
      by.call("SetCurrentProgramScene", { sceneName: scene })
    );
    if (no === "no_scene") void turns.look(by);
    if (typeof no === "string") return no;
    return "done";
  }

  if (isSetUp) turns.start();

  return {
    settings: kept.settings,
    state: () => ({
      ...shown.now(),
      passwordSet: kept.password() !== null,
      allowed: kept.now().allowed,
      rules: rules.state(),
    }),
    change: (wanted) => inTurn(() => change(wanted)),
    async reconnect() {
      await inTurn(connectAnew);
      return await settled();
    },
    switchTo(scene) {
      rules.yield();
      return switchTo(scene);
    },
    async refreshOverlays() {
      const by = turns.link();
      if (!by) return "obs_off";
      const count = await asked(() => pressRefresh(by, options.isOurs));
      return typeof count === "number" ? count : "obs_off";
    },
    follow: rules.follow,
    watch: shown.watch,
    close: () =>
      inTurn(async () => {
        rules.close();
        await turns.stop();
        shown.clear();
      }),
  };
}
