/**
 * One room of the stand-in: who is connected to it, what it has said lately,
 * and every way in which a room can misbehave.
 *
 * @module
 */
import {
  batch,
  frame,
  type Malformed,
  malformedFrame,
  readFrame,
} from "./tiktok_frames.ts";
import { control, type RoomMessage } from "./tiktok_messages.ts";
import type { Socket } from "./tiktok_sockets.ts";

/**
 * What the web pages say of a channel. `age_restricted` hides the room id
 * behind a login; `captcha` answers every page with a puzzle.
 */
type RoomState =
  | "live"
  | "offline"
  | "ended"
  | "unknown"
  | "age_restricted"
  | "captcha";

/** What a room has counted; `open` goes down again, the others only grow. */
interface RoomCounts {
  sockets: number;
  open: number;
  mostOpen: number;
  entered: number;
  heartbeats: number;
  acks: number;
  frames: number;
}

/** How a batch goes out. */
export interface Sending {
  /** Compressed, as TikTok does unless asked otherwise. */
  gzip?: boolean;
  needAck?: boolean;
}

/** A room of the stand-in. */
export interface Room {
  readonly handle: string;
  readonly roomId: string;
  state: RoomState;
  /** How many of the latest messages every new connection gets again. */
  replay: number;
  /** Put into the sign server's answer, before the socket opens. */
  initial: RoomMessage[];
  readonly counts: RoomCounts;
  /** One frame with all of these messages, to everyone connected. */
  send(messages: RoomMessage | RoomMessage[], sending?: Sending): void;
  sendMalformed(kind: Malformed): void;
  /** Bytes as they are, to everyone connected. */
  sendRaw(frame: Uint8Array): void;
  /** A frame without messages, as the answer to a heartbeat is. */
  beat(): void;
  /** Says that the LIVE is over, then closes the sockets. */
  end(how?: "ended" | "suspended"): void;
  /** Cuts every connection; `"close"` says goodbye first. */
  drop(how?: "cut" | "close"): void;
  /** From now on nothing is answered, sent or closed, until `thaw()`. */
  freeze(): void;
  thaw(): void;
  /** Resolves when a client is in the room. */
  entered(): Promise<void>;
  /** The messages a new connection gets again, latest last. */
  recent(): RoomMessage[];
  /** Takes in a connection; called by the server. */
  accept(socket: Socket): void;
}

const KEEP = 2_000;

/** Opens a room that is live until `state` says otherwise. */
export function openRoom(handle: string, roomId: string): Room {
  const sockets = new Set<Socket>();
  const inside = new Set<Socket>();
  const recent: RoomMessage[] = [];
  const waiting: (() => void)[] = [];
  const counts: RoomCounts = {
    sockets: 0,
    open: 0,
    mostOpen: 0,
    entered: 0,
    heartbeats: 0,
    acks: 0,
    frames: 0,
  };
  let frozen = false;
  let logId = 0;

  function put(
    data: Uint8Array | string,
    to: Iterable<Socket> = sockets,
  ): void {
    if (frozen) return;
    for (const socket of to) if (socket.readyState === 1) socket.send(data);
  }

  function framed(messages: RoomMessage[], sending: Sending): Uint8Array {
    logId += 1;
    counts.frames += 1;
    const body = batch(messages, {
      cursor: `c-${logId}`,
      needAck: sending.needAck,
    });
    return frame("msg", body, {
      logId: String(logId),
      gzip: sending.gzip ?? true,
    });
  }

  function answer(socket: Socket, data: Uint8Array): void {
    const { payloadType } = readFrame(data);
    if (payloadType === "ack") counts.acks += 1;
    if (payloadType === "hb") {
      counts.heartbeats += 1;
      put(frame("hb", new Uint8Array()), [socket]);
    }
    if (payloadType === "im_enter_room") {
      counts.entered += 1;
      inside.add(socket);
      put(frame("im_enter_room_resp", new Uint8Array()), [socket]);
      const again = room.recent();
      if (again.length > 0) put(framed(again, {}), [socket]);
      for (const resolve of waiting.splice(0)) resolve();
    }
  }

  const room: Room = {
    handle,
    roomId,
    state: "live",
    replay: 0,
    initial: [],
    counts,
    send(messages, sending = {}) {
      const list = Array.isArray(messages) ? messages : [messages];
      recent.push(...list);
      const kept = Math.max(KEEP, room.replay);
      recent.splice(0, Math.max(0, recent.length - kept));
      put(framed(list, sending));
    },
    sendMalformed(kind) {
      put(malformedFrame(kind));
    },
    sendRaw: (frame) => put(frame),
    beat() {
      put(frame("hb", new Uint8Array()));
    },
    end(how = "ended") {
      room.state = "ended";
      put(framed([control(how === "ended" ? 3 : 4)], {}));
    },
    drop(how = "cut") {
      for (const socket of sockets) {
        how === "cut" ? socket.terminate() : socket.close(1001, "going away");
      }
    },
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    entered() {
      if (inside.size > 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    recent: () => room.replay > 0 ? recent.slice(-room.replay) : [],
    accept(socket) {
      sockets.add(socket);
      counts.sockets += 1;
      counts.open = sockets.size;
      counts.mostOpen = Math.max(counts.mostOpen, sockets.size);
      if (frozen) socket.pause();
      socket.on("message", (data) => answer(socket, data));
      socket.on("error", () => socket.terminate());
      socket.on("close", () => {
        sockets.delete(socket);
        inside.delete(socket);
        counts.open = sockets.size;
      });
    },
  };
  return room;
}
