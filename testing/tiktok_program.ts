/**
 * The stand-in as a program: a channel that plays a recording to whoever
 * connects. It plays only while somebody is in the room, so a product that is
 * restarted in the middle goes on where it was.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { whyOf } from "@/core/why.ts";
import { type Captured, readCaptures } from "./captures.ts";
import { arrange, play } from "./tiktok_play.ts";
import { startTikTok } from "./tiktok_server.ts";

const USAGE = `Plays recorded TikTok messages through a stand-in for TikTok.

  --port N        where to listen; any free port by default
  --captures DIR  folder with tiktok-rooms.jsonl (or CAPTURES_DIR)
  --channel NAME  the channel that plays; "studio" by default
  --room ID       only this recorded room
  --times N       every message so many times; 1 by default
  --shuffle SEED  in an order that this seed gives
  --batch N       messages in one frame; 10 by default
  --rate N        messages a second; 0, the default, is at once
  --replay N      the latest so many are sent again to every new connection
  --end           ends the LIVE after the last message
  --keep-ends     keeps the recorded ends of rooms, which end the LIVE
`;

/** Runs until it is interrupted; gives the exit code. */
export async function runProgram(args: string[]): Promise<number> {
  try {
    return await run(readArgs(args));
  } catch (error) {
    console.error(whyOf(error));
    console.error(`\n${USAGE}`);
    return 2;
  }
}

type Args = ReturnType<typeof readArgs>;

function readArgs(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "0" },
      captures: { type: "string", default: Deno.env.get("CAPTURES_DIR") },
      channel: { type: "string", default: "studio" },
      room: { type: "string" },
      times: { type: "string", default: "1" },
      shuffle: { type: "string" },
      batch: { type: "string", default: "10" },
      rate: { type: "string", default: "0" },
      replay: { type: "string", default: "0" },
      end: { type: "boolean", default: false },
      "keep-ends": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { port, times, batch, rate, replay, shuffle } = values;
  const numbers = { port, times, batch, rate, replay, shuffle: shuffle ?? "0" };
  for (const [name, text] of Object.entries(numbers)) {
    if (!/^\d+$/.test(text)) {
      throw new RangeError(
        `Cannot start: --${name} must be whole, got "${text}"`,
      );
    }
  }
  return values;
}

async function run(values: Args): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const server = await startTikTok({ port: Number(values.port) });
  const room = server.room(values.channel);
  room.replay = Number(values.replay);
  console.log(`TIKTOK_WEB_URL=${server.url}`);
  console.log(`TIKTOK_SIGN_URL=${server.url}`);
  console.log(`Channel: @${room.handle}, room ${room.roomId}`);

  const wanted = (message: Captured) =>
    (values.room === undefined || message.room === values.room) &&
    (values["keep-ends"] || message.method !== "WebcastControlMessage");
  if (values.captures) {
    const messages = (await Array.fromAsync(readCaptures(values.captures)))
      .filter(wanted);
    const batches = arrange(messages, {
      times: Number(values.times),
      batch: Number(values.batch),
      shuffle: values.shuffle === undefined
        ? undefined
        : Number(values.shuffle),
    });
    console.log(`${messages.length} messages wait for a viewer`);
    await play(room, batches, { rate: Number(values.rate) });
    console.log(`Played ${batches.length} batches`);
    if (values.end) room.end();
  }
  return await new Promise<number>((resolve) => {
    const stop = () => {
      Deno.removeSignalListener("SIGINT", stop);
      Deno.removeSignalListener("SIGTERM", stop);
      server.close().then(() => resolve(0));
    };
    Deno.addSignalListener("SIGINT", stop);
    Deno.addSignalListener("SIGTERM", stop);
  });
}
