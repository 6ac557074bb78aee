import { strictEqual } from "node:assert";
import { textsOf } from "@/locales/mod.ts";
import { obsWords, runWords } from "./obs_words.ts";

Deno.test("obsWords() asks for a password where none was given", () => {
  for (const language of ["th", "en"] as const) {
    const { obs } = textsOf(language);
    const wrong = { state: "wrong_password", passwordSet: true } as const;
    strictEqual(obsWords(obs, wrong), obs.sentences.wrong_password);
    strictEqual(
      obsWords(obs, { ...wrong, passwordSet: false }),
      obs.needsPassword,
    );
    const quit = { state: "quit", passwordSet: false } as const;
    strictEqual(obsWords(obs, quit), obs.sentences.quit);
  }
});

Deno.test("runWords() says when a rule ran and what came of it", () => {
  const texts = textsOf("en");
  const at = new Date(2026, 0, 1, 21, 14, 3).getTime();
  strictEqual(runWords(texts, null), "Has not run yet");
  strictEqual(
    runWords(texts, { at, scene: "Host", result: "no_scene" }),
    "21:14:03 Host: OBS has no such scene",
  );
});
