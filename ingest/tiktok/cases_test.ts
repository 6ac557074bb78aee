/**
 * Messages that once went wrong, through the stand-in, the real connector and
 * the game: points must come out as the files beside the project say.
 */
import { deepStrictEqual, strictEqual } from "node:assert";
import type { LiveEvent } from "@/core/shapes/events.ts";
import { play, started } from "@/core/testing.ts";
import type { Session } from "@/core/session.ts";
import { type Case, CASES_HOST, messageOf, readCase } from "@/testing/cases.ts";
import { until } from "@/testing/fake_clock.ts";
import { chat, theirNow } from "@/testing/tiktok_messages.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { openConnection } from "./connect.ts";
import { createSignLimit } from "./sign_limit.ts";

const CASES: [file: string, undecodable: number][] = [
  ["c02-unimportant-field-odd", 0],
  ["c03-gift-to-guest", 0],
  ["c05-anonymous", 2], // viewer "0", and nobody at all
  ["c11-combo-without-group", 0],
];

for (const [file, undecodable] of CASES) {
  const read = await readCase(file);
  Deno.test({
    name: `points come out right: ${read?.name ?? file}`,
    ignore: read === null,
    async fn() {
      const { session, counts } = await played(read!);
      strictEqual(counts.undecodable, undecodable);
      const { expect } = read!;
      const points = Object.keys(expect).map((id) => [
        id,
        session.tallies.get(id)?.points ?? 0,
      ]);
      deepStrictEqual(Object.fromEntries(points), expect);
    },
  });
}

/** Plays the steps; time passes only in the messages. */
async function played({ steps }: Case) {
  const server = await startTikTok();
  const room = server.room(CASES_HOST);
  const session: Session = started();
  const heard = new Set<string>();
  const connection = openConnection({
    channel: CASES_HOST,
    webUrl: server.url,
    signUrl: server.url,
    signLimit: createSignLimit(),
    onEvents(events) {
      const live = events.filter((event): event is LiveEvent =>
        event.type !== "room" && event.type !== "ended"
      );
      play(session, live);
      for (const { id } of live) heard.add(id);
    },
  });
  await room.entered();
  let at = theirNow();
  for (const { send = [], wait = 0, settle = 0 } of steps) {
    at += 1 + wait + settle;
    const last = chat({ id: "1" }, "that was all", { at });
    room.send([...send.map((each) => messageOf(each, at)), last]);
    await until("the last message of a step", () => heard.has(last.msgId));
  }
  const counts = connection.counts();
  await connection.close();
  await server.close();
  return { session, counts };
}
