import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { FakeTime } from "@/testing/fake_time.ts";
import { cutTo, idleFrame } from "@/core/frame.ts";
import type { Port, ToPage } from "./messages.ts";
import { GONE_MS, RETRY_KEYS_MS } from "./group.ts";
import { ASK_MS, createRelay } from "./relay.ts";
import {
  LONGEST_WAIT_MS,
  openUpstream,
  SILENCE_MS,
  waitAfter,
} from "./upstream.ts";

/** Event sources that a test speaks through. */
function sources() {
  const opened: {
    url: string;
    isOpen: boolean;
    say(name: string, data?: string): void;
  }[] = [];
  const open = (url: string) => {
    const listeners = new Map<string, (event: { data?: string }) => void>();
    const one = {
      url,
      isOpen: true,
      say: (name: string, data?: string) => listeners.get(name)?.({ data }),
    };
    opened.push(one);
    return {
      addEventListener: (
        name: string,
        listener: (event: { data?: string }) => void,
      ) => void listeners.set(name, listener),
      close: () => {
        one.isOpen = false;
      },
    };
  };
  return { opened, open, alive: () => opened.filter((one) => one.isOpen) };
}

function page() {
  const heard: ToPage[] = [];
  const port: Port = { post: (message) => heard.push(message) };
  return {
    port,
    heard,
    data: () =>
      heard.flatMap((each) => each.type === "event" ? [each.data] : []),
  };
}

const OVERLAY = { key: null, state: false, overlay: true };
const PREVIEW = { ...OVERLAY, overlay: false };
const PANEL = { key: null, state: true, overlay: false };

Deno.test("waitAfter() grows by 1.3 and stays below two seconds", () => {
  deepStrictEqual([1, 2, 3].map(waitAfter), [400, 520, 676]);
  strictEqual(waitAfter(5000), LONGEST_WAIT_MS);
});

Deno.test("openUpstream() comes back after every error, and after silence", () => {
  using time = new FakeTime();
  const { opened, open, alive } = sources();
  const said: boolean[] = [];
  const upstream = openUpstream({
    overlaps: true,
    open,
    onKeys() {},
    onEvent() {},
    onStatus: (up) => said.push(up),
  });
  upstream.want({ state: false, overlays: 1, keys: [] });
  opened[0]!.say("frame", "{}");
  opened[0]!.say("error");
  strictEqual(alive().length, 0);
  time.tick(LONGEST_WAIT_MS);
  opened[1]!.say("frame", "{}");
  time.tick(SILENCE_MS - 1);
  opened[1]!.say("heartbeat", "1");
  time.tick(SILENCE_MS - 1);
  strictEqual(alive().length, 1, "a heartbeat is no silence");
  time.tick(LONGEST_WAIT_MS + 2);
  strictEqual(opened.length, 3);
  opened[2]!.say("frame", "<html>");
  strictEqual(alive().length, 0, "that was not our server");
  deepStrictEqual(said, [true, false, true, false]);
  upstream.close();
  time.tick(60_000);
  strictEqual(opened.length, 3);
});

Deno.test("openUpstream() lets the new stream speak before the old one goes", () => {
  using time = new FakeTime();
  const { opened, open, alive } = sources();
  const heard: string[] = [];
  const upstream = openUpstream({
    overlaps: true,
    open,
    onKeys() {},
    onEvent: (_, data) => heard.push(data),
    onStatus() {},
  });
  upstream.want({ state: false, overlays: 1, keys: ["k&k", "l"] });
  strictEqual(opened[0]!.url, "/api/frames?rows=30&overlays=1&key=k%26k&key=l");
  opened[0]!.say("frame", "1");
  upstream.want({ state: true, overlays: 1, keys: [] });
  upstream.want({ state: true, overlays: 2, keys: [] });
  time.tick(300);
  strictEqual(opened.length, 2, "changes at one moment ask once");
  opened[0]!.say("frame", "2");
  opened[1]!.say("frame", "3");
  deepStrictEqual(heard, ["1", "2", "3"]);
  deepStrictEqual(alive(), [opened[1]]);
  upstream.close();
});

Deno.test("createRelay() feeds all pages without a key from one stream", () => {
  using time = new FakeTime();
  const { open, opened, alive } = sources();
  const relay = createRelay({ open });
  const pages = Array.from({ length: 12 }, page);
  for (const { port } of pages) {
    relay.take(port, { type: "listen", wish: OVERLAY });
  }
  opened[0]!.say("frame", '{"seq":1}');
  const panel = page();
  relay.take(panel.port, { type: "listen", wish: PANEL });
  deepStrictEqual(panel.data(), ['{"seq":1}'], "the newest, at once");
  relay.take(page().port, { type: "listen", wish: PREVIEW }); // counts for none
  time.tick(300);
  const [now] = alive().slice(-1);
  strictEqual(now!.url, "/api/frames?rows=30&overlays=12&with=state");
  now!.say("frame", '{"seq":2}');
  now!.say("state", '{"a":1}');
  strictEqual(alive().length, 1);
  deepStrictEqual(pages[7]!.data(), ['{"seq":1}', '{"seq":2}']);
  strictEqual(panel.data().at(-1), '{"a":1}');

  const guest = page();
  const wish = { ...OVERLAY, key: "other" };
  relay.take(guest.port, { type: "listen", wish });
  deepStrictEqual(guest.data(), [], "a key is another stream");
  strictEqual(alive().length, 2);
  relay.close();
  strictEqual(alive().length, 0);
});

