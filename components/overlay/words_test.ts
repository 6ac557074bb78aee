import { ok, strictEqual } from "node:assert";
import { withTail, wordsOf } from "./words.ts";

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

Deno.test("withTail() keeps an emoji with the words before it, where a line can end elsewhere", () => {
  for (
    const [name, kept] of [
      ["น้องเมย์ 🇹🇭", "น้องเมย์\u00a0🇹🇭"],
      ["Benjamin Lee 🇹🇭", "Benjamin Lee\u00a0🇹🇭"],
      ["Anna Maria II", "Anna Maria\u00a0II"],
      // Nothing else could be broken, so that it would be cut.
      ["Benjamin 🇹🇭", "Benjamin 🇹🇭"],
      ["Anna Maria", "Anna Maria"],
      ["น้องเมย์", "น้องเมย์"],
      ["", ""],
    ]
  ) strictEqual(withTail(name!), kept);
});
