/**
 * The one way pages listen to the server: all pages of a browser share one
 * stream, through a worker, or through one of them where there are no shared
 * workers.
 *
 * @module
 */
import { asset } from "fresh/runtime";
import { cutTo, type Frame } from "@/core/frame.ts";
import type { FromPage, ToPage, Wish } from "./messages.ts";

/** What a page is told. Every frame and state stands alone. */
export interface StreamEvents<State = unknown> {
  onFrame(frame: Frame): void;
  /** Answers of `/api/state` as they change, on streams that carry them. */
  onState?(state: State): void;
  /** How the host wants overlays to look, as it changes. */
  onLook?(look: unknown): void;
  /** Whether the server can be heard. Not for the audience's eyes. */
  onStatus?(up: boolean): void;
}

/** A way to a relay. */
export interface Way {
  post(message: FromPage): void;
  close(): void;
}

/** A worker that says nothing for so long is gone. */
const SILENT_MS = 20_000;
const LOOK_MS = 5_000;

/**
 * Listens until told to stop.
 *
 * @param url `/api/frames` with the `rows`, `with` and `key` of this page.
 * @returns Stops listening.
 */
export function openStream<State = unknown>(
  url: string,
  events: StreamEvents<State>,
): () => void {
  const query = new URL(url, location.href).searchParams;
  const rows = Number(query.get("rows")) || undefined;
  const state = query.get("with") === "state";
  const isFramed = parent !== globalThis.self;
  const wish: Wish = {
    key: query.get("key"),
    state,
    overlay: !state && !isFramed,
  };
  let heardAt = performance.now();

  function hear(message: ToPage) {
    heardAt = performance.now();
    switch (message.type) {
      case "there":
        return way.post({ type: "here" });
      case "status":
        return events.onStatus?.(message.up);
      case "event":
        return tell(message.name, JSON.parse(message.data), message.age);
    }
  }

  function tell(name: string, data: unknown, age: number) {
    if (name === "frame") {
      const frame = cutTo(data as Frame, rows);
      // It may have waited for this page.
      events.onFrame({ ...frame, now: frame.now + age });
    } else if (name === "state") events.onState?.(data as State);
    else if (name === "look") events.onLook?.(data);
  }

  const listen = () => way.post({ type: "listen", wish });
  const fallBack = () => {
    way.close();
    way = viaChannel(hear, listen);
  };
  const connect = () => openWorker(hear, fallBack) ?? viaChannel(hear, listen);
  let way = connect();
  listen();

  const watch = setInterval(() => {
    if (performance.now() - heardAt < SILENT_MS) return;
    heardAt = performance.now();
    way.close();
    way = connect();
    listen();
  }, LOOK_MS);
  const hurry = () => {
    if (document.visibilityState !== "hidden") way.post({ type: "hurry" });
  };
  const leave = () => way.post({ type: "bye" });
  const comeBack = (event: PageTransitionEvent) => event.persisted && listen();
  addEventListener("online", hurry);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", comeBack);
  document.addEventListener("visibilitychange", hurry);
  document.addEventListener("resume", listen);

  return () => {
    clearInterval(watch);
    leave();
    way.close();
    removeEventListener("online", hurry);
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", comeBack);
    document.removeEventListener("visibilitychange", hurry);
    document.removeEventListener("resume", listen);
  };
}

/**
 * The way through one of the pages, the code of which is loaded only where there
 * is no worker. What is said before there is a leader is said again then.
 */
function viaChannel(
  onMessage: (message: ToPage) => void,
  onLeader: () => void,
): Way {
  let isClosed = false;
  let way: Way | undefined;
  void import("./channel.ts").then(({ joinChannel }) => {
    if (!isClosed) way = joinChannel({ onMessage, onLeader });
  }).catch(() => {}); // tried again after a silence
  return {
    post: (message) => way?.post(message),
    close() {
      isClosed = true;
      way?.close();
    },
  };
}

/** The way through the shared worker, or null where there are none. */
function openWorker(
  onMessage: (message: ToPage) => void,
  onError: () => void,
): Way | null {
  if (typeof SharedWorker === "undefined") return null;
  const worker = new SharedWorker(asset("/stream_worker.js"));
  worker.onerror = onError;
  worker.port.onmessage = ({ data }) => onMessage(data as ToPage);
  return {
    post: (message) => worker.port.postMessage(message),
    close() {
      worker.onerror = null;
      worker.port.onmessage = null;
      worker.port.close();
    },
  };
}
