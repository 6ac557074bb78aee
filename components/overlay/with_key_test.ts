import { deepStrictEqual, strictEqual } from "node:assert";
import { frameOf } from "@/testing/overlay_stage.ts";
import { withKey } from "./with_key.ts";

function pictures(urls: (string | null)[], key: string | null) {
  const frame = frameOf(Object.fromEntries(urls.map((_, i) => [`v${i}`, -i])));
  frame.rows.forEach((row, index) => row.avatarUrl = urls[index] ?? null);
  return withKey(frame, key).rows.map((row) => row.avatarUrl);
}

Deno.test("withKey() opens our own pictures and tells nobody else", () => {
  const urls = [
    "/api/avatars/1",
    "/api/avatars/1?v=2",
    "https://p16.tiktokcdn.com/a.webp",
    "//elsewhere.example/a.webp",
    null,
  ];
  deepStrictEqual(pictures(urls, "k&"), [
    "/api/avatars/1?key=k%26",
    "/api/avatars/1?v=2&key=k%26",
    ...urls.slice(2),
  ]);
  deepStrictEqual(pictures(urls, null), urls);
});

Deno.test("withKey() opens the picture on stage", () => {
  const frame = frameOf({}, {
    stage: {
      kind: "winner",
      viewerId: "a",
      handle: "a",
      nickname: "a",
      avatarUrl: "/api/avatars/1",
      points: 1,
      comment: null,
    },
  });
  strictEqual(withKey(frame, "k").stage?.avatarUrl, "/api/avatars/1?key=k");
});
