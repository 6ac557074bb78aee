/**
 * Answers to commands, so that another process gives the same ones.
 *
 * @module
 */
import type { Answer, Store } from "@/core/ports.ts";
import type { KvStore } from "@/stores/kv_store.ts";
import { answerKey } from "./keys.ts";
import type { RedisLink } from "./link.ts";
import { ANSWER_KEPT_S } from "./parts.ts";
import type { Availability } from "./availability.ts";

/** Answers in Redis, and in the archive while it is away. */
export function createAnswers(
  link: RedisLink,
  archive: KvStore,
  availability: Availability,
): Pick<Store, "answer" | "putAnswer" | "listAnswers"> {
  return {
    async answer(key) {
      const text = await availability.ask(
        () => link.call("GET", answerKey(key)) as Promise<string | null>,
        null,
      );
      if (text !== null) return JSON.parse(text) as Answer;
      return availability.unsent.answers.get(key) ?? await archive.answer(key);
    },
    async putAnswer(answer) {
      await archive.putAnswer(answer);
      const [key, text] = [answerKey(answer.key), JSON.stringify(answer)];
      const kept = String(ANSWER_KEPT_S);
      await availability.ask(
        () => link.call("SET", key, text, "EX", kept),
        null,
      );
    },
    listAnswers: archive.listAnswers,
  };
}
