/**
 * A browser's stream of frames, for tests and benches: over a bare socket, so
 * that hundreds are cheap and times are those of the program.
 *
 * @module
 */
import type { Frame } from "@/core/frame.ts";

/** A stream of frames. */
export interface FrameStream {
  /** All that have come. */
  frames: Frame[];
  readonly first: Frame | null;
  readonly last: Frame | null;
  /** The server has ended it. */
  readonly ended: boolean;
  close(): void;
}

/**
 * Opens a stream; resolves with its first frame.
 *
 * @param query Such as `?rows=10`.
 * @param key Sent as a header.
 * @param onFrame Called with each frame as it comes.
 * @throws {Error} If it is not answered with 200.
 */
export async function openFrames(
  url: string,
  query = "",
  key?: string,
  onFrame: (frame: Frame) => void = () => {},
): Promise<FrameStream> {
  const { hostname, port, host } = new URL(url);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  socket.setNoDelay(true);
  const request = [
    `GET /api/frames${query} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    ...(key ? [`Authorization: Bearer ${key}`] : []),
  ].join("\r\n");
  await socket.write(new TextEncoder().encode(`${request}\r\n\r\n`));

  const frames: Frame[] = [];
  let ended = false;
  let closed = false;
  const begun = Promise.withResolvers<void>();

  async function listen() {
    let text = "";
    let isOk = false;
    const decoder = new TextDecoder();
    try {
      for await (const bytes of socket.readable) {
        text += decoder.decode(bytes, { stream: true });
        if (!isOk && text.includes("\r\n\r\n")) {
          isOk = /^HTTP\/1\.1 200 /.test(text);
          if (!isOk) throw new Error(`It is answered: ${text.slice(0, 300)}`);
        }
        text = takeFrames(text);
      }
    } catch (error) {
      if (!closed) begun.reject(error);
    } finally {
      ended = true;
      begun.reject(new Error("The stream ended before its first frame"));
    }
  }

  /** Takes whole frames off a text; what is left of it. */
  function takeFrames(text: string): string {
    let rest = text;
    for (;;) {
      const from = rest.indexOf("\ndata: {");
      const to = rest.indexOf("\n", from + 1);
      if (from < 0 || to < 0) return rest;
      const isFrame = rest.slice(0, from).includes("event: frame");
      if (isFrame) take(JSON.parse(rest.slice(from + 7, to)) as Frame);
      rest = rest.slice(to);
    }
  }

  function take(frame: Frame) {
    frames.push(frame);
    onFrame(frame);
    begun.resolve();
  }

  listen();
  await begun.promise;
  return {
    frames,
    get first() {
      return frames[0] ?? null;
    },
    get last() {
      return frames.at(-1) ?? null;
    },
    get ended() {
      return ended;
    },
    close() {
      if (closed) return;
      closed = true;
      if (!ended) socket.close();
    },
  };
}
