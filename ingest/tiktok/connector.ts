/**
 * The npm connector as this program uses it: the one file that knows its
 * quirks. Each link is a fresh instance, because a used one keeps the old
 * room's parameters, and sometimes the old socket.
 *
 * - The connector calls TikTok over http and loopback over https; a hook turns
 *   that round, so that cookies never leave the machine in clear.
 * - The signing client is cached for the whole process; each link makes its
 *   own, so that a changed address or key counts from the next link on.
 * - The signing service's status and headers are noted as they arrive: the
 *   connector's own errors lose them when the body is not what it expects.
 * - It unpacks frames side by side, so that a small one overtakes a large one:
 *   the word that the LIVE is over, say, what came before it. Here they take
 *   turns, and the socket's end comes after them.
 * - It unpacks and decodes a frame of any size in one go, and decodes sixty
 *   kinds of messages where the game reads eight. Here a frame comes in pieces
 *   with a breath between.
 *
 * @module
 */
import { isLoopbackUrl } from "@/core/loopback.ts";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import {
  createEulerClient,
  fetchRoomIdFromEulerRoute,
  getWebSocketConfigDefaults,
  RoomInfoFromHtmlRouteConfig,
  SignConfig,
  TikTokLiveConnection,
  WebcastDeserializeConfig,
  WebcastWebSocketClient,
} from "tiktok-live-connector";
import { turn } from "../clock.ts";
import { framePieces, isSignedSize, MAX_FRAME_BYTES } from "./frame_pieces.ts";
import type { DecodedMessage } from "./intake.ts";
import { proxyAgent } from "./proxy.ts";
import { KINDS } from "./messages.ts";

/** Where to connect, and as whom. */
export interface LinkOptions {
  channel: string;
  /** Another place than www.tiktok.com and webcast.tiktok.com. */
  webUrl?: string;
  /** Another signing service than Euler Stream. */
  signUrl?: string;
  signApiKey?: string;
  /** An http proxy for everything that is not loopback. */
  proxyUrl?: string;
  /** TikTok's `sessionid` cookie, for rooms behind a login. */
  sessionId?: string;
}

/** What a link tells while it is open. */
export interface LinkListener {
  /** TikTok has answered a request, and said what time it is: Unix ms. */
  onDate(time: number): void;
  /** A frame has come through the socket; it is told when its turn has come. */
  onArrival(): void;
  /** Anything at all came through the socket, and is being told. */
  onFrame(): void;
  /** Some messages: what could be decoded, and how many could not. */
  onMessages(messages: DecodedMessage[], broken: number): void;
  /** All of a frame's messages have been told. */
  onFrameTold(): void;
  /** The connector reported an error; `frame` when one could not be read. */
  onError(error: unknown, frame: boolean): void;
  /** The socket was closed, by whomever. */
  onClose(): void;
}

/** How the signing service answered, whatever the connector made of it. */
export interface SignAnswer {
  status: number;
  /** Seconds to wait, as sent. */
  retryAfter: string | null;
  /** Unix seconds of the next window, as sent. */
  reset: string | null;
}

/** One instance of the connector: good for one look and one connection. */
export interface Link {
  /** The state inside the LIVE page, or null when there is none in it. */
  livePage(): Promise<unknown>;
  apiLive(): Promise<unknown>;
  roomInfo(roomId: string): Promise<unknown>;
  /** Asks the signing service for the room; counts as a sign request. */
  signRoomId(): Promise<unknown>;
  /** Signs and opens the socket; counts as a sign request. */
  connect(roomId: string): Promise<void>;
  signAnswer(): SignAnswer | null;
  /** Ends all requests and the socket; nothing is told afterwards. */
  close(): Promise<void>;
}

/** Ms that the signing service may take; the connector itself has no limit. */
const SIGN_TIMEOUT_MS = 20_000;
/** TikTok's data centre, needed beside a session cookie. */
const TARGET_IDC = "useast1a";

/** Bytes of frames that wait here; with more, the socket is not read. */
const MOST_WAITING_BYTES = 2 * MAX_FRAME_BYTES;

WebcastDeserializeConfig.showBase64OnDecodeError = false;
WebcastDeserializeConfig.includeMessageTypes = KINDS as NonNullable<
  typeof WebcastDeserializeConfig.includeMessageTypes
>;

/** What npm `ws`, whose types do not reach us, gives the connector's socket. */
interface Socket {
  readonly readyState: number;
  readonly isPaused: boolean;
  emit(event: string, ...about: unknown[]): boolean;
  once(event: "close", listener: () => void): void;
  pause(): void;
  resume(): void;
  terminate(): void;
}
const TypedSocket = WebcastWebSocketClient as new (
  ...how: ConstructorParameters<typeof WebcastWebSocketClient>
) => WebcastWebSocketClient & Socket;

/**
 * Tells of frames in the order they came, piece by piece, and of its end after
 * all that came before it.
 */
class OrderedSocket extends TypedSocket {
  onArrival: () => void = () => {};
  onFrameTold: () => void = () => {};
  #told: Promise<unknown> = Promise.resolve();
  #waitingBytes = 0;
  #isDropped = false;

