/**
 * Whether two copies of the project answer the same: one evening is played to
 * each of them, and everything that they answer, refuse and stream is written
 * down and compared, but for ids, keys and times.
 *
 * ```sh
 * deno run -A testing/same_answers.ts BEFORE AFTER [--keep FOLDER]
 * ```
 *
 * Both folders are built already. Exit 0 where nothing differs; otherwise the
 * first differences are printed. `--keep` writes both records there.
 *
 * @module
 */
import { isAbsolute, join, resolve } from "node:path";
import type { Frame } from "@/core/frame.ts";
import { openFrames } from "./frame_stream.ts";
import { type Program, startProgram, until } from "./program.ts";
import {
  chat,
  follow,
  gift,
  imDelete,
  like,
  member,
  question,
  type RoomMessage,
  roomUser,
  ROSE,
  type Sender,
  share,
} from "./tiktok_messages.ts";
import type { Room } from "./tiktok_room.ts";
import { startTikTok, type TikTokServer } from "./tiktok_server.ts";

const CHANNEL = "studio";
const SOM: Sender = { id: "11", handle: "som", nickname: "ส้ม 🍊" };
const MEY: Sender = { id: "12", handle: "mey", nickname: "น้องเมย์" };
const FON: Sender = {
  id: "13",
  handle: "fon",
  nickname: "<b>Fon</b>",
  follower: true,
};
const GALAXY = { id: "7001", name: "Galaxy", diamonds: 1_000, type: 2 };
const HOST_KEY = "a-key-that-was-chosen-for-this-evening";
/** After so long without news a step is over, ms; longer than a frame waits. */
const QUIET_MS = 250;

/** Everything that one copy has said, a line each. */
type Transcript = string[];

/** What the steps of an evening have. */
interface Evening {
  program: Program;
  room: Room;
  /** Writes down an answer; what it says is given back. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Record<string, unknown>>;
  command(body: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Sends messages and waits until what they do is seen. */
  send(...messages: RoomMessage[]): Promise<void>;
}

/** Plays the evening on one copy. */
async function playOn(root: string): Promise<Transcript> {
  const data = await Deno.makeTempDir();
  const tiktok = await startTikTok();
  const said: Transcript = [];
  try {
    const program = await startProgram({
      DATA_DIR: data,
      TIKTOK_WEB_URL: tiktok.url,
      TIKTOK_SIGN_URL: tiktok.url,
      HOST_KEY,
    }, root);
    try {
      await listenTo(program, tiktok, said);
    } finally {
      await program.end();
    }
  } finally {
    await tiktok.close();
    await Deno.remove(data, { recursive: true });
  }
  return said;
}

