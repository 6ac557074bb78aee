/**
 * The memory of the room that is listened to, from one room to the next.
 *
 * @module
 */
import type { ChannelOptions } from "./channel.ts";
import {
  openRoomMemory,
  passingMemory,
  type RoomMemory,
} from "./room_memory.ts";

/** Where the memory of now is. */
interface MemoryHere {
  /** What the room has sent; null before the first. */
  now(): RoomMemory | null;
  /**
   * Remembers what a channel's room has sent.
   *
   * @param sessionId A session that may have run in it until now.
   */
  remember(channel: string, sessionId: string | null): Promise<void>;
  forget(): void;
}

/** No room is remembered. */
export function createMemoryHere(
  { store, rehearsal, clock, name, writer, log }: Omit<
    ChannelOptions,
    "connect" | "onChange"
  >,
): MemoryHere {
  let memory: RoomMemory | null = null;

  /** Lets what another room has sent be noted as its own, and kept. */
  async function putAway() {
    for (let i = 0; i < 3 && (writer()?.waiting() ?? 0) > 0; i++) {
      await writer()!.settled();
    }
    await memory?.flush();
    forget();
  }

  function forget() {
    memory?.stop();
    memory = null;
  }

  async function open(channel: string, sessionId: string | null) {
    if (rehearsal) return passingMemory(channel);
    if (memory?.channel === channel) return memory;
    await putAway();
    const about = { store, channel, sessionId, clock, log, name };
    return await openRoomMemory(about);
  }

  return {
    now: () => memory,
    async remember(channel, sessionId) {
      memory = await open(channel, sessionId);
      const running = writer();
      if (running) {
        memory.follow(running.session.id, running.told().summary.seq);
      }
    },
    forget,
  };
}
