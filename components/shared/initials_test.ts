import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { colourOf, initialsOf } from "./initials.ts";

Deno.test("initialsOf() speaks the scripts of the audience", () => {
  const names = [
    "Som Tam",
    "mint",
    "น้องเมย์",
    "เมย์",
    "🔥Jay🔥",
    "小林さくら",
    "محمد",
    "🔥🔥",
    "",
    "  ",
  ];
  deepStrictEqual(names.map(initialsOf), [
    "ST",
    "M",
    "น้",
    "เม",
    "J",
    "小",
    "م",
    "🔥",
    "?",
    "?",
  ]);
});

Deno.test("initialsOf() keeps a pile of marks small and a family whole", () => {
  ok(initialsOf("Z" + "\u0301\u0316".repeat(40)).length <= 11);
  strictEqual(initialsOf("👨‍👩‍👧‍👦 us"), "U");
  strictEqual(initialsOf("👨‍👩‍👧‍👦"), "👨‍👩‍👧‍👦");
});

Deno.test("colourOf() gives a viewer one colour", () => {
  strictEqual(colourOf("7301"), colourOf("7301"));
  const colours = Array.from({ length: 200 }, (_, i) => colourOf(`v${i}`));
  ok(new Set(colours).size > 6);
});
