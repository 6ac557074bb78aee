/**
 * A short evening with a bit of everything, played through the stand-in for
 * TikTok into a program, whatever runs that.
 *
 * @module
 */
import { ok } from "node:assert";
import { until } from "./program.ts";
import {
  chat,
  follow,
  gift,
  like,
  nextMessageId,
  ROSE,
  type Sender,
  share,
} from "./tiktok_messages.ts";
import type { TikTokServer } from "./tiktok_server.ts";

/** The channel that it is played on. */
export const CHANNEL = "studio";

const SOM: Sender = { id: "11", handle: "som", nickname: "ส้ม 🍊" };
const MEY: Sender = { id: "12", handle: "mey", nickname: "น้องเมย์" };
const BOB: Sender = { id: "13", handle: "bob", nickname: "Bob & Co" };

/** A program that answers, as far as an evening needs it. */
export interface Playing {
  url: string;
}

/** What a program says of a session, to be compared with another time. */
export interface Told {
  id: string;
  title: string;
  /** Rows of the board. */
  board: unknown[];
  /** The export, line by line. */
  ledger: string;
}

/** Asks the program's API. @throws {Error} If it says no. */
export async function ask<T>(
  { url }: Playing,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${url}/api/${path}`, {
    ...(body !== undefined && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

/** What is told of the running session, or of one of the past. */
export async function told(program: Playing, id = "current"): Promise<Told> {
  const session = await ask<{ id: string; title: string }>(
    program,
    `sessions/${id}`,
  );
  const { rows } = await ask<{ rows: unknown[] }>(
    program,
    `sessions/${session.id}/board?limit=500`,
  );
  const path = `${program.url}/api/sessions/${session.id}/export.jsonl`;
  const ledger = await (await fetch(path)).text();
  return { id: session.id, title: session.title, board: rows, ledger };
}

/** The board's first places, as `name points`. */
export async function places(program: Playing): Promise<string[]> {
  const { rows } = await ask<{ rows: { viewerId: string; points: number }[] }>(
    program,
    "board?limit=500",
  );
  return rows.map(({ viewerId, points }) => `${viewerId} ${points}`);
}

/**
 * Plays it: points, a freeze, a winner, a step taken back. The session still
 * runs afterwards, and is open.
 */
export async function playEvening(
  program: Playing,
  tiktok: TikTokServer,
  title = "ค่ำคืน & more",
): Promise<void> {
  const command = (body: unknown) => ask(program, "commands", body);
  const room = tiktok.room(CHANNEL);
  await command({ type: "connect", channel: CHANNEL });
  await until("it is live", () => isLive(program));
  await command({ type: "newSession", title });
  room.send([
    like(SOM, 45, { total: 45 }),
    chat(SOM, "ถามอะไรดี?"),
    gift(MEY, ROSE, { count: 3, end: true, group: nextMessageId() }),
    follow(BOB),
    share(BOB),
    like(BOB, 30, { total: 75 }),
    chat(BOB, "Me, too & why?"),
  ]);
  await until(
    "all have points",
    async () => (await places(program)).join() === "12 15,11 3,13 3",
  );
  await command({
    type: "adjustPoints",
    viewerId: "13",
    points: 20,
    reason: "a riddle",
  });
  await command({ type: "freeze", seconds: 0 });
  room.send([
    gift(SOM, ROSE, { count: 99, end: true, group: nextMessageId() }),
  ]); // late
  await command({ type: "selectWinner", comment: "latest" });
  ok((await places(program)).every((place) => !place.startsWith("13 ")));
  await command({ type: "undo" });
  ok((await places(program))[0]?.startsWith("13 "));
  await command({ type: "selectWinner", viewerId: "12", comment: "none" });
  await command({ type: "open" });
  room.send([gift(SOM, ROSE, { count: 2, end: true, group: nextMessageId() })]);
  await until(
    "the game goes on",
    async () => (await places(program)).includes("11 13"),
  );
}

async function isLive(program: Playing): Promise<boolean> {
  const { connection } = await ask<{ connection: { state: string } }>(
    program,
    "state",
  );
  return connection.state === "live";
}
