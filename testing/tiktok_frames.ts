/**
 * Batches of messages as TikTok's push server frames them, and frames that are
 * broken on purpose. Separate from the messages, because the sign server's
 * answer carries the same batch without a frame.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import {
  ProtoMessageFetchResult,
  WebcastPushFrame,
} from "tiktok-live-proto/v3";
import type { RoomMessage } from "./tiktok_messages.ts";

/** Ways to break a frame. */
export type Malformed = "garbage" | "bad_gzip" | "cut_off" | "empty" | "text";

const BLANK = new Uint8Array();

/** A batch as protobuf; `pushServer` is where the sign server points to. */
export function batch(
  messages: RoomMessage[],
  options: { cursor: string; pushServer?: string; needAck?: boolean },
): Uint8Array {
  const result = ProtoMessageFetchResult.decode(BLANK);
  result.messages = messages.map((message) => ({
    method: message.method,
    payload: Buffer.from(message.payload),
    msgId: message.msgId,
    msgType: 0,
    offset: "0",
    isHistory: false,
    sampleFlag: 0,
  }));
  result.cursor = options.cursor;
  result.internalExt = `internal_src:dim|wss_push_room_id:0|${options.cursor}`;
  result.needAck = options.needAck ?? false;
  result.pushServer = options.pushServer ?? "";
  return ProtoMessageFetchResult.encode(result).finish();
}

/** A push frame round a payload. */
export function frame(
  payloadType: string,
  payload: Uint8Array,
  options: { logId?: string; gzip?: boolean } = {},
): Uint8Array {
  const push = WebcastPushFrame.decode(BLANK);
  push.seqId = "1";
  push.logId = options.logId ?? "0";
  push.payloadEncoding = "pb";
  push.payloadType = payloadType;
  push.payload = Buffer.from(options.gzip ? gzipSync(payload) : payload);
  if (options.gzip) push.headers = [{ key: "compress_type", value: "gzip" }];
  return WebcastPushFrame.encode(push).finish();
}

/** A frame that no client can read. */
export function malformedFrame(kind: Malformed): Uint8Array | string {
  switch (kind) {
    case "garbage":
      return Uint8Array.of(
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0x0f,
      );
    case "bad_gzip":
      return frame("msg", Uint8Array.of(31, 139, 8, 0, 1, 2, 3, 4));
    case "cut_off":
      return frame("msg", new Uint8Array(64).fill(0x0a)).subarray(0, 20);
    case "empty":
      return new Uint8Array();
    case "text":
      return "not a frame";
  }
}

/** Type and id of a frame that a client sent. */
export function readFrame(
  bytes: Uint8Array,
): { payloadType: string; logId: string } {
  const { payloadType, logId } = WebcastPushFrame.decode(bytes);
  return { payloadType, logId };
}
