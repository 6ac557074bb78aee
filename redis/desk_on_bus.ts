/**
 * Puts a desk on the bus: what others look at is told, and what they ask is
 * answered.
 *
 * @module
 */
import { callAfter, callEvery, type Clock } from "@/core/clock.ts";
import type { Desk } from "@/core/desk.ts";
import { type BusOwner, openBusOwner } from "./bus_owner.ts";
import { deskCalls } from "./desk_calls.ts";

/** The state is told at most once in this time, beside what answers bring. */
const STATE_MS = 20;

/** What is put on the bus. */
interface DeskOnBusOptions {
  url: string;
  clock: Clock;
  /** Of this owner; 0 while it is none. */
  token(): number;
  desk: Desk;
  /** Keys and sign-ins, of which only `access` knows more. */
  access: {
    kept(): unknown;
    watch(listener: () => void): () => void;
    change(change: unknown): Promise<boolean>;
  };
  /** Another process has taken over with a newer token. */
  onOusted?(): void;
  log?(line: string): void;
}

/** Opens the owner's end of the bus for a desk. */
export function deskOnBus(options: DeskOnBusOptions): BusOwner {
  const { url, clock, token, desk, access, onOusted } = options;
  const { log = () => {} } = options;
  let callOff: (() => void) | null = null;
  const bus = openBusOwner({
    url,
    clock,
    token,
    news: {
      frame: desk.frame,
      state() {
        const { frame: _, ...state } = desk.state();
        return state;
      },
      access: access.kept,
    },
    calls: deskCalls(desk, access.change),
    onOusted,
    onOverlays: stateChanged,
    onTrouble: (trouble) =>
      log(trouble ?? "Redis is there: other processes hear this one"),
  });

  let led = 0;

  function stateChanged() {
    if (led !== token()) {
      led = token();
      bus.announce();
    }
    callOff ??= callAfter(clock, STATE_MS, () => {
      callOff = null;
      bus.changed("state");
    });
  }

  const stops = [
    desk.watchFrames(() => bus.changed("frame")),
    desk.watchState(stateChanged),
    access.watch(() => bus.changed("access")),
    // Some numbers of the state change by themselves.
    callEvery(clock, 1_000, stateChanged),
  ];
  return {
    ...bus,
    async close() {
      callOff?.();
      for (const stop of stops) stop();
      await bus.close();
    },
  };
}
