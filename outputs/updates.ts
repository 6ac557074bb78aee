/**
 * Whether a newer version is out. It asks an address that the settings name,
 * where the host wants it, once a day; nothing is sent but the own version, and
 * whatever goes wrong is a line in the log.
 *
 * @module
 */
import { callAfter, callEvery, type Clock } from "@/core/clock.ts";
import { createEnds } from "@/core/ends.ts";
import type { Sessions } from "@/core/ports.ts";
import type { Newer } from "@/core/shapes/state.ts";
import { UpdateAnswer, UpdateKept } from "@/core/shapes/updates.ts";
import { whyOf } from "@/core/why.ts";

/** How often it is looked whether to ask, in ms. */
const LOOK_MS = 60_000;
const DAY_MS = 86_400_000;
/** The longest an answer may take, in ms, and the most it may be, in bytes. */
const PATIENCE_MS = 10_000;
const MOST_BYTES = 10_000;
/** The document that keeps what was asked last. */
const DOCUMENT = "updates";

/** Looks for newer versions. */
export interface Updates {
  /** The newer one; null where none is known. */
  newer(): Newer | null;
  /** Looks whether to ask now: the host may have come to want it. */
  look(): void;
  close(): void;
}

/** What it needs. */
interface UpdatesOptions {
  /** `UPDATE_URL`. */
  address: string;
  version: string;
  documents: Pick<Sessions, "document" | "putDocument">;
  clock: Clock;
  /** Whether the host wants to know. */
  isWanted(): boolean;
  onChange(): void;
  log(line: string): void;
}

/** Begins to look; the first time a minute from now. */
export async function openUpdates(options: UpdatesOptions): Promise<Updates> {
  const { documents, clock, isWanted, log } = options;
  const ends = createEnds(clock);
  const found = UpdateKept.safeParse(await documents.document(DOCUMENT));
  let kept = found.success ? found.data : null;
  let isAsking = false;

  async function ask() {
    isAsking = true;
    const askedAt = clock.wall();
    ends.begin(DOCUMENT, askedAt + DAY_MS, DAY_MS);
    kept = { askedAt, answer: kept?.answer ?? null };
    const patience = new AbortController();
    const comes = callAfter(
      clock,
      PATIENCE_MS,
      () => patience.abort(new Error("the answer takes too long")),
    );
    try {
      kept.answer = await answerOf(options, patience.signal);
    } catch (error) {
      log(`Whether a newer version is out cannot be told: ${whyOf(error)}`);
    } finally {
      comes();
      isAsking = false;
    }
    await documents.putDocument(DOCUMENT, kept);
    options.onChange();
  }

  function look() {
    if (!isWanted() || isAsking) return;
    const isDue = kept === null ||
      ends.isOver(DOCUMENT, kept.askedAt + DAY_MS, DAY_MS);
    if (!isDue) return;
    ask().catch((error) => log(`Cannot keep what was asked: ${whyOf(error)}`));
  }

  return {
    newer() {
      const answer = kept?.answer ?? null;
      if (!answer) return null;
      return isNewer(answer.version, options.version) ? answer : null;
    },
    look,
    close: callEvery(clock, LOOK_MS, look),
  };
}

/** Asks the address. @throws {Error} If it gives no answer that is one. */
async function answerOf(
  { address, version }: UpdatesOptions,
  signal: AbortSignal,
): Promise<UpdateAnswer> {
  const url = new URL(address);
  url.searchParams.set("version", version);
  const response = await fetch(url, {
    redirect: "error", // the version is for this address and no other
    credentials: "omit",
    headers: { "user-agent": `tiktok-live-support/${version}` },
    signal,
  });
  const text = await textOf(response);
  if (!response.ok) throw new Error(`the answer is ${response.status}`);
  const answer = UpdateAnswer.safeParse(parse(text));
  if (!answer.success) throw new Error("the answer names no version");
  return answer.data;
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MOST_BYTES) throw new Error("the answer is too long");
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const byNumbers = new Intl.Collator("en", { numeric: true });

/** Whether a version, as `1.2.3`, is later than another. */
function isNewer(version: string, than: string): boolean {
  return byNumbers.compare(version, than) > 0;
}
