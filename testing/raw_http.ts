/**
 * HTTP/1.1 as bytes, for requests that no well-behaved client sends: a forged
 * `Host`, a path with dots, a body that stops half-way.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112}
 * @module
 */

/** What came back. */
interface RawAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** A request, as it is to be written. */
export interface RawRequest {
  method?: string;
  /** The request target: usually a path. */
  target: string;
  headers?: Record<string, string>;
  /** Parts of the body, each after a pause. */
  body?: string[];
  /** Ms before each part. */
  pause?: number;
}

const encoder = new TextEncoder();

/** Sends one request to a port of this machine and reads its answer. */
export async function rawHttp(
  port: number,
  { method = "GET", target, headers = {}, body = [], pause = 0 }: RawRequest,
): Promise<RawAnswer> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const lines = Object.entries({ connection: "close", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`).join("");
  await connection.write(
    encoder.encode(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`),
  );
  const answer = readAnswer(connection);
  for (const part of body) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      await connection.write(encoder.encode(part));
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) break;
      if (error instanceof Deno.errors.ConnectionReset) break;
      throw error;
    }
  }
  return parse(await answer);
}

/** Reads up to the end of one answer; the other side may stay on the line. */
async function readAnswer(connection: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder("latin1");
  const bytes = new Uint8Array(64 * 1024);
  let text = "";
  for (;;) {
    const read = await connection.read(bytes);
    if (read === null) return text;
    text += decoder.decode(bytes.subarray(0, read));
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1];
    if (length !== undefined && text.length >= end + 4 + Number(length)) {
      return text;
    }
    if (text.endsWith("\r\n0\r\n\r\n")) return text;
  }
}

function parse(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  return {
    status: Number(first.split(" ")[1]),
    headers,
    text: text.slice(end + 4),
  };
}
