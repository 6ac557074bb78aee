import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { deserializeMessage } from "tiktok-live-connector";
import { type Incoming, LiveEvent } from "@/core/shapes/events.ts";
import {
  amend,
  asUser,
  chat,
  control,
  emoteChat,
  follow,
  gift,
  imDelete,
  like,
  member,
  question,
  type RoomMessage,
  roomUser,
  ROSE,
  type Sender,
  share,
} from "@/testing/tiktok_messages.ts";
import { parseChannel, type ReadCounts, readMessage } from "./messages.ts";

const AT = 1_760_000_000_123;
const STAMP = { msgId: "7300000000000000007", at: AT };
const ANN: Sender = {
  id: "6900000000000000001",
  handle: "ann",
  nickname: "แอน 🌸",
  avatarUrls: ["http://plain.example/a.webp", "https://cdn.example/a.webp"],
};
const VIEWER = {
  id: ANN.id,
  handle: "ann",
  nickname: "แอน 🌸",
  avatarUrl: "https://cdn.example/a.webp",
  follower: false,
};
const WHAT = { id: STAMP.msgId, at: AT, viewer: VIEWER };

function decode({ method, payload }: RoomMessage): unknown {
  const name = method as Parameters<typeof deserializeMessage>[0];
  return deserializeMessage(name, Buffer.from(payload));
}

/** What a message says after the connector has decoded it. */
function read(
  message: RoomMessage,
  counts: ReadCounts = { undecodable: 0, empty: 0 },
): Incoming[] {
  const data = decode(message);
  const events = readMessage(message.method, data, counts, AT + 9);
  for (const event of events) {
    if (event.type !== "room" && event.type !== "ended") LiveEvent.parse(event);
  }
  return events;
}

function followerIn(message: RoomMessage): boolean {
  const event = read(message)[0]!;
  ok("viewer" in event);
  return event.viewer.follower;
}

Deno.test("readMessage() reads a comment and cleans its text", () => {
  deepStrictEqual(read(chat(ANN, " สวัสดี\u0000\nค่ะ  ", STAMP)), [
    { type: "comment", ...WHAT, text: "สวัสดี ค่ะ" },
  ]);
});

Deno.test("readMessage() reads taps, and the room's total beside them", () => {
  deepStrictEqual(read(like(ANN, 15, { ...STAMP, total: 90_961 })), [
    { type: "like", ...WHAT, count: 15 },
    { type: "room", at: AT, likes: 90_961 },
  ]);
});

Deno.test("readMessage() reads a tick of a combo, and a whole gift", () => {
  const tick = { ...STAMP, count: 7, group: "1696447173318" };
  const lion = { id: "6369", name: "Lion", diamonds: 29_999, type: 2 };
  const rose = {
    type: "gift",
    ...WHAT,
    giftId: "5655",
    giftName: "Rose",
    diamonds: 1,
    repeatCount: 7,
    combo: true,
    groupId: "1696447173318",
  };
  deepStrictEqual(read(gift(ANN, ROSE, tick)), [rose]);
  deepStrictEqual(read(gift(ANN, ROSE, { ...tick, end: true })), [rose]);
  deepStrictEqual(read(gift(ANN, lion, STAMP)), [{
    ...rose,
    giftId: "6369",
    giftName: "Lion",
    diamonds: 29_999,
    repeatCount: 1,
    combo: false,
    groupId: "0",
  }]);
});

Deno.test("readMessage() reads a follow as one by a follower", () => {
  deepStrictEqual(read(follow(ANN, STAMP)), [
    { type: "follow", ...WHAT, viewer: { ...VIEWER, follower: true } },
  ]);
  deepStrictEqual(read(share(ANN, STAMP)), [{ type: "share", ...WHAT }]);
});

Deno.test("readMessage() takes followers from where TikTok is right", () => {
  const fan = { ...ANN, follower: true };
  for (const from of [ANN, fan]) {
    strictEqual(followerIn(chat(from, "x")), from === fan);
    strictEqual(followerIn(gift(from, ROSE)), from === fan);
    strictEqual(followerIn(like(from, 1)), from === fan);
    strictEqual(followerIn(share(from)), from === fan);
    strictEqual(followerIn(question(from, "x?")), from === fan);
  }
});

