/**
 * Frames as server-sent events: one hub, any number of streams.
 *
 * A stream is told the newest frame, never a queue of old ones. What a step
 * costs is encoded once for all streams that show the same number of rows and
 * have seen the same frame before; they are handed the same bytes. A reader
 * that is slow is skipped until it has room again, and is then told who passed
 * whom since the frame it saw last.
 *
 * @module
 */
import { overtakingsBetween } from "@/core/board.ts";
import { cutTo, DEFAULT_ROWS, type Frame, MAX_ROWS } from "@/core/frame.ts";

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
  /** Calls back when the number of overlays has changed. */
  onOverlays?(count: number): void;
  /** Unix ms; frames are stamped with it as they leave. */
  now(): number;
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
export interface StreamOptions<Owner> {
  /** Rows of its frames, 1 to MAX_ROWS. */
  rows: number;
  state?: StreamState;
  /** Overlays that it feeds; one unless it carries a state. */
  overlays?: number;
  /**
   * Whose it is, for `closeStreams()`; null for one who may not. A stream of
   * several tells whose it is, in this order: `event: keys`.
   */
  owners: readonly (Owner | null)[];
  /** Ends the stream, beside the reader's own going away. */
  signal?: AbortSignal;
}

/** All open frame streams. */
export interface Hub<Owner = unknown> {
  /** A body of server-sent events that begins with the current frame. */
  open(options: StreamOptions<Owner>): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Overlays that the open streams feed. */
  overlays(): number;
  /** Open streams of every kind. */
  streams(): number;
  /** Frames handed to streams so far. */
  framesSent(): number;
  /**
   * Takes these owners from their streams, and ends those that nobody owns any
   * more; returns how many.
   */
  closeStreams(whose: (owner: Owner) => boolean): number;
  /** Ends every stream, and takes no more. */
  close(): void;
}

type Bytes = Uint8Array<ArrayBuffer>;

interface Stream<Owner> {
  rows: number;
  owners: readonly (Owner | null)[];
  controller: ReadableStreamDefaultController<Bytes>;
  /** The last frame it was sent. */
  sent: Frame;
  /** Whether a newer frame waits for room, and the newest states that do. */
  owedFrame: boolean;
  owedStates: Set<StateGroup<Owner>>;
  states: StateGroup<Owner>[];
  overlays: number;
  end(): void;
}

interface StateGroup<Owner> {
  event: "state" | "look";
  read(): unknown;
  streams: Set<Stream<Owner>>;
  /** The last bytes sent, and their text. */
  text: string;
  bytes: Bytes;
}

