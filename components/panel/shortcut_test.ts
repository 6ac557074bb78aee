import { strictEqual } from "node:assert";
import { createWordWatch, type Pressed, shortcutOf } from "./shortcut.ts";

function press(change: Partial<Pressed>): Pressed {
  return {
    key: "",
    code: "",
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    ...change,
  };
}

Deno.test("shortcutOf() goes by the letter of a Latin keyboard", () => {
  strictEqual(shortcutOf(press({ key: "f", code: "KeyF" }), false), "freeze");
  strictEqual(shortcutOf(press({ key: "O", code: "KeyS" }), false), "open");
  strictEqual(
    shortcutOf(press({ key: "?", code: "Slash", shiftKey: true }), false),
    "help",
  );
});

Deno.test("shortcutOf() goes by the place of the key on a Thai keyboard", () => {
  strictEqual(shortcutOf(press({ key: "ด", code: "KeyF" }), false), "freeze");
  strictEqual(shortcutOf(press({ key: "ฝ", code: "Slash" }), false), "search");
  strictEqual(
    shortcutOf(press({ key: "ฦ", code: "Slash", shiftKey: true }), false),
    "help",
  );
});

Deno.test("shortcutOf() leaves typing and other combinations alone", () => {
  strictEqual(shortcutOf(press({ key: "f" }), true), null);
  strictEqual(shortcutOf(press({ key: "Escape" }), true), "escape");
  strictEqual(shortcutOf(press({ key: "r", ctrlKey: true }), false), null);
  strictEqual(shortcutOf(press({ key: "u", repeat: true }), false), null);
});

Deno.test("createWordWatch() tells a word from keys pressed one by one", () => {
  const typed = (word: string, gap: number) => {
    const watch = createWordWatch();
    return [...word].map((key, i) => watch({ key, timeStamp: i * gap }));
  };
  strictEqual(typed("bobby", 150).join(), "false,true,true,true,true");
  strictEqual(typed("bb", 150).join(), "false,false");
  strictEqual(typed("bob", 900).join(), "false,false,false");
  const watch = createWordWatch();
  watch({ key: "b", timeStamp: 0 });
  strictEqual(watch({ key: "Enter", timeStamp: 100 }), false);
});
