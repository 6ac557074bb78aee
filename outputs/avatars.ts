/**
 * Pictures of viewers from our own origin. TikTok's addresses run out, and
 * would tell TikTok who watches the panel: so each picture is fetched once, at
 * first sight, and kept with its session. Until it is there, and for good
 * where it cannot be had, a viewer has none and initials stand in.
 *
 * @module
 */
import { callAfter, type Clock } from "@/core/clock.ts";
import { createListeners } from "@/core/listeners.ts";
import { createHash } from "node:crypto";
import { type FetchOptions, fetchPicture, isAllowed } from "./avatar_fetch.ts";
import { type Picture, typeOf } from "./avatar_fetch.ts";
import type { AvatarShelf } from "./avatar_shelf.ts";

/** Pictures under way at a time, and waiting for their turn. */
const AT_A_TIME = 4;
const MOST_WAITING = 200;
/** Pictures of one session. */
const MOST_KEPT = 3_000;
/** What could not be had is not asked for again so soon. */
const AGAIN_MS = 10 * 60_000;
/** Names and failures that are remembered. */
const MOST_REMEMBERED = 20_000;
/** Those who look are told of new pictures at most this often. */
const TELL_MS = 100;

/** What it needs. */
interface AvatarOptions extends FetchOptions {
  shelf: AvatarShelf;
  clock: Clock;
  log(line: string): void;
}

/** The pictures of a place. */
export interface Avatars {
  /** Our address of a picture; null until it is here. The first look asks. */
  own(session: string, address: string | null): string | null;
  /** Calls back when pictures have come. */
  watch(listener: () => void): () => void;
  /** A picture by the last part of its address. */
  picture(name: string): Promise<Picture | null>;
  /** Removes those of a session. */
  forget(session: string): Promise<void>;
  close(): void;
}

/** Opens the pictures of a place. */
export function openAvatars(options: AvatarOptions): Avatars {
  const { shelf, clock, log, alsoFrom } = options;
  const now = clock.elapsed;
  const names = new Map<string, string>();
  const failedAt = new Map<string, number>();
  const asked = new Set<string>();
  const waiting: { session: string; name: string; address: string }[] = [];
  const listeners = createListeners();
  let under = 0;
  let callOff: (() => void) | null = null;
  let closed = false;

  function nameOf(session: string, address: string): string {
    const key = `${session}\n${withoutSignature(address)}`;
    const known = names.get(key);
    if (known) return known;
    const hash = createHash("sha256").update(key).digest("hex").slice(0, 32);
    remember(names, key, hash);
    return hash;
  }

  function ask(session: string, name: string, address: string) {
    if (closed || asked.has(name) || waiting.length >= MOST_WAITING) return;
    if (now() - (failedAt.get(name) ?? -Infinity) < AGAIN_MS) return;
    if (!isAllowed(address, alsoFrom)) return;
    if (shelf.count(session) >= MOST_KEPT) return;
    asked.add(name);
    waiting.push({ session, name, address });
    void next();
  }

  async function next() {
    if (under >= AT_A_TIME) return;
    const one = waiting.shift();
    if (!one) return;
    under++;
    const { session, name, address } = one;
    try {
      const picture = await fetchPicture(address, options);
      if (picture && !closed) {
        await shelf.put(session, name, picture.bytes);
        callOff ??= callAfter(clock, TELL_MS, tell);
      } else remember(failedAt, name, now());
    } catch (error) {
      remember(failedAt, name, now());
      log(`Cannot keep a picture: ${error}`);
    }
    asked.delete(name);
    under--;
    void next();
  }

  function tell() {
    callOff = null;
    listeners.tell();
  }

  return {
    own(session, address) {
      if (address === null) return null;
      const name = nameOf(session, address);
      if (shelf.has(name)) return `/api/avatars/${name}`;
      ask(session, name, address);
      return null;
    },
    watch: listeners.watch,
    async picture(name) {
      const bytes = await shelf.get(name);
      const type = bytes && typeOf(bytes);
      return bytes && type ? { type, bytes } : null;
    },
    forget: (session) => shelf.forget(session),
    close() {
      closed = true;
      callOff?.();
      waiting.length = 0;
    },
  };
}

/** The same picture is signed anew with every message. */
function withoutSignature(address: string): string {
  const end = address.indexOf("?");
  return end < 0 ? address : address.slice(0, end);
}

function remember<T>(map: Map<string, T>, key: string, value: T) {
  map.set(key, value);
  if (map.size <= MOST_REMEMBERED) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
