/**
 * The overlays of the bus bench, as a process of their own, as they are in an
 * evening. Prints a line once all are open; when its input ends, it prints the
 * seq of each frame and when it came, for each stream.
 *
 * @module
 */
import { openFrames } from "@/testing/frame_stream.ts";
import { clock } from "./events.ts";

/** Seq and time of the frames of one stream, by `clock()`. */
export type Seen = [seq: number, at: number][];

if (import.meta.main) {
  const [url = "", count] = Deno.args;
  const seen = Array.from({ length: Number(count) }, (): Seen => []);
  await Promise.all(
    seen.map((ofOne) =>
      openFrames(url, "", undefined, ({ seq }) => ofOne.push([seq, clock()]))
    ),
  );
  console.log("open");
  await Deno.stdin.readable.pipeTo(new WritableStream());
  console.log(JSON.stringify(seen));
  Deno.exit();
}
