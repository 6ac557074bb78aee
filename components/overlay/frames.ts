/**
 * Where an overlay's frames come from: the server, a made-up game, or the
 * panel's editor. The last two are loaded only where they are asked for.
 *
 * @module
 */
import { openStream, type StreamEvents } from "@/components/stream/stream.ts";
import { framesUrl, type OverlayOptions } from "./options.ts";

/** Begins to tell frames; returns how to stop. */
export function openFrames(
  options: OverlayOptions,
  key: string | null,
  events: StreamEvents,
): () => void {
  if (options.studio) return later(import("./studio.ts"), "openStudio", events);
  if (options.demo) return later(import("./demo.ts"), "openDemo", events);
  return openStream(framesUrl(key), events);
}

type Open = (events: StreamEvents) => () => void;

/** Opens what is still being loaded, unless it was stopped meanwhile. */
function later<Name extends string>(
  loading: Promise<Record<Name, Open>>,
  name: Name,
  events: StreamEvents,
): () => void {
  let stopped = false;
  let stop = () => {};
  void loading.then((loaded) => {
    if (!stopped) stop = loaded[name](events);
  });
  return () => {
    stopped = true;
    stop();
  };
}