  protected override onMessage(frame: Frame): Promise<void> {
    this.onArrival();
    this.#wait(frame.length);
    const told = this.#told.then(() => this.#tell(frame));
    this.#told = told.catch(() => {}) // it has reported its own errors
      .finally(() => this.#wait(-frame.length));
    return told;
  }

  override emit(event: string, ...about: unknown[]): boolean {
    const tell = () => super.emit(event, ...about);
    if (event !== "close") return tell();
    this.#told.then(tell);
    return true;
  }

  /** What waits is told no more. */
  drop(): void {
    this.#isDropped = true;
  }

  async #tell(frame: Frame): Promise<void> {
    const report = (error: unknown) =>
      void this.emit("messageDecodingFailed", error);
    try {
      if (this.#isDropped) return;
      for await (const piece of framePieces(frame, report)) {
        if (this.#isDropped) return;
        await super.onMessage(piece); // it reports its own errors
        await turn();
      }
    } catch (error) {
      this.emit("webSocketData", frame); // it was heard, though not read
      report(error);
    }
    this.onFrameTold();
  }

  #wait(bytes: number): void {
    this.#waitingBytes += bytes;
    if (this.#waitingBytes > MOST_WAITING_BYTES) this.pause();
    else if (this.isPaused) this.resume();
  }
}
type Frame = Parameters<WebcastWebSocketClient["onMessage"]>[0];

/**
 * Hands every batch on, the first one in the sign answer included, and leaves
 * out what the connector itself would make of it: events of its own kinds, and
 * an end of the connection in the middle of a frame.
 */
class WatchedConnection extends TikTokLiveConnection {
  onBatch: (batch: Batch) => void = () => {};
  onArrival: () => void = () => {};
  onFrameTold: () => void = () => {};

  constructor(channel: string, options: Settings) {
    super(channel, options);
    const defaults = getWebSocketConfigDefaults(this._devicePresets);
    this._wsClientProvider = (params) => {
      const socket = new OrderedSocket(
        { ...defaults, ...params },
        { ...options.wsClientOptions, maxPayload: MAX_FRAME_BYTES },
      );
      socket.onArrival = () => this.onArrival();
      socket.onFrameTold = () => this.onFrameTold();
      return socket;
    };
  }

  protected override processProtoMessageFetchResult(
    batch: Batch,
  ): Promise<void> {
    this.onBatch(batch);
    return Promise.resolve();
  }
}
type Batch = Parameters<
  TikTokLiveConnection["processProtoMessageFetchResult"]
>[0];

/** Makes a link; nothing is asked of anyone yet. */
export function openLink(options: LinkOptions, listener: LinkListener): Link {
  const abort = new AbortController();
  let answer: SignAnswer | null = null;
  const note = (status: number, headers: Record<string, unknown>) => {
    answer = {
      status,
      retryAfter: text(headers["retry-after"]),
      reset: text(headers["x-ratelimit-reset"]),
    };
  };
  const connection = new WatchedConnection(
    options.channel,
    settings(options, abort.signal, note, listener.onDate),
  );
  const { webClient } = connection;
  const untyped = listen(connection, {
    onDate: listener.onDate,
    onArrival: () => abort.signal.aborted || listener.onArrival(),
    onFrame: () => abort.signal.aborted || listener.onFrame(),
    onMessages: (messages, broken) =>
      abort.signal.aborted || listener.onMessages(messages, broken),
    onFrameTold: () => abort.signal.aborted || listener.onFrameTold(),
    onError: (error, frame) =>
      abort.signal.aborted || listener.onError(error, frame),
    onClose: () => abort.signal.aborted || listener.onClose(),
  });

  return {
    async livePage() {
      const html = await webClient.getHtmlFromTikTokWebsite(
        `@${options.channel}/live`,
      );
      const found = html.match(RoomInfoFromHtmlRouteConfig.extractionPattern);
      return found ? JSON.parse(found[1]!) : null;
    },
    apiLive: () =>
      webClient.getJsonObjectFromTikTokApi("api-live/user/room/", {
        ...webClient.clientParams,
        uniqueId: options.channel,
        sourceType: "54",
      }),
    roomInfo: (roomId) =>
      webClient.getJsonObjectFromWebcastApi("room/info/", {
        ...webClient.clientParams,
        room_id: roomId,
      }),
    signRoomId() {
      answer = null;
      return fetchRoomIdFromEulerRoute({
        webClient,
        apiClient: connection.apiClient,
        uniqueId: options.channel,
      });
    },
    async connect(roomId) {
      answer = null;
      await connection.connect(roomId);
    },
    signAnswer: () => answer,
    async close() {
      abort.abort();
      await cut(untyped);
    },
  };
}

type Settings = ConstructorParameters<typeof TikTokLiveConnection>[1];
type WebOptions = NonNullable<Settings["webClientOptions"]>;

function settings(
  options: LinkOptions,
  signal: AbortSignal,
  note: (status: number, headers: Record<string, unknown>) => void,
  onDate: LinkListener["onDate"],
): Settings {
  const { webUrl, proxyUrl, sessionId } = options;
  const agent = proxyUrl && !isOnLoopback(webUrl)
    ? proxyAgent(proxyUrl)
    : undefined;
  const web: Omit<WebOptions, "cookieJar"> = {
    signal,
    retry: { limit: 0 },
    hooks: {
      beforeRequest: [(request) => secure(request.url)],
      afterResponse: [(response) => {
        const time = dateIn(response.headers);
        if (time !== null) onDate(time);
        return response;
      }],
    },
    ...(agent && { agent: { https: agent } }),
  };
  return {
    fetchRoomInfoOnConnect: false,
    enableExtendedGiftInfo: false,
    eulerApiInstance: signClient(options, signal, note),
    webConfigOverrides: webUrl
      ? { TIKTOK_HOST_WEB: hostOf(webUrl), TIKTOK_HOST_WEBCAST: hostOf(webUrl) }
      : {},
    // It asks for a cookie jar, and then uses its own.
    webClientOptions: web as WebOptions,
    wsClientOptions: agent ? { agent } : {},
    ...(sessionId && {
      session: {
        cookie: {
          type: "cookie" as const,
          value: { sessionId, ttTargetIdc: TARGET_IDC },
        },
      },
    }),
  };
}

/** When an answer was made, Unix ms; null where it was kept for a while. */
function dateIn(
  { date, age }: { date?: string; age?: string },
): number | null {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) || Number(age ?? 0) > 0 ? null : time;
}

/** https for every host but this machine, which is spoken to over http. */
function secure(url: string | URL | undefined): void {
  if (url instanceof URL) {
    url.protocol = isLoopbackUrl(url) ? "http:" : "https:";
  }
}

function isOnLoopback(address: string | undefined): boolean {
  return address !== undefined && isLoopbackUrl(address);
}

function hostOf(address: string): string {
  const { host, pathname } = new URL(address);
  return host + pathname.replace(/\/+$/, "");
}

function signClient(
  options: LinkOptions,
  signal: AbortSignal,
  note: (status: number, headers: Record<string, unknown>) => void,
) {
  const agent = options.proxyUrl && !isOnLoopback(options.signUrl)
    ? proxyAgent(options.proxyUrl)
    : undefined;
  if (options.signUrl) {
    const url = new URL(options.signUrl);
    secure(url);
    SignConfig.basePath = url.href.replace(/\/+$/, "");
  }
  SignConfig.apiKey = options.signApiKey;
  SignConfig.baseOptions = {
    ...SignConfig.baseOptions,
    signal,
    timeout: SIGN_TIMEOUT_MS,
    maxContentLength: MAX_FRAME_BYTES,
    // A kept connection that has died makes the runtime ask twice, unseen.
    httpAgent: new HttpAgent({ keepAlive: false }),
    httpsAgent: agent ?? new HttpsAgent({ keepAlive: false }),
    ...(agent && { proxy: false }),
    transformResponse: [
      (body: unknown, headers: Record<string, unknown>, status: number) => {
        note(status, headers);
        if (typeof body === "string") return parsed(body);
        // What cannot be decoded is said to be empty, which it refuses.
        const isBatch = status === 200 && body instanceof Uint8Array;
        return isBatch && !isSignedSize(body) ? new Uint8Array() : body;
      },
    ],
  };
  SignConfig.cachedInstance = undefined; // it was made for another link
  return createEulerClient();
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { message: body.slice(0, 200) }; // a proxy's page, say
  }
}

