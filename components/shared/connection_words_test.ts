import { match, strictEqual } from "node:assert";
import { connectionOff } from "@/core/connection.ts";
import type {
  Connection,
  ConnectionPhase,
  ConnectionReason,
} from "@/core/connection.ts";
import { textsOf } from "@/locales/mod.ts";
import { connectionWords } from "./connection_words.ts";

const NOW = new Date(2026, 0, 1, 20, 0, 0).getTime();
const en = textsOf("en").connection;
const th = textsOf("th").connection;

function connection(change: Partial<Connection>): Connection {
  return {
    ...connectionOff(NOW),
    channel: "som",
    ...change,
  };
}

Deno.test("connectionWords() counts down to the next look", () => {
  const offline = connection({ state: "offline", retryAt: NOW + 90_000 });
  strictEqual(
    connectionWords(en, offline, NOW),
    "@som is not live right now · Looking again in 90 s",
  );
  strictEqual(
    connectionWords(th, offline, NOW + 500),
    "ตอนนี้ @som ยังไม่ได้ไลฟ์ · จะดูใหม่ใน 90 วินาที",
  );
});

Deno.test("connectionWords() says that the game waits for the next LIVE", () => {
  const between = connection({
    state: "offline",
    reason: "ended",
    retryAt: NOW + 90_000,
  });
  strictEqual(
    connectionWords(en, between, NOW),
    "The LIVE of @som has ended. The game goes on with the next one · Looking again in 90 s",
  );
  strictEqual(
    connectionWords(th, between, NOW),
    "ไลฟ์ของ @som จบแล้ว เกมจะเล่นต่อเมื่อเริ่มไลฟ์ใหม่ · จะดูใหม่ใน 90 วินาที",
  );
});

Deno.test("connectionWords() says until when the service wants a pause", () => {
  const limited = connection({
    state: "waiting",
    reason: "rate_limited",
    retryAt: NOW + 15 * 60_000,
  });
  match(connectionWords(en, limited, NOW), /until 20:15$/);
});

Deno.test("connectionWords() says for how long nothing came", () => {
  const silent = connection({
    state: "live",
    reason: "silent",
    lastMessageAt: NOW - 20_000,
  });
  strictEqual(
    connectionWords(en, silent, NOW),
    "Connected, but silent for 20 s",
  );
});

Deno.test("connectionWords() says it tries now once the time is there", () => {
  const lost = connection({
    state: "waiting",
    reason: "lost",
    retryAt: NOW - 1,
  });
  match(connectionWords(en, lost, NOW), /lost.*Trying again now$/);
});

Deno.test("connectionWords() has words for every state and reason", () => {
  const states: ConnectionPhase[] = [
    "off",
    "looking",
    "offline",
    "connecting",
    "live",
    "waiting",
    "ended",
    "failed",
  ];
  const reasons: (ConnectionReason | null)[] = [
    null,
    "not_found",
    "age_restricted",
    "rate_limited",
    "needs_key",
    "blocked",
    "sign_failed",
    "unreachable",
    "silent",
    "lost",
    "ended",
    "suspended",
    "bad_channel",
    "unknown",
  ];
  for (const texts of [en, th]) {
    for (const state of states) {
      for (const reason of reasons) {
        const words = connectionWords(
          texts,
          connection({ state, reason }),
          NOW,
        );
        match(words, /\S{2}/);
        strictEqual(words.includes("undefined"), false, words);
      }
    }
  }
});
