import { systemClock } from "@/ingest/clock.ts";
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { like } from "@/core/testing.ts";
import { openPlace } from "@/testing/place.ts";
import {
  fetchPicture,
  isAllowed,
  LARGEST_BYTES,
  typeOf,
} from "./avatar_fetch.ts";
import { openAvatarFolder, openAvatarMemory } from "./avatar_shelf.ts";
import { openAvatars } from "./avatars.ts";

const PNG = new Uint8Array([
  0x89,
  0x50,
  0x4e,
  0x47,
  13,
  10,
  26,
  10,
  0,
  0,
  0,
  0,
]);

/** A stand-in for the hosts of pictures, on loopback. */
function openCdn() {
  const asked: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const answers: Record<string, () => Response | Promise<Response>> = {
    "/redirect": () => Response.redirect("http://127.0.0.1:1/secret"),
    "/html": () =>
      new Response("<script>1</script>", {
        headers: { "content-type": "image/png" },
      }),
    "/huge": () => new Response(new Uint8Array(LARGEST_BYTES + 1).fill(0x89)),
    "/gone": () => new Response("", { status: 403 }),
    "/slow": () => new Promise((done) => setTimeout(done, 400, new Response())),
  };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      mostOpen = Math.max(mostOpen, ++open);
      await new Promise((done) => setTimeout(done, 5));
      open--;
      return await answers[pathname]?.() ?? new Response(PNG);
    },
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  return {
    asked,
    origin,
    mostOpen: () => mostOpen,
    close: () => server.shutdown(),
  };
}

async function until(holds: () => boolean) {
  const end = performance.now() + 5_000;
  while (!holds()) {
    ok(performance.now() < end, "it did not come true");
    await new Promise((done) => setTimeout(done, 5));
  }
}

Deno.test("isAllowed() knows TikTok's hosts by name, over https alone", () => {
  for (
    const good of [
      "https://p16-sign-va.tiktokcdn.com/a~100x100.webp?x-signature=1",
      "https://p19.tiktokcdn-us.com/a",
      "https://tiktokcdn-eu.com/a",
    ]
  ) ok(isAllowed(good), good);
  for (
    const bad of [
      "http://p16.tiktokcdn.com/a",
      "https://p16.tiktokcdn.com:8443/a",
      "https://user@p16.tiktokcdn.com/a",
      "https://eviltiktokcdn.com/a",
      "https://tiktokcdn.com.evil.example/a",
      "https://evil.example/tiktokcdn.com",
      "https://127.0.0.1/a",
      "https://[::1]/a",
      "https://169.254.169.254/latest/meta-data",
      "file:///etc/passwd",
      "data:image/png;base64,AAAA",
      "//p16.tiktokcdn.com/a",
      "nonsense",
    ]
  ) strictEqual(isAllowed(bad), false, bad);
});

Deno.test("fetchPicture() takes pictures and nothing else", async () => {
  const cdn = openCdn();
  const get = (path: string) =>
    fetchPicture(cdn.origin + path, { alsoFrom: cdn.origin, timeoutMs: 100 });
  deepStrictEqual(await get("/a.png"), { type: "image/png", bytes: PNG });
  for (const path of ["/redirect", "/html", "/huge", "/gone", "/slow"]) {
    strictEqual(await get(path), null, path);
  }
  const before = cdn.asked.length;
  strictEqual(await fetchPicture(`${cdn.origin}/a.png`), null);
  strictEqual(cdn.asked.length, before, "asked where it may not");
  strictEqual(
    typeOf(new TextEncoder().encode("RIFF1234WEBPVP8 ")),
    "image/webp",
  );
  await cdn.close();
});

