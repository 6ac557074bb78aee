import { ok, strictEqual } from "node:assert";
import fc from "fast-check";
import { blockerOf, NO_BLOCKER } from "./blocked_words.ts";

const whole = (...texts: string[]) =>
  blockerOf(texts.map((text) => ({ text, part: false })));
const part = (...texts: string[]) =>
  blockerOf(texts.map((text) => ({ text, part: true })));

Deno.test("blocks() takes whole words, and parts where that is asked for", () => {
  for (const text of ["bad", "so BAD!", "bad, really", "@bad", "(bad)"]) {
    ok(whole("bad").blocks(text), text);
  }
  for (const text of ["badly", "a badge", "forbad", "", "good"]) {
    strictEqual(whole("bad").blocks(text), false, text);
  }
  ok(part("bad").blocks("a badge"));
});

Deno.test("blocks() finds words of scripts without spaces", () => {
  ok(whole("ควาย").blocks("ไอ้ควายตัวนี้"));
  ok(whole("バカ").blocks("お前はバカだ"));
  strictEqual(whole("กา").blocks("กาแฟร้อน"), false);
  ok(part("กา").blocks("กาแฟร้อน"));
  ok(whole("ควาย").blocks("คคควาย".replace("คคค", "ค")));
});

Deno.test("blocks() is not fooled by what looks the same", () => {
  const tricks = [
    ..."bаd|ｂａｄ|𝐛𝐚𝐝|ⓑⓐⓓ|b4d|B@D|b\u200ba\u200bd|b\u00ada\u0301d".split("|"),
    ..."b.a.d|b a d|b-a-d|b*a*d|ba.d|baaaad|baddd|ьаԁ|so b_a_d here".split("|"),
    "b\u2060ad",
    "b\ufe0fad",
    "\u202eb\u202cad",
  ];
  for (const trick of tricks) ok(whole("bad").blocks(trick), trick);
  ok(whole("loser").blocks("1053r"));
  ok(whole("loser").blocks("|ᴏѕєг"));
});

Deno.test("blocks() leaves laughter and numbers alone", () => {
  strictEqual(whole("sss").blocks("ตลก 555"), false);
  strictEqual(whole("ass").blocks("455 likes"), false);
  ok(whole("555").blocks("ตลก 555"));
});

Deno.test("blockerOf() blocks names by nickname and by handle", () => {
  const blocker = whole("bad");
  ok(blocker.blocksName({ nickname: "b4d", handle: "x" }));
  ok(blocker.blocksName({ nickname: "x", handle: "bad" }));
  strictEqual(blocker.blocksName({ nickname: "x", handle: "badger" }), false);
  strictEqual(blockerOf([]), NO_BLOCKER);
});

const INVISIBLE = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f"];
const LOOKS: Record<string, string[]> = {
  a: ["а", "ａ", "4", "@", "á", "𝓪", "A"],
  e: ["е", "ｅ", "3", "ё".normalize("NFD"), "E"],
  o: ["о", "ο", "0", "ö", "O"],
  s: ["ѕ", "5", "$", "ｓ", "S"],
  i: ["і", "1", "í", "I", "l"],
  c: ["с", "ｃ", "C"],
  k: ["к", "K", "ｋ"],
};

Deno.test("blocks() finds a word however its letters are dressed", () => {
  const letter = fc.constantFrom(...Object.keys(LOOKS));
  const word = fc.array(letter, { minLength: 2, maxLength: 8 })
    .filter((letters) => !/(.)\1\1/.test(letters.join("")));
  const dressed = word.chain((letters) =>
    fc.tuple(
      fc.constant(letters.join("")),
      fc.tuple(...letters.map((each, i) =>
        fc.tuple(
          // One plain letter stays: a run of digits alone is a number.
          i === 0 ? fc.constant(each) : fc.constantFrom(each, ...LOOKS[each]!),
          fc.constantFrom("", ...INVISIBLE),
        )
      )),
    )
  );
  fc.assert(fc.property(
    dressed,
    fc.constantFrom("", "x ", "ดี ", "(", "… "),
    fc.constantFrom("", " y", " ดี", ")", "?"),
    ([plain, letters], before, after) => {
      const text = before + letters.flat().join("") + after;
      ok(whole(plain).blocks(text), `${plain}: ${text}`);
    },
  ));
});

Deno.test("blocks() answers for any text at all, always the same", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  fc.assert(fc.property(text, text, (word, other) => {
    const words = [{ text: word, part: true }];
    strictEqual(
      blockerOf(words).blocks(other),
      blockerOf([...words]).blocks(other),
    );
  }));
});

Deno.test("blocks() has nothing against texts that share no letter", () => {
  const thai = fc.string({
    unit: fc.constantFrom(..."กขคงจชซดตถทนบปผพมยรลวสหอ"),
    maxLength: 60,
  });
  fc.assert(fc.property(
    thai,
    (text) => !part("bad", "x").blocks(text),
  ));
});
