/**
 * OBS beside the game: it follows what the game shows and does what the host
 * asks of it. A frozen OBS holds nothing up.
 *
 * @module
 */
import type { Outcome } from "@/core/desk.ts";
import { no } from "@/core/refusals.ts";
import type { Moment, Obs } from "@/core/obs.ts";
import type { SceneCommand } from "@/core/shapes/commands.ts";
import { whyOf } from "@/core/why.ts";
import type { Keyed } from "./inbox.ts";
import { DONE, noObs, notSwitched } from "./refused.ts";
import type { Writer } from "./writer.ts";

/** The scenes of a desk. */
export interface Scenes {
  /** Lets OBS follow, and notes each switch where a session still runs. */
  follow(moments: Moment[]): void;
  carryOut(command: SceneCommand, keyed?: Keyed): Promise<Outcome>;
}

/**
 * @param obs Null where this process is not the one that switches scenes.
 * @param writer The session that runs; null where none does.
 */
export function createScenes(
  obs: Obs | null,
  writer: () => Writer | null,
  log: (line: string) => void,
): Scenes {
  async function note(scene: string, keyed?: Keyed): Promise<Outcome> {
    const running = writer();
    if (!running) return DONE;
    try {
      return await running.note({ type: "sceneSwitched", scene }, keyed);
    } catch (error) {
      // The scene is on; only its line in the ledger is missing.
      log(`The switch to "${scene}" was not recorded: ${whyOf(error)}`);
      return DONE;
    }
  }

  return {
    follow(moments) {
      if (moments.length === 0) return;
      obs?.follow(moments, (scene) => void note(scene));
    },
    async carryOut(command, keyed) {
      if (!obs) return noObs();
      switch (command.type) {
        case "switchScene": {
          const { scene } = command;
          const result = await obs.switchTo(scene);
          return result === "done"
            ? await note(scene, keyed)
            : notSwitched(result, scene);
        }
        case "refreshOverlays": {
          const count = await obs.refreshOverlays();
          if (count === "obs_off") return noObs();
          return count > 0 ? DONE : no(
            "no_overlay",
            "OBS has no browser source with the overlay of this place",
          );
        }
        case "reconnectObs":
          return await obs.reconnect() === "connected" ? DONE : noObs();
      }
    },
  };
}
