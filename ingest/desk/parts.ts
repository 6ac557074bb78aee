/**
 * What a desk is made of.
 *
 * @module
 */
import type { Blocker } from "@/core/blocked_words.ts";
import type { Chance } from "@/core/chance.ts";
import type { Clock } from "@/core/clock.ts";
import type { Source } from "@/core/connection.ts";
import type { OpenDesk } from "@/core/desk.ts";
import type { Frame } from "@/core/frame.ts";
import type { InOrder } from "@/core/in_order.ts";
import type { Obs } from "@/core/obs.ts";
import type { Store } from "@/core/ports.ts";
import type { Newer } from "@/core/shapes/state.ts";
import type { Shelf } from "../past/shelf.ts";
import type { Channel, SourceOptions } from "./channel.ts";
import type { Housekeeping } from "./housekeeping.ts";
import type { KeptDraws } from "./draws.ts";
import type { KeptRunning, KeptSettings } from "./kept.ts";
import type { Leading } from "./leading.ts";
import type { Pace } from "./pace.ts";
import type { Queue } from "./queue.ts";
import type { Scenes } from "./scenes.ts";
import type { SessionHere } from "./session_here.ts";

/** What a desk needs. */
export interface DeskOptions {
  store: Store;
  connect(options: SourceOptions): Source;
  /** What comes in is made up: its sessions are rehearsals and nothing else. */
  rehearsal: boolean;
  version: string;
  /** The machine's own unless given. */
  clock?: Clock;
  /** The machine's own unless given. */
  chance?: Chance;
  /** `PACE` unless said otherwise. */
  pace?: Pace;
  /** A newer version that is out; left out where nobody can be asked. */
  newer?(): Newer | null;
  /** Open frame streams, for the health report. */
  overlays?(): number;
  /** A frame went out, so many ms after the oldest event it shows came in. */
  onFrame?(waitedMs: number): void;
  /** OBS, where this process is the one that switches its scenes. */
  obs?: Obs;
  /** Called each time this desk begins to lead after it was opened. */
  onLead?(desk: OpenDesk): Promise<void>;
  /** A session was written anew, or is gone for good. */
  onForgotten?(sessionId: string): void;
  /** Takes a line for the log. */
  log?(line: string): void;
}

/** The parts of a desk. */
export interface Parts {
  options: DeskOptions;
  store: Store;
  clock: Clock;
  chance: Chance;
  /** Opening, changing and reading one session that does not run. */
  alone: InOrder;
  shelf: Shelf;
  settings: KeptSettings;
  running: KeptRunning;
  draws: KeptDraws;
  queue: Queue;
  channel: Channel;
  scenes: Scenes;
  here: SessionHere;
  leading: Leading;
  housekeeping: Housekeeping;
  blocker(): Blocker;
  tellFrame(frame: Frame): void;
  tellState(): void;
}
