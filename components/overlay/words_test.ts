import { ok, strictEqual } from "node:assert";
import { wordsOf } from "./words.ts";

Deno.test("wordsOf() finds Thai words and loses no sign", () => {
  const text = "พี่ร้องเพลงโปรดให้ฟังหน่อย ได้ไหมคะ? Sing it! 🎤🎤";
  const words = wordsOf(text);
  strictEqual(words.join(""), text);
  ok(words.length > 8);
});

Deno.test("wordsOf() takes anything", () => {
  for (const text of ["", "!!!", "🔥", "\u202egnp.exe"]) {
    strictEqual(wordsOf(text).join(""), text);
  }
});
