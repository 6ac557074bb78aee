import { deepStrictEqual } from "node:assert";
import type { FeedComment } from "@/core/views.ts";
import { feedWhileReading } from "./comment_feed.ts";

function comment(id: string, used = false): FeedComment {
  return {
    id,
    viewerId: "v",
    text: id,
    times: 1,
    firstAt: 0,
    lastAt: 0,
    used,
    deleted: false,
    handle: "v",
    nickname: "V",
    avatarUrl: null,
    follower: false,
  };
}

Deno.test("feedWhileReading() shows the newest while the host is at the top", () => {
  const newest = [comment("b"), comment("a")];
  deepStrictEqual(feedWhileReading(null, newest), { shown: newest, fresh: 0 });
});

Deno.test("feedWhileReading() holds new ones back and keeps marks up to date", () => {
  const held = [comment("b"), comment("a")];
  const newest = [comment("d"), comment("c"), comment("b", true), comment("a")];
  deepStrictEqual(feedWhileReading(held, newest), {
    shown: [comment("b", true), comment("a")],
    fresh: 2,
  });
});

Deno.test("feedWhileReading() takes in older ones that were asked for", () => {
  const held = [comment("c"), comment("b")];
  const newest = [comment("c"), comment("b"), comment("a")];
  deepStrictEqual(
    feedWhileReading(held, newest).shown.map((c) => c.id),
    ["c", "b", "a"],
  );
});

Deno.test("feedWhileReading() lets go of what was taken away meanwhile", () => {
  const held = [comment("d"), comment("c"), comment("b"), comment("a")];
  const left = (newest: string[], isAll: boolean) =>
    feedWhileReading(held, newest.map((id) => comment(id)), isAll)
      .shown.map((c) => c.id);
  deepStrictEqual(left(["d", "b"], false), ["d", "b", "a"]);
  deepStrictEqual(left(["d", "b"], true), ["d", "b"]);
  deepStrictEqual(left(["z", "y"], false), ["d", "c", "b", "a"]);
  deepStrictEqual(left([], true), []);
});
