import { deepStrictEqual as equal } from "node:assert";
import { isVisible, shownName } from "./names.ts";

Deno.test("shownName() gives the handle where nothing of the name can be seen", () => {
  const unseen = ["", "\u200d", "\u2800\u00a0", "\u3164\u115f", "\u{e0041}"];
  equal(
    unseen.map((name) => shownName(name, "ann")),
    unseen.map(() => "ann"),
  );
  equal(shownName("\u3164", "\u2800"), "?");
  equal(shownName("ก้อย 👩‍👩‍👧‍👦", "ann"), "ก้อย 👩‍👩‍👧‍👦");
});

Deno.test("isVisible() asks whether anything is left, in any script", () => {
  const seen = ["a", "ก", "ี่น", "漢", "ﷺ", "🏳️‍🌈", "7️⃣", "·", " x "];
  equal(seen.filter(isVisible), seen);
  const unseen = ["", " \t", "\u0e35\u0e48", "\ufe0f", "\u{1d159}", "\ue000"];
  equal(unseen.filter(isVisible), []);
});
