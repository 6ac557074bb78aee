/**
 * Long answers in parts: who sends waits while too many parts are under way.
 *
 * @module
 */
import { PART_CHARS, PARTS_AHEAD } from "./bus.ts";

/** What lets parts go out: it is opened once for each part that was taken. */
export interface Gate {
  /** One more part may go. */
  open(): void;
  /** Nobody wants any more; whoever waits is told. */
  shut(error: Error): void;
  /** Waits until a part may go. @throws What `shut` was given. */
  pass(): Promise<void>;
}

/** A gate that lets PARTS_AHEAD parts through before it is opened. */
export function createGate(): Gate {
  let free = PARTS_AHEAD;
  let shut: Error | null = null;
  let wake: (() => void) | null = null;
  return {
    open() {
      free++;
      wake?.();
    },
    shut(error) {
      shut ??= error;
      wake?.();
    },
    async pass() {
      while (free === 0 && !shut) {
        await new Promise<void>((resolve) => wake = resolve);
      }
      wake = null;
      if (shut) throw shut;
      free--;
    },
  };
}

/** Sends lines as parts through a gate, and ends the source if nobody wants more. */
export async function sendParts(
  lines: AsyncIterable<string>,
  gate: Gate,
  send: (lines: string[]) => Promise<void>,
): Promise<void> {
  let part: string[] = [];
  let chars = 0;
  const flush = async () => {
    const full = part;
    part = [];
    chars = 0;
    await gate.pass();
    await send(full);
  };
  for await (const line of lines) {
    part.push(line);
    chars += line.length;
    if (chars >= PART_CHARS) await flush();
  }
  if (part.length > 0) await flush();
}

/** Parts as they come, to be read as lines. */
export interface Inflow {
  put(lines: string[]): void;
  end(): void;
  fail(error: Error): void;
  lines: AsyncIterable<string>;
}

/** What is done as an inflow is read. */
interface InflowOptions {
  /** A part was read to its end. */
  onTaken(): void;
  /** Nobody reads on, though there is more. */
  onStop(): void;
}

/** Lines that come in parts, to be taken one by one. */
export function createInflow({ onTaken, onStop }: InflowOptions): Inflow {
  const parts: string[][] = [];
  let ended = false;
  let failed: Error | null = null;
  let wake: (() => void) | null = null;

  async function* read(): AsyncGenerator<string> {
    let whole = false;
    try {
      for (;;) {
        const part = parts.shift();
        if (part) {
          yield* part;
          onTaken();
        } else if (failed) {
          throw failed;
        } else if (ended) {
          whole = true;
          return;
        } else {
          await new Promise<void>((resolve) => wake = resolve);
        }
      }
    } finally {
      if (!whole && !failed) onStop();
    }
  }

  return {
    put(lines) {
      parts.push(lines);
      wake?.();
    },
    end() {
      ended = true;
      wake?.();
    },
    fail(error) {
      failed ??= error;
      wake?.();
    },
    lines: read(),
  };
}