Deno.test("readMessage() does not believe followStatus on chats and gifts", () => {
  const misled = decode(gift(ANN, ROSE)) as { user: { followInfo: unknown } };
  misled.user.followInfo = { followStatus: "1" };
  const counts = { undecodable: 0, empty: 0 };
  const [event] = readMessage("WebcastGiftMessage", misled, counts, AT);
  ok(event?.type === "gift" && !event.viewer.follower);
});

Deno.test("readMessage() takes a mutual follower for a follower", () => {
  const data = decode(like(ANN, 1)) as { user: { followInfo: unknown } };
  data.user.followInfo = { followStatus: "2" };
  const counts = { undecodable: 0, empty: 0 };
  const [event] = readMessage("WebcastLikeMessage", data, counts, AT);
  ok(event?.type === "like" && event.viewer.follower);
});

Deno.test("readMessage() tells moderators and subscribers", () => {
  const [event] = read(
    chat({ ...ANN, moderator: true, subscriber: true }, "x"),
  );
  ok(event?.type === "comment");
  deepStrictEqual(
    [event.viewer.moderator, event.viewer.subscriber],
    [true, true],
  );
});

Deno.test("readMessage() knows that a question's own time is in seconds", () => {
  const asked = question(ANN, "ทำไม?", { ...STAMP, questionId: "55" });
  deepStrictEqual(read(asked), [
    { type: "question", ...WHAT, questionId: "55", text: "ทำไม?" },
  ]);
  const data = decode(asked) as { common: { createTime: string } };
  data.common.createTime = "0";
  const counts = { undecodable: 0, empty: 0 };
  const [event] = readMessage("WebcastQuestionNewMessage", data, counts, 1);
  strictEqual(event?.at, AT - AT % 1_000);
});

Deno.test("readMessage() reads what was taken away", () => {
  deepStrictEqual(read(imDelete(["5", "0"], ["6"], STAMP)), [{
    type: "deletion",
    id: STAMP.msgId,
    at: AT,
    messageIds: ["5"],
    viewerIds: ["6"],
  }]);
  deepStrictEqual(read(imDelete([], [])), []);
});

Deno.test("readMessage() reads the room and its end", () => {
  const at = AT;
  deepStrictEqual(read(roomUser(312, { at, soFar: 9_000 })), [
    { type: "room", at, viewers: 312 },
  ]);
  deepStrictEqual(read(control(3, { at })), [
    { type: "ended", at, reason: "ended" },
  ]);
  deepStrictEqual(read(control(4, { at })), [
    { type: "ended", at, reason: "suspended" },
  ]);
  deepStrictEqual(read(control(1)), []);
});

Deno.test("readMessage() leaves out joins, stickers and unknown kinds", () => {
  const counts = { undecodable: 0, empty: 0 };
  deepStrictEqual(read(member(ANN), counts), []);
  deepStrictEqual(read(emoteChat(ANN), counts), []);
  deepStrictEqual(readMessage("WebcastNewMessage", {}, counts, AT), []);
  deepStrictEqual(counts, { undecodable: 0, empty: 0 });
});

Deno.test("readMessage() counts empty names and texts", () => {
  const counts = { undecodable: 0, empty: 0 };
  const [event] = read(chat({ ...ANN, nickname: "" }, "hi"), counts);
  ok(event?.type === "comment");
  strictEqual(event.viewer.nickname, "ann");
  deepStrictEqual(read(chat(ANN, " \n"), counts), []);
  deepStrictEqual(read(question(ANN, ""), counts), []);
  deepStrictEqual(counts, { undecodable: 0, empty: 3 });
});

Deno.test("readMessage() cuts what is too long, between characters", () => {
  const [event] = read(
    chat({ ...ANN, nickname: "a" + "😀".repeat(300) }, "ก".repeat(9_999)),
  );
  ok(event?.type === "comment");
  strictEqual(event.text.length, 2_000);
  ok(event.viewer.nickname.isWellFormed());
});

