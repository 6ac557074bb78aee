import { ok, strictEqual } from "node:assert";
import { DEFAULT_LOOK } from "@/core/look.ts";
import {
  beginHistory,
  changeLook,
  followLook,
  isSame,
  redoLook,
  undoLook,
} from "./look_history.ts";

Deno.test("undoLook() takes a drag back at once, redoLook() does it again", () => {
  let history = beginHistory(DEFAULT_LOOK);
  for (let i = 1; i <= 5; i++) {
    history = changeLook(history, { scale: 1 + i / 10 }, i * 50);
  }
  history = changeLook(history, { theme: "gold" }, 300);
  history = changeLook(history, { theme: "gold" }, 400);
  strictEqual(history.past.length, 2);
  history = undoLook(history);
  strictEqual(history.now.theme, "ringside");
  history = undoLook(undoLook(history));
  strictEqual(history.now.scale, 1);
  history = redoLook(redoLook(redoLook(history)));
  strictEqual(history.now.theme, "gold");
  history = changeLook(undoLook(history), { rows: 9 }, 5000);
  strictEqual(redoLook(history).now.theme, "ringside");
});

Deno.test("followLook() keeps a draft, and follows what others save without one", () => {
  const saved = { ...DEFAULT_LOOK, rows: 9 };
  const untouched = followLook(
    beginHistory(DEFAULT_LOOK),
    DEFAULT_LOOK,
    saved,
  );
  ok(isSame(untouched.now, saved));
  const draft = changeLook(beginHistory(DEFAULT_LOOK), { theme: "gold" }, 0);
  strictEqual(followLook(draft, DEFAULT_LOOK, saved), draft);
});
