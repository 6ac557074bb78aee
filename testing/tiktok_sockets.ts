/**
 * The server side of a WebSocket, typed here because npm `ws` has no types of
 * its own. The stand-in uses `ws` rather than `Deno.upgradeWebSocket`, because
 * it can cut a connection without a close frame, as networks do.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";

/** What the stand-in needs of one connection. */
export interface Socket {
  readonly readyState: number;
  send(data: Uint8Array | string): void;
  close(code?: number, reason?: string): void;
  /** Cuts the TCP connection, no close frame. */
  terminate(): void;
  pause(): void;
  resume(): void;
  on(event: "message", listener: (data: Uint8Array) => void): void;
  on(event: "close" | "error", listener: () => void): void;
}

interface Upgrader {
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    done: (socket: Socket) => void,
  ): void;
  close(): void;
}

/** Something that turns HTTP upgrades into sockets. */
export function openUpgrader(): Upgrader {
  const Server: new (options: { noServer: true }) => Upgrader = WebSocketServer;
  return new Server({ noServer: true });
}