Deno.test("own() fetches a picture once, a few at a time, and tells of it", async () => {
  const cdn = openCdn();
  const avatars = openAvatars({
    shelf: openAvatarMemory(),
    alsoFrom: cdn.origin,
    clock: systemClock,
    log() {},
  });
  let told = 0;
  avatars.watch(() => told++);
  const look = (sign: number) =>
    Array.from(
      { length: 20 },
      (_, i) => avatars.own("s", `${cdn.origin}/${i}?x-signature=${sign}`),
    );
  deepStrictEqual(new Set(look(1)), new Set([null]));
  await until(() => look(2).every((own) => own !== null));
  strictEqual(cdn.asked.length, 20);
  ok(cdn.mostOpen() <= 4, `${cdn.mostOpen()} at a time`);
  await until(() => told > 0);
  const [own] = look(3);
  const name = own!.split("/").at(-1)!;
  deepStrictEqual((await avatars.picture(name))?.bytes, PNG);

  strictEqual(avatars.own("s", `${cdn.origin}/gone`), null);
  await until(() => cdn.asked.includes("/gone"));
  await new Promise((done) => setTimeout(done, 30));
  strictEqual(avatars.own("s", `${cdn.origin}/gone?again`), null);
  await new Promise((done) => setTimeout(done, 30));
  strictEqual(cdn.asked.length, 21, "what cannot be had is not asked again");

  await avatars.forget("s");
  strictEqual(await avatars.picture(name), null);
  avatars.close();
  await cdn.close();
});

Deno.test("openAvatarFolder() keeps pictures with their session", async () => {
  const folder = await Deno.makeTempDir();
  const one = await openAvatarFolder(folder);
  await one.put("s1", "abc", PNG);
  await one.put("s2", "def", PNG);
  await one.put("../s3", "ghi", PNG);
  const again = await openAvatarFolder(folder);
  ok(again.has("abc") && again.has("def") && !again.has("ghi"));
  deepStrictEqual(await again.get("abc"), PNG);
  await again.forget("s1");
  await again.forget("never there");
  strictEqual(await again.get("abc"), null);
  strictEqual((await openAvatarFolder(folder)).count("s2"), 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a shelf knows how many pictures each session has", async () => {
  const folder = await Deno.makeTempDir();
  for (const shelf of [await openAvatarFolder(folder), openAvatarMemory()]) {
    for (const name of ["a", "b", "a"]) await shelf.put("s1", name, PNG);
    await shelf.put("s2", "c", PNG);
    deepStrictEqual(["s1", "s2", "s3"].map(shelf.count), [2, 1, 0]);
    await shelf.forget("s1");
    deepStrictEqual(["s1", "s2"].map(shelf.count), [0, 1]);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("frames and answers carry pictures of our own origin", async () => {
  const cdn = openCdn();
  const place = await openPlace({}, { avatarsFrom: cdn.origin });
  await place.command({ type: "newSession", channel: "@studio" });
  const avatarUrl = `${cdn.origin}/ann.webp?x-signature=1`;
  await place.arrive(like("ann", 300, { avatarUrl }));
  const own = () => place.desk.frame().rows[0]?.avatarUrl ?? null;
  await until(() => own() !== null);
  const path = own()!;
  ok(path.startsWith("/api/avatars/"));

  const response = await place.ask(path, "display");
  strictEqual(response.status, 200);
  strictEqual(response.headers.get("content-type"), "image/png");
  ok(response.headers.get("cache-control")?.includes("immutable"));
  deepStrictEqual(new Uint8Array(await response.arrayBuffer()), PNG);
  const key = `${path}?key=${place.secrets.display}`;
  strictEqual((await place.ask(key, "stranger")).status, 200);
  strictEqual((await place.ask(path, "stranger")).status, 401);
  strictEqual((await place.ask("/api/avatars/nothing")).status, 404);
  const board = await (await place.ask("/api/board")).json();
  strictEqual(board.rows[0].avatarUrl, path);

  const { id } = place.desk.frame().session!;
  await place.desk.submit({ type: "endSession" });
  await place.desk.removeSession(id);
  strictEqual((await place.ask(path)).status, 404);
  await place.close();
  await cdn.close();
});

Deno.test({
  name: "a picture in the data folder is its owner's alone",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    const shelf = await openAvatarFolder(`${folder}/avatars`);
    await shelf.put("s", "ann", PNG);
    for (const path of ["avatars", "avatars/s", "avatars/s/ann"]) {
      const { mode } = await Deno.stat(`${folder}/${path}`);
      strictEqual(mode! & 0o077, 0, path);
    }
    await Deno.remove(folder, { recursive: true });
  },
});