const withKey = (key: string) => ({ ...OVERLAY, key });

Deno.test("createRelay() feeds all pages with keys from one stream, and never two at once", () => {
  using time = new FakeTime();
  const { open, opened, alive } = sources();
  const relay = createRelay({ open });
  const pages = Array.from({ length: 12 }, page);
  pages.forEach(({ port }, i) =>
    relay.take(port, { type: "listen", wish: withKey(`key${i % 7}`) })
  );
  strictEqual(alive().length, 1);
  opened[0]!.say("frame", "1");
  deepStrictEqual(pages[0]!.data(), ["1"], "its key lets in");
  deepStrictEqual(pages[1]!.data(), [], "of that key nothing is known yet");
  time.tick(300);
  deepStrictEqual(alive(), [opened[1]]);
  const keys = Array.from({ length: 7 }, (_, i) => `&key=key${i}`).join("");
  strictEqual(opened[1]!.url, `/api/frames?rows=30&overlays=12${keys}`);
  opened[1]!.say("keys", JSON.stringify(Array(7).fill(true)));
  opened[1]!.say("frame", "2");
  for (const { data } of pages.slice(1)) strictEqual(data().at(-1), "2");
  relay.close();
});

Deno.test("createRelay() tells pages nothing more once their key is taken away", () => {
  using time = new FakeTime();
  const { open, alive } = sources();
  const relay = createRelay({ open });
  const [good, bad] = [page(), page()];
  relay.take(good.port, { type: "listen", wish: withKey("a") });
  relay.take(bad.port, { type: "listen", wish: withKey("b") });
  time.tick(300);
  alive()[0]!.say("keys", "[true,true]");
  alive()[0]!.say("frame", "1");
  alive()[0]!.say("keys", "[true,false]");
  deepStrictEqual(bad.heard.at(-1), { type: "status", up: false });
  alive()[0]!.say("frame", "2");
  deepStrictEqual(bad.data(), ["1"]);
  deepStrictEqual(good.data(), ["1", "2"]);
  time.tick(300);
  strictEqual(alive().length, 1);
  ok(alive()[0]!.url.includes("overlays=1"), "the other is none any more");
  alive()[0]!.say("keys", "[true,false]");

  // It is tried again, and may be right by then.
  for (let at = 0; at <= RETRY_KEYS_MS; at += ASK_MS) {
    time.tick(ASK_MS);
    for (const { port } of [good, bad]) relay.take(port, { type: "here" });
  }
  alive()[0]!.say("keys", "[true,true]");
  alive()[0]!.say("frame", "3");
  deepStrictEqual(bad.data(), ["1", "2", "3"], "the newest, at once");
  relay.close();
});

Deno.test("createRelay() never has more than three streams, whatever pages come and go", () => {
  using time = new FakeTime();
  const { open, alive } = sources();
  const relay = createRelay({ open });
  const random = seeded(7);
  const pages: { port: Port }[] = [];
  let most = 0;
  for (let i = 0; i < 2_000; i++) {
    const luck = random();
    if (luck < 0.3) {
      const one = page();
      pages.push(one);
      const key = random() < 0.3 ? null : `key${Math.trunc(random() * 9)}`;
      const wish = { ...(random() < 0.5 ? OVERLAY : PANEL), key };
      relay.take(one.port, { type: "listen", wish });
    } else if (luck < 0.5) {
      const [gone] = pages.splice(Math.trunc(random() * pages.length), 1);
      if (gone) relay.take(gone.port, { type: "bye" });
    }
    time.tick(100);
    most = Math.max(most, alive().length);
    for (const source of alive()) {
      if (random() < 0.2) source.say(random() < 0.9 ? "frame" : "error", "1");
    }
    for (const { port } of pages) relay.take(port, { type: "here" });
  }
  strictEqual(most, 3);
  relay.close();
});

/** Numbers below 1, the same ones for a seed. */
function seeded(seed: number) {
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
}

Deno.test("createRelay() forgets pages that say goodbye or no longer answer", () => {
  using time = new FakeTime();
  const { open, alive } = sources();
  const relay = createRelay({ open });
  const [one, other] = [page(), page()];
  relay.take(one.port, { type: "listen", wish: OVERLAY });
  relay.take(other.port, { type: "listen", wish: OVERLAY });
  relay.take(other.port, { type: "bye" });
  for (let at = 0; at < 2 * GONE_MS; at += ASK_MS) {
    time.tick(ASK_MS);
    relay.take(one.port, { type: "here" });
  }
  strictEqual(alive().length, 1, "who answers is kept");
  time.tick(GONE_MS + 2 * ASK_MS);
  strictEqual(alive().length, 0);
});

Deno.test("cutTo() shows a page its rows, and what happened among them", () => {
  const passed = { viewerId: "a", from: 3, passed: ["b"] };
  const frame = {
    ...idleFrame(0),
    overtakings: [{ ...passed, to: 1 }, { ...passed, to: 2 }],
  };
  deepStrictEqual(cutTo(frame, 1).overtakings, [{ ...passed, to: 1 }]);
});
