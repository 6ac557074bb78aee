/**
 * The web side of the bus bench, as a process of its own: joins the bus and
 * serves frames, without the floor between two of a stream. Prints its port.
 *
 * @module
 */
import { idleFrame } from "@/core/frame.ts";
import { systemClock } from "@/ingest/clock.ts";
import { joinBus } from "@/redis/bus_member.ts";
import { openHub } from "@/outputs/sse.ts";

const bus = await joinBus({ url: Deno.args[0]!, clock: systemClock });
const hub = openHub({
  frame: () => bus.newest("frame") ?? idleFrame(Date.now()),
  watch: (listener) => bus.watch("frame", () => listener(bus.newest("frame")!)),
  now: Date.now,
  clock: systemClock,
  frameMs: 0,
});
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, () =>
  new Response(hub.open({ rows: 5, holders: [null] }), {
    headers: { "content-type": "text/event-stream" },
  }));
