import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert";
import { textsOf } from "@/locales/mod.ts";
import { problemWords } from "./problem_words.ts";

const en = textsOf("en");

Deno.test("problemWords() names a refusal, a missing right and a dead network", () => {
  strictEqual(
    problemWords(en, { kind: "refused", code: "empty_board" }),
    en.refusals.empty_board,
  );
  match(problemWords(en, { kind: "http", status: 403 }), /may not/);
  match(problemWords(en, { kind: "network" }), /running/);
});

Deno.test("problemWords() says what came after a step that stays", () => {
  const after = { seq: 9, step: "winnerSelected", viewer: "Som" } as const;
  const late = { kind: "refused", code: "too_late" } as const;
  match(problemWords(en, { ...late, after }), /winner Som.*came after/);
  const closed = { seq: 9, step: "frozen", viewer: null } as const;
  match(problemWords(en, { ...late, after: closed }), /“freeze” came after/);
  match(problemWords(en, late), /countdown is over/);
});

Deno.test("problemWords() comforts nobody: what was not done is not called written", () => {
  for (const texts of [en, textsOf("th")]) {
    const { notDone, unsure } = texts.errors;
    const away = (isSure: boolean) =>
      problemWords(texts, { kind: "away", isSure });
    deepStrictEqual([away(true), away(false)], [notDone, unsure]);
    strictEqual(problemWords(texts, { kind: "http", status: 500 }), unsure);
  }
  const all = JSON.stringify([en.errors, en.refusals]);
  doesNotMatch(all, /everything is written/i);
});

Deno.test("problemWords() never shows a number", () => {
  for (const status of [400, 401, 403, 404, 405, 418, 422, 429, 500, 503]) {
    doesNotMatch(problemWords(en, { kind: "http", status }), /\d/);
  }
});
