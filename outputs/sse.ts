/**
 * Frames as server-sent events: one hub, any number of streams.
 *
 * A stream is told the newest frame, never a queue of old ones. What a step
 * costs is encoded once for all streams that show the same number of rows and
 * have seen the same frame before; they are handed the same bytes.
 *
 * @module
 */
import { callEvery, type Clock } from "@/core/clock.ts";
import { DEFAULT_ROWS, type Frame, MAX_ROWS } from "@/core/frame.ts";
import { paced } from "./paced.ts";
import { createStateGroups } from "./sse_states.ts";
import { beat, pay, sendFrames, sendState, type Stream } from "./sse_stream.ts";
import {
  type Bytes,
  bytesOf,
  COMMENT,
  frameFor,
  frameText,
  keysText,
} from "./sse_text.ts";

/** After its first, a stream is sent at most one frame in this time. */
const FRAME_MS = 16;
/** The state of the panel is sent at most once in this time. */
const STATE_MS = 250;
/**
 * Every stream is sent a comment line and `event: heartbeat` this often, since
 * a browser shows its page no comments; 15 s are promised.
 */
const KEEP_ALIVE_MS = 10_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 1_000;

/** What the hub needs from the game. */
export interface HubOptions {
  /** The newest frame, with up to MAX_ROWS rows. */
  frame(): Frame;
  /** Calls back with each new frame; returns how to stop. */
  watch(listener: (frame: Frame) => void): () => void;
  /** Calls back when a state that streams carry may have changed. */
  watchState?(listener: () => void): () => void;
  /**
   * Whether there is no frame to begin with yet: streams are open meanwhile, and
   * carry comments alone. A frame is told when that is over.
   */
  loads?(): boolean;
  /** Calls back when the number of overlays has changed. */
  onOverlays?(count: number): void;
  /** Unix ms; frames are stamped with it as they leave. */
  now(): number;
  clock: Clock;
  /** Least time between two frames of a stream; FRAME_MS unless given. */
  frameMs?: number;
  /** How the host wants overlays to look; every stream is told. */
  look?(): unknown;
  /** Ms between heartbeats; KEEP_ALIVE_MS unless a test is in a hurry. */
  keepAliveMs?: number;
}

/** A state that some streams carry beside the frames. */
export interface StreamState {
  /** Streams with the same name are sent the same bytes. */
  name: string;
  read(): unknown;
}

/** What one stream shows. */
export interface StreamOptions<Holder> {
  /** Rows of its frames, 1 to MAX_ROWS. */
  rows: number;
  state?: StreamState;
  /** Overlays that it feeds; one unless it carries a state. */
  overlays?: number;
  /**
   * Whose it is, for `closeStreams()`; null for one who may not. A stream of
   * several tells whose it is, in this order: `event: keys`.
   */
  holders: readonly (Holder | null)[];
  /** Ends the stream, beside the reader's own going away. */
  signal?: AbortSignal;
}

/** All open frame streams. */
export interface Hub<Holder = unknown> {
  /**
   * A body of server-sent events that begins with the current frame, as soon as
   * there is one.
   */
  open(options: StreamOptions<Holder>): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Overlays that the open streams feed. */
  overlays(): number;
  /** Open streams of every kind. */
  streams(): number;
  /** Frames handed to streams so far. */
  framesSent(): number;
  /**
   * Takes these holders from their streams, and ends those that nobody holds any
   * more; returns how many.
   */
  closeStreams(whose: (holder: Holder) => boolean): number;
  /** Ends every stream, and takes no more. */
  close(): void;
}

/** Name of the group of streams that are told the look. */
const LOOK = "look";

/** How many overlays a stream says that it feeds; undefined if it does not. */
export function overlaysAsked(asked: string | null): number | undefined {
  return asked !== null && /^\d{1,3}$/.test(asked) ? Number(asked) : undefined;
}

/** The number of rows a stream asks for; a bad one is answered as close as can be. */
export function rowsAsked(asked: string | null): number {
  const rows = asked === null || asked.trim() === "" ? NaN : Number(asked);
  if (Number.isNaN(rows)) return DEFAULT_ROWS;
  return Math.min(MAX_ROWS, Math.max(1, Math.trunc(rows)));
}

