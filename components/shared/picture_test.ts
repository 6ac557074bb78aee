import { strictEqual } from "node:assert";
import { pictureUrl } from "./picture.ts";

Deno.test("pictureUrl() lets TikTok's pictures and our own through", () => {
  for (
    const url of [
      "https://p16-sign-sg.tiktokcdn.com/a.webp?x=1",
      "https://p19.tiktokcdn-us.com/a.webp",
      "/api/avatars/1",
    ]
  ) strictEqual(pictureUrl(url), url);
});

Deno.test("pictureUrl() lets nothing else through", () => {
  for (
    const url of [
      "http://p16.tiktokcdn.com/a.webp",
      "https://tiktokcdn.com.evil.example/a.png",
      "https://eviltiktokcdn.com/a.png",
      "//evil.example/a.png",
      "/\\evil.example/a.png",
      "javascript:alert(1)",
      "data:image/svg+xml,<svg/>",
      "",
    ]
  ) strictEqual(pictureUrl(url), null, url);
  strictEqual(pictureUrl(null), null);
});
