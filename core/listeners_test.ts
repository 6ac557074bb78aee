import { deepStrictEqual as equal } from "node:assert";
import { createListeners } from "./listeners.ts";

Deno.test("listeners hear news until they stop", () => {
  const heard: string[] = [];
  const { watch, tell, clear } = createListeners<[news: string]>();
  const stop = watch((news) => heard.push(`first ${news}`));
  watch((news) => heard.push(`second ${news}`));
  tell("a");
  stop();
  tell("b");
  clear();
  tell("c");
  equal(heard, ["first a", "second a", "second b"]);
});

Deno.test("a listener may stop while it is told", () => {
  let heard = 0;
  const { watch, tell } = createListeners();
  const stop = watch(() => {
    heard++;
    stop();
  });
  watch(() => heard += 10);
  tell();
  tell();
  equal(heard, 21);
});
