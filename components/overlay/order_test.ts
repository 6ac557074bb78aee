import { deepStrictEqual } from "node:assert";
import { dueOf } from "./due.ts";

const stage = {
  kind: "comment",
  viewerId: "1",
  handle: "a",
  nickname: "a",
  avatarUrl: null,
  points: 1,
  comment: "?",
} as const;
const numeral = { kind: "numeral", what: "3" } as const;
const word = { kind: "word", what: "Frozen" } as const;

Deno.test("dueOf() lets seconds go before cards, and cards before words", () => {
  deepStrictEqual(dueOf({ counting: numeral, stage }), {
    counting: numeral,
    stage: null,
  });
  deepStrictEqual(dueOf({ counting: word, stage }), { counting: null, stage });
  deepStrictEqual(dueOf({ counting: word, stage: null }), {
    counting: word,
    stage: null,
  });
  deepStrictEqual(dueOf({ counting: null, stage }), { counting: null, stage });
});
