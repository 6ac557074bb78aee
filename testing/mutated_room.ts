/**
 * A stand-in that sends mutated frames, as a process of its own: making them
 * must not hold up the one that is measured. For each line it is given,
 * `next` or `again` and a mark, it sends a frame and then a comment that says
 * the mark.
 *
 * @module
 */
import { createInterface } from "node:readline";
import process from "node:process";
import { hasCaptures, readCaptures } from "./captures.ts";
import { mutatedFrames } from "./frame_mutator.ts";
import {
  chat,
  control,
  follow,
  gift,
  like,
  question,
  type RoomMessage,
  roomUser,
  ROSE,
} from "./tiktok_messages.ts";
import { startTikTok } from "./tiktok_server.ts";

const ANN = { id: "111", nickname: "Ann", follower: true };
const MARKER = { id: "999", nickname: "Marker" };

const server = await startTikTok();
const room = server.room("studio");
const messages = await hasCaptures()
  ? await Array.fromAsync(readCaptures())
  : ownMessages();
const frames = mutatedFrames(messages, Number(Deno.args[0] ?? 1));
console.log(JSON.stringify({ url: server.url }));

let last = frames.next().value!;
for await (const line of createInterface({ input: process.stdin })) {
  const [order, mark] = line.split(" ");
  if (order === "next") last = frames.next().value!;
  // A connection that was refused meanwhile gets the mark alone.
  await room.entered();
  if (order !== "mark") room.sendRaw(last.bytes);
  room.send(chat(MARKER, mark!));
  const { what, bytes: { length } } = last;
  console.log(JSON.stringify({ what, length }));
}
await server.close();

function ownMessages(): RoomMessage[] {
  return [
    chat(ANN, "hello"),
    like(ANN, 5, { total: 100 }),
    gift(ANN, ROSE, { count: 3, group: "7" }),
    follow(ANN),
    roomUser(12),
    question(ANN, "why?"),
    control(3),
  ];
}