/** Opens a hub; it listens to the game only while someone listens to it. */
export function openHub<Holder = unknown>(options: HubOptions): Hub<Holder> {
  const { now, clock, keepAliveMs = KEEP_ALIVE_MS } = options;
  const streams = new Set<Stream<Holder>>();
  /** Those of them that wait for what they begin with. */
  const early = new Map<Stream<Holder>, StreamState | undefined>();
  let newest: Frame | null = null;
  let framesSent = 0;
  let closed = false;
  let stopListening: (() => void) | null = null;
  const frames = paced(clock, options.frameMs ?? FRAME_MS, () => {
    framesSent += sendFrames(streams, newest!, now());
  });
  const stateChanges = paced(clock, STATE_MS, () => {
    for (const group of states.changed()) sendState(group);
  });
  const states = createStateGroups<Stream<Holder>>(stateChanges.ask);

  function listen(): void {
    newest = options.frame();
    const stops = [
      options.watch((frame) => {
        newest = frame;
        if (early.size > 0) greetEarly();
        frames.ask();
      }),
      options.watchState?.(stateChanges.ask),
      callEvery(clock, keepAliveMs, sendKeepAlive),
      frames.stop,
      stateChanges.stop,
    ];
    stopListening = () => stops.forEach((stop) => stop?.());
  }

  function sendKeepAlive(): void {
    beat(streams, now());
    // What falls by itself, such as events a second, is no change of the desk.
    stateChanges.ask();
  }

  function join(
    controller: ReadableStreamDefaultController<Bytes>,
    asked: StreamOptions<Holder>,
  ): Stream<Holder> {
    if (!stopListening) listen();
    const stream = newStream({ ...{ asked, controller }, leave });
    streams.add(stream);
    asked.signal?.addEventListener("abort", stream.end);
    early.set(stream, asked.state);
    if (options.loads?.()) controller.enqueue(bytesOf(COMMENT));
    else greetEarly();
    if (stream.overlays > 0) tellOverlays();
    return stream;
  }

  /** Sends what they begin with to those who wait for it, once there is that. */
  function greetEarly(): void {
    if (options.loads?.()) return;
    for (const [stream, state] of early) greet(stream, state);
    early.clear();
  }

  function greet(stream: Stream<Holder>, state: StreamState | undefined): void {
    const frame = options.frame();
    // The one object that all who saw this frame share.
    stream.sent = newest && isSame(newest, frame) ? newest : frame;
    stream.states = [
      ...(options.look ? [states.join(LOOK, LOOK, options.look)] : []),
      ...(state ? [states.join("state", state.name, state.read)] : []),
    ];
    for (const group of stream.states) group.streams.add(stream);
    stream.controller.enqueue(bytesOf(greeting(stream, frame, now())));
    framesSent++;
  }

  /** Forgets a stream; false if it was already gone. */
  function leave(stream: Stream<Holder>): boolean {
    if (!streams.delete(stream)) return false;
    early.delete(stream);
    stream.forget();
    states.leave(stream);
    if (streams.size === 0) {
      stopListening?.();
      stopListening = null;
    }
    if (stream.overlays > 0) tellOverlays();
    return true;
  }

  /** Panels show how many there are. */
  function tellOverlays(): void {
    options.onOverlays?.(overlaysIn(streams));
    if (stopListening) stateChanges.ask();
  }

  return {
    open: (asked) =>
      bodyOf({
        join: (controller) =>
          closed || asked.signal?.aborted ? null : join(controller, asked),
        pull(stream) {
          if (!streams.has(stream)) return;
          framesSent += pay(stream, newest!, now());
        },
        leave,
      }),
    overlays: () => overlaysIn(streams),
    streams: () => streams.size,
    framesSent: () => framesSent,
    closeStreams(whose) {
      let ended = 0;
      for (const stream of [...streams]) if (disown(stream, whose)) ended++;
      return ended;
    },
    close() {
      closed = true;
      for (const stream of [...streams]) stream.end();
    },
  };
}

/** A stream's body, as a response takes it. */
function bodyOf<Holder>(
  { join, pull, leave }: {
    /** Null where nobody may join any more. */
    join(
      controller: ReadableStreamDefaultController<Bytes>,
    ): Stream<Holder> | null;
    /** Its reader has room. */
    pull(stream: Stream<Holder>): void;
    leave(stream: Stream<Holder>): void;
  },
): ReadableStream<Bytes> {
  let stream: Stream<Holder> | null = null;
  return new ReadableStream<Bytes>({
    start(controller) {
      stream = join(controller);
      if (!stream) controller.close();
    },
    pull: () => void (stream && pull(stream)),
    cancel: () => void (stream && leave(stream)),
  });
}

function overlaysIn<Holder>(streams: Iterable<Stream<Holder>>): number {
  let count = 0;
  for (const { overlays } of streams) count += overlays;
  return count;
}

/** A stream that has been sent nothing. */
function newStream<Holder>(
  { asked, controller, leave }: {
    asked: StreamOptions<Holder>;
    controller: Stream<Holder>["controller"];
    /** False if it was already gone. */
    leave(stream: Stream<Holder>): boolean;
  },
): Stream<Holder> {
  const { rows, holders, state, overlays = state ? 0 : 1, signal } = asked;
  const stream: Stream<Holder> = {
    ...{ rows, holders, controller, overlays },
    sent: null,
    states: [],
    owedFrame: false,
    owedStates: new Set(),
    end() {
      if (leave(stream)) controller.close();
    },
    forget: () => signal?.removeEventListener("abort", stream.end),
  };
  return stream;
}

/** What a stream begins with: its keys where they are many, frame and states. */
function greeting<Holder>(
  { rows, holders, states }: Stream<Holder>,
  frame: Frame,
  now: number,
): string {
  const keys = holders.length > 1 ? keysText(holders) : "";
  const told = states.map(({ text }) => text).join("");
  const first = frameText(frameFor(frame, rows, null, now));
  return `retry: ${RETRY_MS}\n\n${keys}${first}${told}`;
}

/** Takes holders from a stream; whether it ended, because nobody holds it now. */
function disown<Holder>(
  stream: Stream<Holder>,
  whose: (holder: Holder) => boolean,
): boolean {
  const holders = stream.holders.map((holder) =>
    holder !== null && whose(holder) ? null : holder
  );
  if (holders.every((holder, i) => holder === stream.holders[i])) return false;
  stream.holders = holders;
  if (holders.some((holder) => holder !== null)) {
    if (stream.sent) stream.controller.enqueue(bytesOf(keysText(holders)));
    return false;
  }
  stream.end();
  return true;
}

function isSame(one: Frame, other: Frame): boolean {
  return one.seq === other.seq && one.session?.id === other.session?.id;
}