/** What the connector has that its own types leave out. */
interface Untyped {
  readonly wsClient: OrderedSocket | null;
  on(event: "websocketData" | "disconnected", listener: () => void): void;
  on(
    event: "error",
    listener: (report: { info: string; exception: unknown }) => void,
  ): void;
}

function listen(
  connection: WatchedConnection,
  listener: LinkListener,
): Untyped {
  connection.onBatch = ({ messages }) => {
    const sound = messages.filter((message) => !message.decodeError);
    const told = sound.map(({ method, decodedData }) => ({
      method,
      data: decodedData?.data,
    }));
    listener.onMessages(told, messages.length - sound.length);
  };
  connection.onArrival = () => listener.onArrival();
  connection.onFrameTold = () => listener.onFrameTold();
  // Node's EventEmitter and npm ws, which the classes extend, have no types
  // that reach us.
  const untyped = connection as unknown as Untyped;
  untyped.on("websocketData", () => listener.onFrame());
  untyped.on("disconnected", () => listener.onClose());
  untyped.on("error", ({ info, exception }) => {
    listener.onError(exception, info.includes("decoding"));
  });
  return untyped;
}

const CLOSED = 3;

// The connector's own disconnect() does nothing before it is connected, and
// waits two seconds for a dead peer.
async function cut(connection: Untyped): Promise<void> {
  const socket = connection.wsClient;
  if (!socket || socket.readyState === CLOSED) return;
  await new Promise<void>((resolve) => {
    socket.once("close", resolve);
    socket.drop();
    socket.terminate();
  });
}

function text(header: unknown): string | null {
  return header === undefined || header === null ? null : String(header);
}
