/**
 * Recorded TikTok messages, read where they lie: a folder beside the project
 * that not every checkout has. Nothing of it is part of the project.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { RoomMessage } from "./tiktok_messages.ts";

/** One recorded message. */
export interface Captured extends RoomMessage {
  /** Unix ms. */
  at: number;
  /** TikTok's id of the room it was said in. */
  room: string;
}

/** Where the recordings lie beside a checkout of the project. */
const CAPTURES: string = fileURLToPath(
  new URL("../../shared/captures/", import.meta.url),
);

/** The file of recorded messages in a folder. */
export function capturesFile(folder: string = CAPTURES): string {
  return join(folder, "tiktok-rooms.jsonl");
}

/** Whether the recordings are there; says so once when they are not. */
export async function hasCaptures(folder: string = CAPTURES): Promise<boolean> {
  const found = await stat(capturesFile(folder)).catch(() => null);
  if (!found) console.log(`skipped: no recordings in ${folder}`);
  return found !== null;
}

/** Reads the recordings one message at a time. */
export async function* readCaptures(
  folder: string = CAPTURES,
): AsyncGenerator<Captured> {
  const lines = createInterface({
    input: createReadStream(capturesFile(folder)),
    crlfDelay: Infinity,
  });
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const { at, room, method, msgId, payload } = JSON.parse(line);
    yield {
      at,
      room,
      method,
      msgId,
      payload: Uint8Array.from(Buffer.from(payload, "base64")),
    };
  }
}
