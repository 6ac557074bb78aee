/**
 * Lines as a file to download, sent while they are made.
 *
 * @module
 */
import type { SessionInfo } from "@/core/ports.ts";
import { isMoment } from "@/locales/times.ts";

/** Characters gathered before they are sent. */
const CHUNK = 64 * 1024;

/** What a session's files are called: the channel, when, and which. */
export function namesOf(
  { channel, startedAt, id }: SessionInfo,
): string[] {
  const day = isMoment(startedAt)
    ? new Date(startedAt).toISOString().slice(0, 10)
    : "";
  return [channel || "session", day, id.slice(0, 8)];
}

/** A response that saves itself under a name made of `parts`. */
export function download(
  lines: AsyncIterable<string>,
  { type, parts, ending }: { type: string; parts: string[]; ending: string },
): Response {
  const name = parts.map(plain).filter((part) => part !== "").join("-");
  const body = ReadableStream.from(chunksOf(lines))
    .pipeThrough(new TextEncoderStream());
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name}.${ending}"`,
    },
  });
}

async function* chunksOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = "";
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

/** What every file system takes. */
function plain(text: string): string {
  return text.replace(/[^\w.-]+/g, "_").replace(/^[._]+|[._]+$/g, "");
}
