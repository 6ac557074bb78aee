/**
 * An evening of two LIVEs: the game, the real connector and the stand-in, with
 * what the log says of it.
 */
import { deepStrictEqual, strictEqual } from "node:assert";
import { memoryStore } from "@/testing/memory_store.ts";
import { createFakeClock, until } from "@/testing/fake_clock.ts";
import { gift, ROSE } from "@/testing/tiktok_messages.ts";
import { startTikTok } from "@/testing/tiktok_server.ts";
import { openConnection } from "./connect.ts";
import { openDesk } from "../desk/desk.ts";
import { createSignLimit } from "./sign_limit.ts";

const ANN = { id: "701", nickname: "Ann" };

Deno.test("a game goes on in the evening's second LIVE, and the log tells it by changes", async () => {
  const server = await startTikTok();
  const clock = createFakeClock();
  const store = memoryStore();
  const lines: string[] = [];
  const desk = await openDesk({
    store,
    clock,
    rehearsal: false,
    version: "test",
    log: (line) => lines.push(line),
    connect: (options) =>
      openConnection({
        ...options,
        webUrl: server.url,
        signUrl: server.url,
        signLimit: createSignLimit(clock.elapsed),
        clock,
      }),
  });
  const state = () => desk.state().connection;
  const reach = (wanted: string) =>
    until(`"${wanted}"`, () => state().state === wanted);
  const retry = () => clock.advance(state().retryAt! - clock.wall());
  const points = (wanted: number) =>
    until(`${wanted} points`, () => desk.frame().rows[0]?.points === wanted);

  const first = server.room("studio");
  await desk.submit({ type: "newSession", channel: "studio" });
  await first.entered();
  first.send(gift(ANN, ROSE, { count: 5, group: "1", end: true }));
  await points(25);
  first.end();
  await reach("offline");
  for (let looks = 1; looks <= 3; looks++) {
    await retry();
    await until("a look", () => server.count("page") === 1 + looks);
    await reach("offline");
  }
  strictEqual(state().reason, "ended");
  strictEqual(desk.frame().phase, "open");

  const second = server.room("studio", "7400000000000000777");
  server.answer("sign_connect", { status: 500, body: "" }, 2);
  for (let tries = 1; tries <= 3; tries++) {
    await retry();
    await until("a try", () => server.count("sign_connect") === 1 + tries);
    if (tries < 3) await reach("waiting");
  }
  await second.entered();
  second.send(gift(ANN, ROSE, { count: 2, group: "77", end: true }));
  await points(35);
  second.drop();
  await reach("waiting");
  await retry();
  await second.entered();
  await reach("live");
  await desk.submit({ type: "endSession" });
  second.end();
  await reach("ended");
  await desk.submit({ type: "disconnect" });
  await desk.close();
  await server.close();
  store.close();

  const session = lines[1]!.split(" ")[1]!;
  deepStrictEqual(
    lines.map((line) => line.replace(session, "ID").replace(/ \(\[.*\)/, "")),
    [
      "TikTok @studio: looking for the LIVE",
      "Session ID on @studio has begun",
      `TikTok @studio: connected to the LIVE in room ${first.roomId}`,
      "TikTok @studio: the LIVE has ended; looking for the next one",
      "TikTok @studio: not connected: sign_failed; trying again",
      `TikTok @studio: connected to the LIVE in room ${second.roomId}`,
      "TikTok @studio: not connected: lost (Closed); trying again",
      `TikTok @studio: connected to the LIVE in room ${second.roomId}`,
      "Session ID on @studio has ended",
      "TikTok @studio: the LIVE has ended",
      "TikTok @studio: disconnected",
    ],
  );
});