async function listenTo(
  program: Program,
  tiktok: TikTokServer,
  said: Transcript,
) {
  const plain = replacing(program.url);
  let heardAt = performance.now();
  const stream = await openFrames(
    program.url,
    "?rows=10",
    undefined,
    (frame: Frame) => {
      heardAt = performance.now();
      said.push(`FRAME ${plain(frame)}`);
    },
  );
  const settled = () =>
    until("nothing more is told", () => performance.now() - heardAt > QUIET_MS);

  const ask: Evening["ask"] = async (method, path, body, headers = {}) => {
    heardAt = performance.now();
    const response = await fetch(`${program.url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: typeof body === "string" || body === undefined
        ? body
        : JSON.stringify(body),
    });
    const text = await response.text();
    said.push(
      `${method} ${plain(path)} ${body === undefined ? "" : plain(body)}`,
      `  ${response.status} ${headersOf(response, plain)}`,
      `  ${shapeOf(response, text, plain)}`,
    );
    if (method !== "GET") await settled();
    return /^[[{]/.test(text) ? parsed(text) : {};
  };
  const evening: Evening = {
    program,
    room: tiktok.room(CHANNEL),
    ask,
    command: (body) => ask("POST", "/api/commands", body),
    async send(...messages) {
      heardAt = performance.now();
      evening.room.send(messages);
      await settled();
    },
  };
  await play(evening);
  stream.close();
}

/** What a body says, or nothing where it is no JSON. */
function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Headers that say something to whoever asked. */
function headersOf(
  { headers }: Response,
  plain: (value: unknown) => string,
): string {
  return [...headers]
    .filter(([name]) => !/^(date|content-length|vary|etag)$/.test(name))
    .map(([name, value]) => `${name}: ${plain(value)}`)
    .sort()
    .join("; ");
}

/** A body, without what is another one each time. */
function shapeOf(
  response: Response,
  text: string,
  plain: (value: unknown) => string,
): string {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json") && !type.includes("jsonl")) {
    return plain(JSON.parse(text));
  }
  if (!type.includes("html")) return plain(text);
  // What islands are given is numbered anew with every value that is new.
  return plain(
    text.replaceAll(/__build=\w+|[0-9A-Z]{8}\.(js|css)/g, "HASH")
      .replaceAll(/"islands":.*?<\/script>/gs, "GIVEN</script>"),
  );
}

/** Figures of the moment, by their name. */
const OF_THE_MOMENT =
  /^(eventsPerSecond|queued|uptime|memory|overlays|hash|boardHash|sum|qr)$/;

/** Puts a fixed word for each id, key and time, the same for the same. */
function replacing(url: string): (value: unknown) => string {
  const known = new Map<string, string>();
  const named = (kind: string) => (found: string) => {
    let word = known.get(found);
    if (!word) known.set(found, word = `${kind}${known.size}`);
    return word;
  };
  const settle = (value: unknown): unknown => {
    if (typeof value === "number") return value > 1e12 ? "TIME" : value;
    if (Array.isArray(value)) return value.map(settle);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key,
          OF_THE_MOMENT.test(key) && typeof each !== "object"
            ? "~"
            : settle(each),
        ]),
      );
    }
    return value;
  };
  const host = new URL(url).host;
  return (value) =>
    (typeof value === "string" ? value : JSON.stringify(settle(value)))
      .replaceAll(/(?<=(?:x|width|cx|x1|x2)=")[\d.]+(?=")/g, "X")
      .replaceAll(host, "HOST")
      .replaceAll(
        /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
        named("ID"),
      )
      .replaceAll(/\b[0-9a-f]{32,64}\b/g, "DIGEST")
      .replaceAll(/\b(?=\d+[a-z])[0-9a-z]{20,22}\b/g, named("ID"))
      .replaceAll(/\b\d{19}\b/g, named("MESSAGE"))
      .replaceAll(/\b1[789]\d{11}\b/g, "TIME")
      .replaceAll(/\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?/g, "TIME")
      .replaceAll(/nonce[-=]"?[\w+/=-]+/g, "NONCE")
      .replaceAll(/(?<=")(key":")?[\w-]{32}(?:[\w-]{11})?(?=")/g, named("KEY"))
      .replaceAll(/(?<=gone-)[0-9a-f]{8}-[0-9a-f]{4}/g, named("NOBODY"))
      .replaceAll(/(?<=studio-20\d\d-\d\d-\d\d-)\w{8}/g, named("GAME"))
      .replaceAll(/\d?\d:\d\d(:\d\d)?|(?<=again in )\d+/g, "TIME")
      .replaceAll(/(?:\{"points":0,"events":0,"late":0\},?)+/g, "QUIET")
      .replaceAll(/[\d.]+(?=\/s<)|(?<=type="range".*value=")\d+/g, "N");
}

/** What a host, a viewer and a program may do in one evening. */
async function play(evening: Evening) {
  await pages(evening);
  await refusals(evening);
  await firstGame(evening);
  await helpers(evening);
  await secondGame(evening);
  await past(evening);
}

const PAGES = ["/", "/admin", "/overlay", "/overlay?preview", "/buttons"]
  .concat(["/sessions", "/signin", "/pair", "/nowhere", "/sessions/none"]);
const READS = [
  "state",
  "board",
  "board?offset=1&limit=1",
  "board?q=som",
  "board?limit=0",
  "viewers/11",
  "viewers/99",
  "viewers/x%2Fy",
  "viewers/11/receipts",
  "viewers/11/receipts?limit=2",
  "viewers/99/receipts",
  "comments",
  "comments?q=ร้อง",
  "comments?limit=1",
  "comments?limit=a",
  "comments?cursor=odd",
  "questions",
  "settings",
  "obs",
  "keys",
  "pairings",
  "openapi.json",
  "sessions",
  "sessions?q=fri",
  "sessions/removed",
  "buttons/state",
  "nowhere",
];

async function pages({ ask }: Evening) {
  for (const page of PAGES) await ask("GET", page);
  await ask("GET", "/admin", undefined, { "accept-language": "th" });
  for (const path of ["/healthz", "/readyz", "/favicon.ico", "/robots.txt"]) {
    await ask("GET", path);
  }
}

async function reads({ ask }: Evening) {
  for (const read of READS) await ask("GET", `/api/${read}`);
}

/** What is not taken, before there is a game. */
async function refusals(evening: Evening) {
  const { ask, command } = evening;
  await reads(evening);
  for (
    const type of [
      ...["freeze", "open", "cancelFreeze", "endSession", "selectWinner"],
      ...["clearStage", "undo", "redo", "disconnect", "nothing", "simulate"],
      ...["reconnectObs", "refreshOverlays", "connect", "adjustPoints"],
    ]
  ) await command({ type });
  await ask("POST", "/api/commands", "{");
  await ask("POST", "/api/commands", "[]");
  await ask("GET", "/api/commands");
  await ask("DELETE", "/api/state");
  await ask("PATCH", "/api/settings", { freezeSeconds: 1_000 });
  await ask("PATCH", "/api/settings", { unheardOf: 1 });
  await ask("PATCH", "/api/obs", { address: "http://nowhere" });
  await ask("GET", "/api/state", undefined, { authorization: "Bearer wrong" });
  await ask("GET", "/api/state", undefined, { "x-forwarded-for": "192.0.2.1" });
  await ask("GET", "/admin", undefined, { origin: "https://elsewhere.test" });
}

async function firstGame(evening: Evening) {
  const { command, room, send, ask, program } = evening;
  await command({ type: "connect", channel: CHANNEL });
  await live(program);
  await send(roomUser(41));
  await command({ type: "newSession", title: "Friday" });
  await send(like(SOM, 15, { total: 15 }));
  await send(gift(SOM, ROSE, { count: 1, group: "1" }));
  await send(gift(SOM, ROSE, { count: 3, group: "1" }));
  await send(gift(SOM, ROSE, { count: 3, end: true, group: "1" }));
  await send(gift(MEY, GALAXY));
  await send(chat(MEY, "ร้องเพลงหน่อย"));
  const comment = chat(SOM, "Which song is next?");
  await send(comment);
  await send(chat(SOM, "สวัสดีค่ะ"));
  await send(follow(FON));
  await send(share(FON));
  await send(member(FON, { viewers: 42 }));
  await send(question(FON, "A question of TikTok's own"));
  await send(imDelete([comment.msgId]));
  await reads(evening);
  await steps(evening);
  await command({ type: "freeze", seconds: 0 });
  await send(gift(FON, GALAXY));
  await command({ type: "selectWinner" });
  await command({ type: "selectWinner" });
  await ask("GET", "/api/questions");
  await ask("GET", "/api/gifts");
  await command({ type: "undo" });
  await command({ type: "redo" });
  await command({ type: "clearStage" });
  await command({ type: "open" });
  await command({ type: "freeze", seconds: 1 });
  await command({ type: "cancelFreeze" });
  await send(like(MEY, 300, { total: 330 }));
  room.drop();
  await live(program);
  await reads(evening);
}

/** Waits for a connection, and for what it missed to be on the timeline. */
async function live(program: Program) {
  const read = async (path: string) =>
    await (await fetch(`${program.url}/api/${path}`)).json();
  await until("the channel is live", async () => {
    const { connection, session } = await read("state");
    return connection.state === "live" &&
      (session === null || session.totals.gaps.length > 0);
  });
}

async function steps({ ask, command }: Evening) {
  const page = await ask("GET", "/api/comments?limit=100");
  const of = (viewer: string) =>
    (page.items as { viewerId: string; commentId: string }[])
      .filter(({ viewerId }) => viewerId === viewer)
      .map(({ viewerId, commentId }) => ({ viewerId, commentId }));
  const [theirs] = of("12");
  await command({ type: "queueComment", ...theirs });
  await command({ type: "queueComment", ...theirs });
  await command({ type: "showComment", ...theirs });
  await command({ type: "markComment", ...theirs, used: true });
  await command({ type: "hideComment", ...theirs, hidden: true });
  await command({ type: "showComment", ...theirs });
  await command({ type: "hideComment", ...theirs, hidden: false });
  await command({ type: "unqueueComment", ...theirs });
  await command({ type: "showComment", viewerId: "12", commentId: "0" });
  await command({ type: "clearStage" });
  const adjusted = { viewerId: "11", points: 7, reason: "ช่วยตอบ" };
  await command({ type: "adjustPoints", ...adjusted });
  await command({ type: "adjustPoints", ...adjusted, points: 0 });
  await command({ type: "undo" });
  await command({ type: "undo", seq: 1 });
  await command({ type: "redo" });
  for (const type of ["sitOut", "comeBack", "blockViewer", "unblockViewer"]) {
    await command({ type, viewerId: "12" });
    await command({ type, viewerId: "99" });
  }
  const state = await ask("GET", "/api/state");
  const rates = (state.session as { rates: object }).rates;
  await command({ type: "setRates", rates });
  await command({ type: "setRates", rates: {} });
  await ask("PATCH", "/api/settings", { freezeSeconds: 3 });
  const once = { "idempotency-key": "once" };
  const again = { type: "adjustPoints", ...adjusted };
  await ask("POST", "/api/commands", again, once);
  await ask("POST", "/api/commands", again, once);
  await ask("POST", "/api/commands", { type: "undo" }, once);
}

/** Other devices: what each role may read, and be refused. */
async function helpers({ ask }: Evening) {
  for (const role of ["moderator", "display", "button", "king"]) {
    const made = await ask("POST", "/api/keys", { role, label: role });
    if (typeof made.key !== "string") continue;
    const theirs = { authorization: `Bearer ${made.key}` };
    for (const page of PAGES) await ask("GET", page, undefined, theirs);
    for (const read of READS) {
      await ask("GET", `/api/${read}`, undefined, theirs);
    }
    for (const type of ["freeze", "sitOut", "clearStage"]) {
      await ask("POST", "/api/commands", { type, viewerId: "12" }, theirs);
    }
    for (const button of ["undo", "redo", "next", "nothing", "scene/Game"]) {
      await ask("POST", `/api/buttons/${button}`, undefined, theirs);
    }
    await ask("DELETE", `/api/keys/${made.id}`);
    await ask("GET", "/api/state", undefined, theirs);
  }
  await ask("POST", "/api/pairings", { role: "moderator" });
  await ask("DELETE", "/api/signins");
  await ask("POST", "/signout");
}

async function secondGame({ command, send, ask }: Evening) {
  await command({ type: "endSession" });
  await command({ type: "endSession" });
  await command({ type: "newSession", title: "Saturday" });
  await send(gift(MEY, GALAXY));
  await command({ type: "freeze", seconds: 0 });
  await command({ type: "selectWinner", viewerId: "12", comment: "none" });
  await command({ type: "endSession" });
  await ask("DELETE", "/api/viewers/13");
  await command({ type: "disconnect" });
}

/** Games that are over: read, told, removed, brought back, taken out and in. */
async function past(evening: Evening) {
  const { ask, command } = evening;
  const { items: sessions } = await ask("GET", "/api/sessions") as {
    items: { id: string }[];
  };
  for (const { id } of sessions) {
    const at = `/api/sessions/${id}`;
    const parts = ["", "/board", "/board?at=1", "/winners", "/timeline"]
      .concat(["/comments", "/viewers/11", "/viewers/99", "/export.csv"])
      .concat(["/viewers/11/receipts", "/export.jsonl"]);
    for (const part of parts) await ask("GET", at + part);
    await ask("GET", `/sessions/${id}`);
    await ask("PATCH", at, { title: "วันศุกร์" });
    await ask("PATCH", at, { title: 1 });
  }
  const at = `/api/sessions/${sessions.at(-1)!.id}`;
  const ledger = await fetch(`${evening.program.url}${at}/export.jsonl`);
  const lines = await ledger.text();
  await ask("DELETE", at);
  await ask("DELETE", at);
  await ask("GET", at);
  await ask("GET", "/api/sessions/removed");
  await ask("POST", `${at}/restore`);
  await ask("POST", `${at}/restore`);
  await ask("POST", "/api/sessions/import", lines);
  await ask("POST", "/api/sessions/import", `${lines}{"odd":1}\n`);
  await command({ type: "continueSession", sessionId: "none" });
  await reads(evening);
}

/** The first lines that differ, with what stands before them. */
function differences(before: Transcript, after: Transcript): string[] {
  const found: string[] = [];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    if (before[i] === after[i]) continue;
    const asked = before.slice(0, i).findLast((line) =>
      /^[A-Z]+ \//.test(line)
    );
    found.push(`after ${asked}\n- ${before[i]}\n+ ${after[i]}`);
  }
  return found;
}

const place = (folder: string) =>
  isAbsolute(folder) ? folder : resolve(Deno.cwd(), folder);

if (import.meta.main) {
  const [before, after, , keep] = Deno.args;
  if (!before || !after) {
    console.error("Say which two folders: BEFORE AFTER [--keep FOLDER]");
    Deno.exit(2);
  }
  Deno.env.set("PROJECT_IS_BUILT", "1");
  // Ids of messages are counted by the process, so each has one of its own.
  if (before === "--only") {
    console.log(JSON.stringify(await playOn(place(after))));
    Deno.exit(0);
  }
  const record = async (root: string): Promise<Transcript> => {
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", import.meta.filename!, "--only", root],
      stdout: "piped",
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`Cannot play an evening on ${root}`);
    return JSON.parse(new TextDecoder().decode(stdout));
  };
  const [first, second] = [await record(before), await record(after)];
  if (keep) {
    await Deno.mkdir(keep, { recursive: true });
    await Deno.writeTextFile(join(keep, "before.txt"), first.join("\n"));
    await Deno.writeTextFile(join(keep, "after.txt"), second.join("\n"));
  }
  const found = differences(first, second);
  for (const each of found.slice(0, 20)) console.log(each.slice(0, 3_000));
  console.log(`${first.length} lines, ${found.length} differ`);
  Deno.exit(found.length === 0 ? 0 : 1);
}
