/**
 * A place to test routes in: the real routes in a real `App`, over the real
 * desk on a memory store, asked as different callers.
 *
 * @module
 */
import { App } from "fresh";
import { Builder } from "fresh/dev";
import { addressesOf } from "@/access/addresses.ts";
import type { RoleOfAccount } from "@/access/keys.ts";
import type { Connection, Source } from "@/core/connection.ts";
import type { Incoming } from "@/core/shapes/events.ts";
import type { Obs } from "@/core/obs.ts";
import type { Store } from "@/core/ports.ts";
import type { Role } from "@/core/views.ts";
import type { Parts, Site, State } from "@/routes/(_http)/define.ts";
import type { Account } from "@/access/accounts/mod.ts";
import { connectionOff, emptyCounts } from "@/core/connection.ts";
import { systemClock } from "@/ingest/clock.ts";
import { openAvatarMemory } from "@/outputs/avatar_shelf.ts";
import { guarded } from "@/routes/(_http)/guard.ts";
import { secured } from "@/routes/(_http)/security.ts";
import { openGame } from "@/server/game_parts.ts";
import { memoryStore } from "./memory_store.ts";

/** Where requests arrive, as another machine and as this one names it. */
export const LAN = "http://pc.example:8000";
export const LOCAL = "http://localhost:8000";

/** A role by its key, a stranger elsewhere, or the machine itself. */
export type As = Role | "stranger" | "machine";

/** How a request differs from a plain GET. */
interface Ask extends Omit<RequestInit, "body"> {
  /** Sent as JSON, with its header. */
  json?: unknown;
  body?: BodyInit;
}

/** A running place. */
export interface Place extends Parts {
  parts: Parts;
  store: Store;
  /** Lets the game go on, where that was left to the test. */
  begin(): Promise<void>;
  /** Plain keys by role. */
  secrets: Record<Role, string>;
  /** Lines of the log. */
  lines: string[];
  ask(path: string, as?: As, init?: Ask): Promise<Response>;
  /** Sends a request as it is, from an address. */
  send(request: Request, peer?: string): Promise<Response>;
  /** The same over a real socket; the port, and how to stop. */
  listen(): { port: number; stop(): Promise<void> };
  /** Gives a command as the host, and expects it to be done. */
  command(command: Record<string, unknown>): Promise<void>;
  /** Lets live events in, and waits until they are on the board. */
  arrive(...events: Incoming[]): Promise<void>;
  close(): Promise<void>;
}

// Pages have tests of their own; only what answers programs is needed here.
const applyRoutes = await new Builder({
  root: new URL("../", import.meta.url).pathname,
  islandDir: "testing/none",
  staticDir: "testing/none",
  ignore: [/routes\/(?!(signin|pair|_error)\.|oauth\/).*\.tsx$/],
}).build({ snapshot: "memory" });

/** Accounts elsewhere that may sign in. */
interface SignInsOfPlace {
  accounts?: Account[];
  roleOfAccount?: RoleOfAccount;
  /** `HOST_KEY`. */
  hostKey?: string;
}

/** Opens a place. */
export async function openPlace(
  site: Partial<Site> = {},
  {
    accounts,
    roleOfAccount,
    hostKey,
    obs,
    avatarsFrom,
    store = memoryStore(),
    begins = true,
  }:
    & SignInsOfPlace
    & {
      obs?: Obs;
      avatarsFrom?: string;
      store?: Store;
      /** False where the test itself begins the game, which loads until then. */
      begins?: boolean;
    } = {},
): Promise<Place> {
  const clock = site.clock ?? systemClock;
  const lines: string[] = [];
  let room: ((events: Incoming[]) => void) | null = null;
  const { begin, close, ...game } = await openGame({
    store,
    site: {
      version: "0.0.0-test",
      source: "https://source.example",
      reach: () => [LAN],
      publicUrl: null,
      addresses: addressesOf({ isPublic: Boolean(site.publicUrl) }),
      localTrust: true,
      metricsPublic: false,
      clock,
      log: (line) => lines.push(line),
      ...site,
    },
    shelf: openAvatarMemory(),
    connect({ channel, onEvents }) {
      room = onEvents;
      return liveRoom(channel);
    },
    rehearsal: false,
    ...(roleOfAccount && { roleOfAccount }),
    ...(hostKey && { hostKey }),
    ...(avatarsFrom && { avatarsFrom }),
    ...(obs && { openObs: () => Promise.resolve(obs) }),
  });
  if (begins) await begin();
  const parts: Parts = { ...game, ...(accounts && { accounts }) };
  const { desk, keys } = parts;
  const make = async (role: Role, name: string) =>
    begins ? (await keys.make(role, name)).key : "none before it has begun";
  const secrets = {
    host: hostKey ?? keys.newHostKey ?? "none before it has begun",
    moderator: await make("moderator", "Moderator"),
    display: await make("display", "Display"),
    button: await make("button", "Button"),
  };
  const app = new App<State>()
    .use((ctx) => {
      Object.assign(ctx.state, parts);
      return ctx.next();
    })
    .use(...secured)
    .fsRoutes();
  applyRoutes(app);
  const handler = guarded(app.handler());

  const send = (request: Request, peer = "192.168.1.9") => {
    if (!request.headers.has("host")) {
      request.headers.set("host", new URL(request.url).host);
    }
    return handler(request, {
      remoteAddr: { transport: "tcp", hostname: peer, port: 50_000 },
      completed: Promise.resolve(),
    });
  };
  const ask: Place["ask"] = (path, as = "host", { json, ...init } = {}) => {
    const isMachine = as === "machine";
    const headers = new Headers(init.headers);
    if (as !== "stranger" && !isMachine) {
      headers.set("authorization", `Bearer ${secrets[as]}`);
    }
    if (json !== undefined) headers.set("content-type", "application/json");
    const body = json === undefined ? init.body : JSON.stringify(json);
    const url = new URL(path, isMachine ? LOCAL : LAN);
    const request = new Request(url, { ...init, headers, body });
    return send(request, isMachine ? "127.0.0.1" : undefined);
  };

  return {
    ...parts,
    parts,
    begin,
    store,
    secrets,
    lines,
    ask,
    send,
    listen() {
      const server = Deno.serve({
        hostname: "127.0.0.1",
        port: 0,
        onListen() {},
        handler,
      });
      return { port: server.addr.port, stop: () => server.shutdown() };
    },
    async command(command) {
      const init = { method: "POST", json: command };
      const response = await ask("/api/commands", "host", init);
      if (!response.ok) throw new Error(await response.text());
      await response.body?.cancel();
    },
    async arrive(...events) {
      room!(events);
      await desk.view("current"); // settled once it can be read
    },
    close,
  };
}

/** A LIVE that is on, without anybody who sends anything. */
function liveRoom(channel: string): Source {
  const connection: Connection = {
    ...connectionOff(Date.now()),
    state: "live",
    channel,
    roomId: "1",
  };
  return {
    connection: () => connection,
    counts: emptyCounts,
    roomViewers: () => 1,
    close: () => Promise.resolve(),
  };
}
