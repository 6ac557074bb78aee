import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { openPlace } from "@/testing/place.ts";

const gift = (id: string) => ({
  type: "gift" as const,
  id: `message-${id}`,
  at: Date.now(),
  viewer: {
    id,
    handle: `handle-${id}`,
    nickname: `Nick ${id}`,
    avatarUrl: null,
    follower: false,
  },
  giftId: "1",
  giftName: "Rose",
  diamonds: 1,
  repeatCount: 1,
  combo: false,
  groupId: "",
});

Deno.test("DELETE /api/viewers/{id} forgets a viewer: in the running session when it is over", async () => {
  const place = await openPlace();
  await place.command({ type: "newSession", channel: "studio" });
  await place.arrive(gift("ann"), gift("bob"));
  const { id } = place.desk.state().session!;
  const init = { method: "DELETE" };

  const first = await place.ask("/api/viewers/ann", "host", init);
  strictEqual(first.status, 202);
  deepStrictEqual(await first.json(), { sessions: 0, pending: true });
  await place.command({ type: "newSession" });
  const second = await place.ask("/api/viewers/ann", "host", init);
  deepStrictEqual(await second.json(), { sessions: 0, pending: false });

  const board = await place.ask(`/api/sessions/${id}/board`, "host");
  const { rows } = await board.json();
  deepStrictEqual(
    rows.map((row: { points: number; nickname: string }) => row.nickname),
    ["?", "Nick bob"],
  );
  strictEqual(rows[0].points, rows[1].points);
  const path = `/api/sessions/${id}/export.jsonl`;
  const text = await (await place.ask(path, "host")).text();
  ok(!/Nick ann|handle-ann|"ann"/.test(text), text);

  // What is exported now comes back, with every hash right.
  const imported = await place.ask("/api/sessions/import", "host", {
    method: "POST",
    headers: { "content-type": "application/jsonl" },
    body: text,
  });
  strictEqual(imported.status, 201, await imported.text());
  const mod = await place.ask("/api/viewers/bob", "moderator", init);
  strictEqual(mod.status, 403);
  await mod.body?.cancel();
  await place.close();
});