Deno.test("readMessage() never throws, whatever it is given", () => {
  const whole = [
    chat(ANN, "x"),
    like(ANN, 1),
    gift(ANN, ROSE),
    share(ANN),
    question(ANN, "x"),
    imDelete(["1"]),
    roomUser(1),
    control(3),
  ];
  const strange = [
    undefined,
    null,
    0,
    "",
    [],
    {},
    NaN,
    { common: null },
    { user: { id: "-1" } },
  ];
  for (const message of whole) {
    const counts = { undecodable: 0, empty: 0 };
    for (const data of strange) {
      readMessage(message.method, data, counts, AT);
    }
    const data = decode(message) as Record<string, unknown>;
    for (const key of Object.keys(data)) {
      for (const value of [...strange, -5, 1e99, "x".repeat(99), { id: {} }]) {
        const broken = { ...data, [key]: value };
        const events = readMessage(message.method, broken, counts, AT);
        for (const event of events) {
          if (event.type === "room" || event.type === "ended") continue;
          LiveEvent.parse(event);
        }
      }
    }
    ok(counts.undecodable > 0, `${message.method} takes anything`);
  }
});

Deno.test("readMessage() refuses a viewer without an id", () => {
  const counts = { undecodable: 0, empty: 0 };
  deepStrictEqual(read(chat({ ...ANN, id: "0" }, "x"), counts), []);
  deepStrictEqual(read(amend(chat(ANN, "x"), { user: undefined }), counts), []);
  strictEqual(counts.undecodable, 2);
});

/** A like with its create time as a text; when it came is AT + 9. */
function timeOf(createTime: string): number {
  const [event] = read(amend(like(ANN, 1), { common: { createTime } }));
  return event!.at;
}

Deno.test("readMessage() takes a create time in any unit, and the arrival for nonsense", () => {
  for (const unit of ["123", "123456", "123456789"]) {
    strictEqual(timeOf(`1760000000${unit}`), AT);
  }
  strictEqual(timeOf("1760000000"), 1_760_000_000_000);
  for (const time of ["0", "-1", "17", `-${AT}`, "9223372036854775807"]) {
    strictEqual(timeOf(time), AT + 9, time);
  }
});

Deno.test("readMessage() keeps taps beside a total that is none", () => {
  for (const total of ["-1", "9223372036854775807"]) {
    const counts = { undecodable: 0, empty: 0 };
    const events = read(amend(like(ANN, 15, STAMP), { total }), counts);
    deepStrictEqual(events, [{ type: "like", ...WHAT, count: 15 }]);
    deepStrictEqual(read(amend(roomUser(1), { total }), counts), []);
    strictEqual(counts.undecodable, 0);
  }
});

Deno.test("readMessage() needs nothing but the viewer and the amount", () => {
  const { id } = ANN;
  const tier = { gift: { diamondCount: 5 } };
  const counts = { undecodable: 0, empty: 0 };
  const reads = (method: string, data: object) =>
    readMessage(method, data, counts, AT).map(({ type }) => type);
  deepStrictEqual(
    [
      reads("WebcastGiftMessage", { user: { id }, repeatCount: 2, ...tier }),
      reads("WebcastLikeMessage", { user: { id }, count: 2 }),
      reads("WebcastChatMessage", { user: { id }, content: "hi" }),
      reads("WebcastSocialMessage", { user: { id }, action: "1" }),
    ],
    [["gift"], ["like"], ["comment"], ["follow"]],
  );
  strictEqual(counts.undecodable, 0);
});

Deno.test("readMessage() counts messages without an id or a time: so a changed schema shows", () => {
  const counts = { undecodable: 0, empty: 0 };
  read(like(ANN, 1), counts);
  strictEqual(counts.empty, 0);
  read(like(ANN, 1, { msgId: "0" }), counts);
  read(like(ANN, 1, { at: 0 }), counts);
  deepStrictEqual(counts, { undecodable: 0, empty: 2 });
});

Deno.test("readMessage() refuses what TikTok cannot send, and counts it", () => {
  const counts = { undecodable: 0, empty: 0 };
  const refused: RoomMessage[] = [
    ...[0, -1, 1_001, 2 ** 31 - 1].map((n) => like(ANN, n)),
    ...[-1, 1_000_001, 2 ** 31 - 1].map((count) => gift(ANN, ROSE, { count })),
    ...[-1, 1_000_001, 2 ** 31 - 1].map((diamonds) =>
      gift(ANN, { ...ROSE, diamonds })
    ),
  ];
  for (const message of refused) deepStrictEqual(read(message, counts), []);
  strictEqual(counts.undecodable, refused.length);
});

