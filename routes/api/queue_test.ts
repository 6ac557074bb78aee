/**
 * Comments on their way to the screen: lined up, hidden, blocked; and what a
 * game's page reads besides the board.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import {
  QuestionsAnswer,
  Timeline,
  WinnersAnswer,
} from "@/core/shapes/history.ts";
import { StateAnswer } from "@/core/shapes/state.ts";
import { ReceiptsPage, ViewerDetails } from "@/core/shapes/views.ts";
import { z } from "zod";
import { comment, gift } from "@/core/testing.ts";
import { openPlace, type Place } from "@/testing/place.ts";

async function played(): Promise<Place> {
  const place = await openPlace();
  await place.command({ type: "connect", channel: "host.name" });
  await place.command({ type: "newSession", title: "Friday" });
  await place.arrive(
    gift("bob", { repeatCount: 20 }),
    comment("bob", "sing please", { id: "c1" }),
    comment("bob", "a b4d word", { id: "c2" }),
    gift("bad", { repeatCount: 2, nickname: "BАD" }),
  );
  return place;
}

const get = async (place: Place, path: string) =>
  await (await place.ask(path)).json();
const texts = async (place: Place, filter = "") =>
  (await get(place, `/api/comments${filter}`)).items
    .map((item: { text: string }) => item.text);
const bob = (type: string, commentId: string, more = {}) => ({
  type,
  viewerId: "bob",
  commentId,
  ...more,
});

async function block(place: Place, text: string) {
  const blockedWords = [{ text, part: false }];
  const init = { method: "PATCH", json: { blockedWords } };
  strictEqual((await place.ask("/api/settings", "host", init)).status, 200);
}

function fits(schema: z.ZodObject, value: unknown): void {
  const { error } = z.strictObject(schema.shape).safeParse(value);
  strictEqual(error && z.prettifyError(error), undefined);
}

Deno.test("a moderator fills the queue, and what the host airs leaves it", async () => {
  const place = await played();
  const json = bob("queueComment", "c1");
  const init = { method: "POST", json };
  const asked = await place.ask("/api/commands", "moderator", init);
  strictEqual(asked.status, 200);
  const again = await place.ask("/api/commands", "moderator", init);
  strictEqual(again.status, 409);
  const state = await get(place, "/api/state");
  fits(StateAnswer, state);
  deepStrictEqual(state.queue.map((c: { id: string }) => c.id), ["c1"]);
  await place.command(bob("queueComment", "c2"));
  await place.command(bob("unqueueComment", "c2"));
  await place.command(bob("showComment", "c1"));
  deepStrictEqual((await get(place, "/api/state")).queue, []);
  await place.close();
});

Deno.test("a hidden comment is nowhere but among the hidden ones, until undo", async () => {
  const place = await played();
  await place.command(bob("showComment", "c1"));
  await place.command(bob("queueComment", "c2"));
  await place.command(bob("hideComment", "c1", { hidden: true }));
  await place.command(bob("hideComment", "c2", { hidden: true }));
  deepStrictEqual(await texts(place), []);
  deepStrictEqual(await texts(place, "?filter=hidden"), [
    "a b4d word",
    "sing please",
  ]);
  const state = await get(place, "/api/state");
  strictEqual(state.frame.stage, null);
  deepStrictEqual(state.queue, []);
  const shown = { method: "POST", json: bob("showComment", "c1") };
  const refused = await place.ask("/api/commands", "host", shown);
  strictEqual((await refused.json()).code, "comment_hidden");
  await place.command({ type: "undo" });
  deepStrictEqual(await texts(place), ["a b4d word"]);
  await place.command({ type: "redo" });
  deepStrictEqual(await texts(place), []);
  await place.close();
});

Deno.test("a blocked word keeps comments and names off, and points count", async () => {
  const place = await played();
  await place.command(bob("showComment", "c2"));
  await block(place, "bad");
  deepStrictEqual(await texts(place), ["sing please"]);
  const { frame } = await get(place, "/api/state");
  strictEqual(frame.stage, null);
  deepStrictEqual(
    frame.rows.map((row: { nickname: string; points: number }) => [
      row.nickname,
      row.points,
    ]),
    [["bob", 100], ["•••", 10]],
  );
  await place.command({ type: "selectWinner", viewerId: "bob" });
  const won = (await get(place, "/api/state")).frame.stage;
  strictEqual(won.comment, "sing please");
  const viewer = await get(place, "/api/viewers/bob");
  fits(ViewerDetails, viewer);
  ok(viewer.comments.some((row: { masked?: boolean }) => row.masked));
  await place.close();
});

Deno.test("winners, questions and the timeline of a session can be read", async () => {
  const place = await played();
  await place.command({ type: "selectWinner", comment: "c1" });
  const winners = await get(place, "/api/sessions/current/winners");
  fits(WinnersAnswer, winners);
  const [won] = winners.items;
  deepStrictEqual([won.nickname, won.points, won.comment, won.undone], [
    "bob",
    100,
    "sing please",
    false,
  ]);
  await place.command({ type: "undo" });
  const after = await get(place, "/api/sessions/current/winners");
  strictEqual(after.items[0].undone, true);

  const timeline = await get(place, "/api/sessions/current/timeline");
  fits(Timeline, timeline);
  const sum = timeline.buckets.reduce(
    (all: number, bucket: { points: number }) => all + bucket.points,
    0,
  );
  strictEqual(sum, 110);
  fits(QuestionsAnswer, await get(place, "/api/questions"));
  await place.close();
});

Deno.test("receipts come the newest first where that is asked for", async () => {
  const place = await played();
  await place.command({
    type: "adjustPoints",
    viewerId: "bob",
    points: 5,
    reason: "test",
  });
  const path = "/api/viewers/bob/receipts?newest=1&limit=2";
  const first = await get(place, path);
  fits(ReceiptsPage, first);
  strictEqual(first.items[0].sum, 105);
  const rest = await get(place, `${path}&cursor=${first.cursor}`);
  strictEqual(rest.items.at(-1).points, 100);
  strictEqual(rest.cursor, null);
  await place.close();
});

Deno.test("a removed session is listed until it is restored", async () => {
  const place = await played();
  const [{ id }] = (await get(place, "/api/sessions")).items;
  await place.command({ type: "endSession" });
  await place.ask(`/api/sessions/${id}`, "host", { method: "DELETE" });
  const removed = await get(place, "/api/sessions/removed");
  strictEqual(removed.items[0].id, id);
  await place.ask(`/api/sessions/${id}/restore`, "host", { method: "POST" });
  deepStrictEqual((await get(place, "/api/sessions/removed")).items, []);
  await place.close();
});