const encoder = new TextEncoder();
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
export function openHub<Owner = unknown>(options: HubOptions): Hub<Owner> {
  const { now, keepAliveMs = KEEP_ALIVE_MS, frameMs = FRAME_MS } = options;
  const streams = new Set<Stream<Owner>>();
  const states = new Map<string, StateGroup<Owner>>();
  let newest: Frame | null = null;
  let framesSent = 0;
  let closed = false;
  let stopListening: (() => void) | null = null;
  const frames = paced(frameMs, sendFrames);
  const stateChanges = paced(STATE_MS, sendStates);

  function listen(): void {
    newest = options.frame();
    const stopFrames = options.watch((frame) => {
      newest = frame;
      frames.ask();
    });
    const stopStates = options.watchState?.(stateChanges.ask);
    const keepAlive = setInterval(sendKeepAlive, keepAliveMs);
    stopListening = () => {
      stopFrames();
      stopStates?.();
      clearInterval(keepAlive);
      frames.stop();
      stateChanges.stop();
      stopListening = null;
    };
  }

  function sendFrames(): void {
    const frame = newest!;
    const encoded = new Map<number, Map<Frame, Bytes>>();
    for (const stream of [...streams]) {
      if (stream.sent === frame) continue;
      if (!hasRoom(stream)) {
        stream.owedFrame = true;
        continue;
      }
      const ofRows = encoded.get(stream.rows) ?? new Map<Frame, Bytes>();
      encoded.set(stream.rows, ofRows);
      const bytes = ofRows.get(stream.sent) ??
        frameEvent(frameFor(frame, stream.rows, stream.sent, now()));
      ofRows.set(stream.sent, bytes);
      sendFrame(stream, frame, bytes);
    }
  }

  function sendFrame(stream: Stream<Owner>, frame: Frame, bytes: Bytes): void {
    stream.controller.enqueue(bytes);
    stream.sent = frame;
    stream.owedFrame = false;
    framesSent++;
  }

  function sendStates(): void {
    for (const group of states.values()) {
      if (!refresh(group)) continue;
      for (const stream of [...group.streams]) {
        if (hasRoom(stream)) stream.controller.enqueue(group.bytes);
        else stream.owedStates.add(group);
      }
    }
  }

  function sendKeepAlive(): void {
    const beat = encoder.encode(`:\n\nevent: heartbeat\ndata: ${now()}\n\n`);
    for (const stream of [...streams]) {
      if (hasRoom(stream)) stream.controller.enqueue(beat);
    }
    // What falls by itself, such as events a second, is no change of the desk.
    stateChanges.ask();
  }

  /**
   * A slow reader has room: what it is owed, as it is now. The state goes
   * first, because it is rare, and frames would never let it through.
   */
  function pay(stream: Stream<Owner>): void {
    const [group] = stream.owedStates;
    if (group) {
      stream.owedStates.delete(group);
      stream.controller.enqueue(group.bytes);
    } else if (stream.owedFrame) {
      const frame = newest!;
      const cut = frameFor(frame, stream.rows, stream.sent, now());
      sendFrame(stream, frame, frameEvent(cut));
    }
  }

  function join(
    controller: ReadableStreamDefaultController<Bytes>,
    { rows, state, overlays: feeds, owners, signal }: StreamOptions<Owner>,
  ): Stream<Owner> {
    if (!stopListening) listen();
    const frame = options.frame();
    const stream: Stream<Owner> = {
      rows,
      owners,
      controller,
      // The one object that all who saw this frame share.
      sent: newest && isSame(newest, frame) ? newest : frame,
      owedFrame: false,
      owedStates: new Set(),
      states: [
        ...(options.look ? [joinState(LOOK, LOOK, options.look)] : []),
        ...(state ? [joinState("state", state.name, state.read)] : []),
      ],
      overlays: feeds ?? (state ? 0 : 1),
      end: () => {
        if (!leave(stream)) return;
        signal?.removeEventListener("abort", stream.end);
        controller.close();
      },
    };
    streams.add(stream);
    for (const group of stream.states) group.streams.add(stream);
    signal?.addEventListener("abort", stream.end);
    const told = stream.states.map(({ text }) => text).join("");
    const first = frameText(frameFor(frame, rows, null, now()));
    const keys = owners.length > 1 ? keysText(owners) : "";
    const text = `retry: ${RETRY_MS}\n\n${keys}${first}${told}`;
    controller.enqueue(encoder.encode(text));
    framesSent++;
    if (stream.overlays > 0) tellOverlays();
    return stream;
  }

  function joinState(
    event: StateGroup<Owner>["event"],
    name: string,
    read: () => unknown,
  ): StateGroup<Owner> {
    const known = states.get(name);
    // Others of the group are told of it too if this look finds a change.
    if (known) {
      if (stateText(event, known.read()) !== known.text) stateChanges.ask();
      return known;
    }
    const text = stateText(event, read());
    const bytes = encoder.encode(text);
    const members = new Set<Stream<Owner>>();
    const group = { event, read, streams: members, text, bytes };
    states.set(name, group);
    return group;
  }

  /** Forgets a stream; false if it was already gone. */
  function leave(stream: Stream<Owner>): boolean {
    if (!streams.delete(stream)) return false;
    for (const group of stream.states) group.streams.delete(stream);
    for (const [name, group] of states) {
      if (group.streams.size === 0) states.delete(name);
    }
    if (streams.size === 0) stopListening?.();
    if (stream.overlays > 0) tellOverlays();
    return true;
  }

  /** Panels show how many there are. */
  function tellOverlays(): void {
    options.onOverlays?.(overlays());
    if (stopListening) stateChanges.ask();
  }

  function overlays(): number {
    let count = 0;
    for (const stream of streams) count += stream.overlays;
    return count;
  }

  return {
    open(asked) {
      let stream: Stream<Owner> | null = null;
      return new ReadableStream<Bytes>({
        start(controller) {
          if (closed || asked.signal?.aborted) return controller.close();
          stream = join(controller, asked);
        },
        pull() {
          if (stream && streams.has(stream)) pay(stream);
        },
        cancel() {
          if (!stream || !leave(stream)) return;
          asked.signal?.removeEventListener("abort", stream.end);
        },
      });
    },
    overlays,
    streams: () => streams.size,
    framesSent: () => framesSent,
    closeStreams(whose) {
      let ended = 0;
      for (const stream of [...streams]) {
        const owners = stream.owners.map((owner) =>
          owner !== null && whose(owner) ? null : owner
        );
        if (owners.every((owner, i) => owner === stream.owners[i])) continue;
        stream.owners = owners;
        if (owners.some((owner) => owner !== null)) {
          stream.controller.enqueue(encoder.encode(keysText(owners)));
          continue;
        }
        stream.end();
        ended++;
      }
      return ended;
    },
    close() {
      closed = true;
      for (const stream of [...streams]) stream.end();
    },
  };
}

/**
 * A frame as one stream shows it.
 *
 * @param before The frame the stream showed until now; null if none.
 */
function frameFor(
  frame: Frame,
  rows: number,
  before: Frame | null,
  now: number,
): Frame {
  const follows = before !== null && before.session?.id === frame.session?.id;
  const overtakings = follows
    ? overtakingsBetween(before.rows, frame.rows)
    : [];
  return cutTo({ ...frame, now, overtakings }, rows);
}

function isSame(one: Frame, other: Frame): boolean {
  return one.seq === other.seq && one.session?.id === other.session?.id;
}

function frameText(frame: Frame): string {
  const id = `${frame.session?.id ?? "none"}:${frame.seq}`;
  return `event: frame\nid: ${id}\ndata: ${JSON.stringify(frame)}\n\n`;
}

function frameEvent(frame: Frame): Bytes {
  return encoder.encode(frameText(frame));
}

/** Which of the keys that a stream came with still let somebody in. */
function keysText(owners: readonly unknown[]): string {
  return stateText("keys", owners.map((owner) => owner !== null));
}

function stateText(event: string, state: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(state)}\n\n`;
}

/** Reads a state again; whether it has changed. */
function refresh<Owner>(group: StateGroup<Owner>): boolean {
  const text = stateText(group.event, group.read());
  if (text === group.text) return false;
  group.text = text;
  group.bytes = encoder.encode(text);
  return true;
}

function hasRoom<Owner>({ controller }: Stream<Owner>): boolean {
  return (controller.desiredSize ?? 0) > 0;
}

/** Runs `step` at once when asked, and then at most once in `ms`, unless 0. */
function paced(
  ms: number,
  step: () => void,
): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = false;
  const run = () => {
    asked = false;
    timer = setTimeout(() => {
      timer = null;
      if (asked) run();
    }, ms);
    step();
  };
  return {
    ask() {
      if (ms === 0) return step();
      asked = true;
      if (!timer) run();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      asked = false;
    },
  };
}