Deno.test("readMessage() gives a message without an id one of what it says", () => {
  const idOf = (count: number, at: number, msgId = "0") => {
    const stamp = { msgId, at };
    const [event] = read(gift(ANN, ROSE, { count, group: "1", ...stamp }));
    ok(event?.type === "gift");
    return event.id;
  };
  strictEqual(idOf(5, AT), idOf(5, AT, "-7")); // a copy
  const others = [idOf(5, AT), idOf(6, AT), idOf(5, AT + 1), idOf(5, 0)];
  strictEqual(new Set([...others, idOf(5, 0)]).size, 5); // no time, no copy
});

Deno.test("readMessage() tells for which guest a gift was, and the host by the handle", () => {
  const guest = { id: "7001", handle: "guest_one", nickname: "\u3164" };
  const to = (fields: Record<string, unknown>) => {
    const data = decode(amend(gift(ANN, ROSE), fields));
    const counts = { undecodable: 0, empty: 0 };
    const args = ["WebcastGiftMessage", data, counts, AT, "studio"] as const;
    const [event] = readMessage(...args);
    ok(event?.type === "gift");
    return event.to;
  };
  strictEqual(to({}), undefined);
  strictEqual(to({ toUser: asUser({ id: "7", handle: "Studio" }) }), undefined);
  strictEqual(to({ toUser: asUser({ id: "0" }) }), undefined);
  const named = { ...guest, nickname: "guest_one" };
  deepStrictEqual(to({ toUser: asUser(guest) }), named);
  deepStrictEqual(to({ toMemberId: "7001", toMemberNickname: "Guest" }), {
    id: "7001",
    handle: "",
    nickname: "Guest",
  });
});

Deno.test("readMessage() takes a name that nobody sees for none, and such a comment, too", () => {
  const unseen = [
    "\u200d\u200c", // joiners alone
    "\u2800", // Braille without a dot
    "\u115f\u1160\u3164\uffa0", // Hangul fillers
    "\u{e0041}\u{e007f}", // tags
    "\ufe0f\u{e0100}", // variation selectors
    "\u00a0\u3000", // spaces
    "\u{1d159}", // a note without a head
    "\u0e31\u0301", // marks without a letter
    "\ue000\u{10ffff}", // characters that nobody has drawn
  ];
  for (const text of unseen) {
    const counts = { undecodable: 0, empty: 0 };
    const [event] = read(like({ ...ANN, nickname: text }, 1), counts);
    ok(event?.type === "like");
    strictEqual(event.viewer.nickname, "ann");
    deepStrictEqual(read(chat(ANN, text), counts), []);
    deepStrictEqual(read(question(ANN, text), counts), []);
    deepStrictEqual(counts, { undecodable: 0, empty: 3 });
  }
  for (const text of ["👩‍👩‍👧‍👦", "🇹🇭", "1️⃣", "ก็", ".", "ﷺ"]) {
    strictEqual(read(chat(ANN, text)).length, 1, text);
  }
});

Deno.test("parseChannel() takes names and links", () => {
  for (
    const text of [
      "@somchai.88",
      "somchai.88",
      "  @SomChai.88 ",
      "https://www.tiktok.com/@somchai.88/live",
      "https://www.tiktok.com/@somchai.88/live?lang=th&_r=1#x",
      "http://tiktok.com/@somchai.88",
      "tiktok.com/@somchai.88/live",
      "https://m.tiktok.com/@SOMCHAI.88",
    ]
  ) {
    deepStrictEqual(parseChannel(text), { ok: true, channel: "somchai.88" });
  }
  deepStrictEqual(
    parseChannel("https://www.tiktok.com/@%E0%B8%81/live"),
    { ok: true, channel: "ก" },
  );
});

Deno.test("parseChannel() says why a text cannot be a channel", () => {
  const problems = {
    "": "empty",
    " @ ": "empty",
    "two words": "bad_name",
    "a-b": "bad_name",
    "@@a": "bad_name",
    ["x".repeat(25)]: "bad_name",
    "https://www.tiktok.com/live": "not_tiktok",
    "https://vm.tiktok.com/ZMabc/": "not_tiktok",
    "https://tiktok.com.evil.example/@a/live": "not_tiktok",
    "https://youtube.com/@somchai": "not_tiktok",
    "javascript:alert(1)": "not_tiktok",
    "a/../../b": "not_tiktok",
    "https://www.tiktok.com/@%/live": "bad_name",
  };
  for (const [text, problem] of Object.entries(problems)) {
    deepStrictEqual(parseChannel(text), { ok: false, problem }, text);
  }
});
