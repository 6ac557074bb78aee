/**
 * A stand-in for TikTok's servers on 127.0.0.1: web pages, room lookup, sign
 * server and WebSocket push. It speaks the protocol well enough for the
 * unmodified connector to believe it, and it can fail in every way that TikTok
 * has been seen to fail, so that the product can be tested without TikTok.
 *
 * As a program it plays a recording; see `tiktok_program.ts` for the options:
 *
 * ```sh
 * deno run -A testing/tiktok_server.ts --port 8099 --captures DIR --times 3
 * ```
 *
 * @module
 */
import { theirNow } from "./tiktok_messages.ts";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import process from "node:process";
import { batch } from "./tiktok_frames.ts";
import {
  type Answer,
  apiLive,
  livePage,
  roomInfo,
  signRoomId,
} from "./tiktok_pages.ts";
import { openRoom, type Room } from "./tiktok_room.ts";
import { openUpgrader } from "./tiktok_sockets.ts";

/** The requests a stand-in tells apart. */
type RequestKind =
  | "page"
  | "api_live"
  | "room_info"
  | "sign_room_id"
  | "sign_connect"
  | "push"
  | "other";

/** One request as it came in. */
interface SeenRequest {
  kind: RequestKind;
  /** Unix ms. */
  at: number;
  path: string;
  headers: Record<string, string | string[] | undefined>;
}

/** A stand-in that is running. */
export interface TikTokServer {
  /** For TIKTOK_WEB_URL and TIKTOK_SIGN_URL alike. */
  readonly url: string;
  readonly requests: SeenRequest[];
  count(kind: RequestKind): number;
  /** The room of a channel; another id ends that one and starts a new one. */
  room(handle: string, roomId?: string): Room;
  /**
   * Answers the next `times` requests of a kind with this instead; `null`
   * hangs up without an answer, and `silence` never answers.
   */
  answer(
    kind: RequestKind,
    answer: Answer | null | "silence",
    times?: number,
  ): void;
  /** Everyone out, nothing left behind. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in; port 0 takes any free one.
 *
 * @param options `now` gives the time of the requests seen, Unix ms.
 */
export async function startTikTok(
  options: { port?: number; now?: () => number } = {},
): Promise<TikTokServer> {
  const { port = 0, now = theirNow } = options;
  const rooms = new Map<string, Room>(); // by channel
  const byId = new Map<string, Room>(); // the earlier ones too
  const requests: SeenRequest[] = [];
  const planned: {
    kind: RequestKind;
    answer: Answer | null | "silence";
    left: number;
  }[] = [];
  const upgrader = openUpgrader();
  let url = "";

  function see(request: IncomingMessage): SeenRequest {
    const path = request.url ?? "/";
    const seen = {
      kind: kindOf(path),
      at: now(),
      path,
      headers: request.headers,
    };
    requests.push(seen);
    return seen;
  }

  function plannedFor(
    kind: RequestKind,
  ): Answer | null | "silence" | undefined {
    const plan = planned.find((plan) => plan.kind === kind && plan.left > 0);
    if (!plan) return undefined;
    plan.left -= 1;
    return plan.answer;
  }

  function usual({ kind, path }: SeenRequest): Answer {
    const { pathname, searchParams } = new URL(path, url);
    switch (kind) {
      case "page": {
        const handle = decodeURIComponent(pathname.slice(2, -"/live".length));
        return livePage(handle, rooms.get(handle));
      }
      case "api_live":
        return apiLive(rooms.get(searchParams.get("uniqueId") ?? ""));
      case "room_info":
        return roomInfo(byId.get(searchParams.get("room_id") ?? ""));
      case "sign_room_id":
        return signRoomId(rooms.get(pathname.split("/")[3] ?? ""));
      case "sign_connect":
        return signConnect(byId.get(pathname.split("/")[3] ?? ""), url);
      default:
        return { status: 404, body: { message: "No such address" } };
    }
  }

  const server = createServer((request, response) => {
    const seen = see(request);
    const plan = plannedFor(seen.kind);
    if (plan === null) return request.socket.destroy();
    if (plan === "silence") return;
    write(response, plan ?? usual(seen));
  });
  server.on("upgrade", (request, socket, head) => {
    const seen = see(request);
    const roomId = new URL(seen.path, url).searchParams.get("room_id");
    const room = byId.get(roomId ?? "");
    const plan = plannedFor("push");
    if (plan === "silence") return;
    if (plan !== undefined || !room) {
      const status = plan?.status ?? 403;
      const handshake = plan?.headers?.["handshake-msg"] ?? "DEVICE_BLOCKED";
      if (plan !== null) {
        socket.write(
          `HTTP/1.1 ${status} No\r\nhandshake-msg: ${handshake}\r\n` +
            "content-length: 0\r\nconnection: close\r\n\r\n",
        );
      }
      return socket.destroy();
    }
    upgrader.handleUpgrade(request, socket, head, room.accept);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("Cannot start the stand-in: it has no port");
  }
  url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    requests,
    count: (kind) => requests.filter((seen) => seen.kind === kind).length,
    room(handle, roomId) {
      const known = rooms.get(handle);
      if (known && (!roomId || known.roomId === roomId)) return known;
      const number = 7_400_000_000_000_001_000n + BigInt(byId.size);
      const room = openRoom(handle, roomId ?? String(number));
      if (known) known.state = "ended";
      known?.drop();
      rooms.set(handle, room);
      byId.set(room.roomId, room);
      return room;
    },
    answer(kind, answer, times = 1) {
      planned.push({ kind, answer, left: times });
    },
    async close() {
      for (const room of byId.values()) room.drop();
      upgrader.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function kindOf(path: string): RequestKind {
  const { pathname } = new URL(path, "http://stand-in");
  if (/^\/@[^/]+\/live$/.test(pathname)) return "page";
  if (pathname === "/api-live/user/room/") return "api_live";
  if (pathname === "/webcast/room/info/") return "room_info";
  if (/^\/webcast\/anchors\/[^/]+\/room_id$/.test(pathname)) {
    return "sign_room_id";
  }
  if (/^\/webcast\/rooms\/[^/]+\/connect$/.test(pathname)) {
    return "sign_connect";
  }
  return pathname === "/webcast/im/push" ? "push" : "other";
}

function signConnect(room: Room | undefined, url: string): Answer {
  if (!room) return { status: 404, body: { message: "No such room" } };
  const pushServer = `${url.replace("http", "ws")}/webcast/im/push`;
  return {
    status: 200,
    body: batch(room.initial, { cursor: "c-0", pushServer }),
    headers: {
      "content-type": "application/protobuf",
      "x-set-tt-cookie": "ttwid=stand-in; Path=/; HttpOnly",
      "x-room-id": room.roomId,
    },
  };
}

function write(response: ServerResponse, answer: Answer): void {
  const { body } = answer;
  const plain = typeof body === "string" || body instanceof Uint8Array;
  response.writeHead(answer.status, {
    "content-type": plain ? "text/html; charset=utf-8" : "application/json",
    ...answer.headers,
  });
  response.end(plain ? body : JSON.stringify(body));
}

// Not awaited: the program imports this module, which must be complete first.
if (import.meta.main) {
  import("./tiktok_program.ts").then(async ({ runProgram }) => {
    process.exitCode = await runProgram(Deno.args);
  });
}
