/**
 * A stand-in for OBS that fails in every way OBS has been seen to fail: as
 * much of obs-websocket 5 as the program uses, on loopback.
 *
 * @see {@link https://github.com/obsproject/obs-websocket/blob/master/docs/generated/protocol.md}
 * @module
 */
import { createHash } from "node:crypto";

/** Op codes of the protocol. */
const OP = {
  hello: 0,
  identify: 1,
  identified: 2,
  event: 5,
  request: 6,
  response: 7,
} as const;

type Json = Record<string, unknown>;

/** A request it was sent. */
interface Asked {
  type: string;
  data: Json;
}

/** A stand-in that runs. What it is and does may change at any time. */
export interface ObsServer {
  address: string;
  /** Null where it asks for none. */
  password: string | null;
  /** From the top, as OBS shows them. */
  scenes: string[];
  current: string;
  /** Address of each browser source, by name. */
  browsers: Record<string, string>;
  /** Says nothing: neither a greeting nor an answer. */
  silent: boolean;
  /** Answers nothing of this type. */
  deafTo: string | null;
  /** Closes with this code in place of answering a request of that type. */
  closeOn: { type: string; code: number } | null;
  /** Every request so far. */
  asked: Asked[];
  /** Connections so far, and those that are open now. */
  connections: number;
  open(): number;
  event(eventType: string, eventData: Json): void;
  /** Closes every connection. */
  hangUp(code: number): void;
  close(): Promise<void>;
}

/** Starts to listen; port 0 takes any free one. */
export function startObs(
  { port = 0, password = null }: { port?: number; password?: string | null } =
    {},
): ObsServer {
  const sockets = new Set<WebSocket>();
  const send = (socket: WebSocket, op: number, d: Json) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ op, d }));
    }
  };

  const http = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    (request) => {
      if (request.headers.get("upgrade") !== "websocket") {
        return new Response("OBS?", { status: 400 });
      }
      const { socket, response } = Deno.upgradeWebSocket(request, {
        protocol: "obswebsocket.json",
        idleTimeout: 0,
      });
      server.connections++;
      sockets.add(socket);
      const [salt, challenge] = [crypto.randomUUID(), crypto.randomUUID()];
      socket.onopen = () => {
        if (server.silent) return;
        send(socket, OP.hello, {
          obsWebSocketVersion: "5.1.0",
          rpcVersion: 1,
          ...(server.password !== null &&
            { authentication: { salt, challenge } }),
        });
      };
      socket.onclose = () => sockets.delete(socket);
      socket.onerror = () => sockets.delete(socket);
      socket.onmessage = ({ data }) => {
        if (server.silent) return;
        const { op, d } = JSON.parse(data) as { op: number; d: Json };
        if (op === OP.identify) {
          const right = server.password === null ||
            d.authentication === answerTo(server.password, salt, challenge);
          if (!right) return socket.close(4009, "Authentication failed.");
          send(socket, OP.identified, { negotiatedRpcVersion: 1 });
        } else if (op === OP.request) answer(socket, d);
      };
      return response;
    },
  );

  function answer(
    socket: WebSocket,
    { requestType, requestId, ...rest }: Json,
  ) {
    const type = String(requestType);
    const data = (rest.requestData ?? {}) as Json;
    server.asked.push({ type, data });
    if (server.deafTo === type) return;
    if (server.closeOn?.type === type) {
      return socket.close(server.closeOn.code, "");
    }
    const answered = carryOut(type, data);
    send(socket, OP.response, {
      requestType: type,
      requestId,
      ...(typeof answered === "number"
        ? { requestStatus: { result: false, code: answered, comment: "No." } }
        : {
          requestStatus: { result: true, code: 100 },
          responseData: answered,
        }),
    });
  }

  /** What a request answers, or the code of its refusal. */
  function carryOut(type: string, data: Json): Json | number {
    switch (type) {
      case "GetSceneList":
        return {
          currentProgramSceneName: server.current,
          scenes: server.scenes.toReversed()
            .map((sceneName, sceneIndex) => ({ sceneIndex, sceneName })),
        };
      case "SetCurrentProgramScene": {
        const sceneName = String(data.sceneName);
        if (!server.scenes.includes(sceneName)) return 600;
        if (sceneName !== server.current) {
          server.current = sceneName;
          server.event("CurrentProgramSceneChanged", { sceneName });
        }
        return {};
      }
      case "GetInputList":
        return {
          inputs: Object.keys(server.browsers)
            .map((inputName) => ({ inputName, inputKind: data.inputKind })),
        };
      case "GetInputSettings": {
        const url = server.browsers[String(data.inputName)];
        return url === undefined ? 600 : { inputSettings: { url } };
      }
      case "PressInputPropertiesButton":
        return {};
      default:
        return 204;
    }
  }

  const server: ObsServer = {
    address: `ws://127.0.0.1:${http.addr.port}`,
    password,
    scenes: ["Game", "Host", "Winner"],
    current: "Game",
    browsers: {},
    silent: false,
    deafTo: null,
    closeOn: null,
    asked: [],
    connections: 0,
    open: () => sockets.size,
    event(eventType, eventData) {
      const event = { eventType, eventIntent: 1, eventData };
      for (const socket of sockets) send(socket, OP.event, event);
    },
    hangUp(code) {
      for (const socket of sockets) socket.close(code);
    },
    close: () => http.shutdown(),
  };
  return server;
}

function answerTo(password: string, salt: string, challenge: string): string {
  const hash = (text: string) =>
    createHash("sha256").update(text).digest("base64");
  return hash(hash(password + salt) + challenge);
}
