/**
 * One connection to OBS, from its first byte to its end. `obs-websocket-js`
 * waits for ever where OBS says nothing, and a call that is open when the
 * connection closes never settles; here everything ends in time.
 *
 * @module
 */
import OBSWebSocket, {
  EventSubscription,
  OBSWebSocketError,
} from "obs-websocket-js";
import { callAfter, type Clock } from "@/core/clock.ts";
import { whyOf } from "@/core/why.ts";
import { CallError, type Link, type LinkEnd, LinkError } from "./obs_call.ts";

/** Close code of a wrong or missing password. */
const AUTHENTICATION_FAILED = 4009;
/** Close code of a program that ends in good order. */
const GOING_AWAY = 1001;

/** Where OBS is, how patient to be (ms), and whom to tell. */
export interface LinkOptions {
  /** `ws://host:port` or `wss://…`. */
  address: string;
  password: string | null;
  connectMs: number;
  callMs: number;
  /** Gives up as soon as it is aborted. */
  signal: AbortSignal;
  clock: Clock;
  /** The scene that is on has changed. */
  onScene(scene: string): void;
  /** The list of scenes may have changed. */
  onScenes(): void;
}

/** The library, with a way to hang up that a frozen OBS cannot hold up. */
class ObsSocket extends OBSWebSocket {
  hangUp(): void {
    const { socket } = this;
    if (!socket) return;
    if ("terminate" in socket && typeof socket.terminate === "function") {
      socket.terminate();
    } else socket.close();
  }
}

/**
 * Connects and identifies.
 *
 * @throws {LinkError} If that does not come about in time.
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { address, password, connectMs, callMs, signal, clock } = options;
  const socket = new ObsSocket();
  let end: LinkEnd | null = null;
  let isOpen = false;
  let quits = false;
  let tell: (end: LinkEnd) => void = () => {};
  const ended = new Promise<LinkEnd>((resolve) => tell = resolve);
  /** Calls that wait, so that the end of the connection ends them too. */
  const waiting = new Set<(error: LinkError) => void>();
  const finish = (why: LinkEnd) => {
    if (end !== null) return;
    end = why;
    tell(why);
    for (const fail of waiting) fail(over(why));
  };
  const inTime = async <T>(work: Promise<T>, ms: number): Promise<T> => {
    let fail: (error: LinkError) => void = () => {};
    const broken = new Promise<never>((_, reject) => fail = reject);
    waiting.add(fail);
    const late = () => fail(new LinkError("silent", `no answer in ${ms} ms`));
    const callOff = callAfter(clock, ms, late);
    try {
      return await Promise.race([work, broken]);
    } finally {
      callOff();
      waiting.delete(fail);
    }
  };

  socket.on("ConnectionOpened", () => isOpen = true);
  socket.on("ConnectionClosed", ({ code }) => {
    if (!isOpen) finish("refused");
    else if (code === AUTHENTICATION_FAILED) finish("wrong_password");
    else finish(quits || code === GOING_AWAY ? "quit" : "lost");
  });
  // OBS takes its scenes apart before it goes: nobody need see that.
  socket.on("ExitStarted", () => quits = true);
  socket.on("CurrentProgramSceneChanged", ({ sceneName }) => {
    if (!quits && sceneName) options.onScene(sceneName);
  });
  const onScenes = () => {
    if (!quits) options.onScenes();
  };
  socket.on("SceneListChanged", onScenes);
  socket.on("SceneNameChanged", onScenes);
  socket.on("CurrentSceneCollectionChanged", onScenes);

  const drop = (why: LinkEnd) => {
    finish(why);
    socket.hangUp();
  };
  const onAbort = () => drop("lost");
  signal.addEventListener("abort", onAbort);
  void ended.then(() => signal.removeEventListener("abort", onAbort));

  const { General, Config, Scenes } = EventSubscription;
  const opening = socket.connect(address, password ?? undefined, {
    rpcVersion: 1,
    eventSubscriptions: General | Config | Scenes,
  });
  try {
    await inTime(opening, connectMs);
  } catch (error) {
    const why = whyNot(error, end);
    drop(why);
    throw error instanceof LinkError ? error : new LinkError(why, whyOf(error));
  }
  if (signal.aborted) drop("lost");

  return {
    ended,
    drop,
    async call(type, data) {
      if (end !== null) throw over(end);
      try {
        return await inTime(socket.call(type, data), callMs);
      } catch (error) {
        if (error instanceof OBSWebSocketError) {
          throw new CallError(error.code, error.message);
        }
        if (error instanceof LinkError) {
          drop(error.end);
          throw error;
        }
        throw new LinkError("lost", whyOf(error));
      }
    },
  };
}

function over(end: LinkEnd): LinkError {
  return new LinkError(end, `the connection is ${end}`);
}

function whyNot(error: unknown, end: LinkEnd | null): LinkEnd {
  if (error instanceof LinkError) return error.end;
  if (error instanceof OBSWebSocketError) {
    if (error.code === AUTHENTICATION_FAILED) return "wrong_password";
    if (error.code === GOING_AWAY) return "quit";
    if (error.code === -1) return "refused";
  }
  return end ?? "refused";
}
