/**
 * The state of everything, as one caller reads it.
 *
 * @module
 */
import { connectionWords } from "@/components/connection_words.ts";
import type { StateAnswer } from "@/core/views.ts";
import type { State } from "@/define.ts";
import { textsOf } from "@/locales/mod.ts";

/** What `GET /api/state` answers. */
export function stateAnswer(
  { desk, site, role, language }: State,
): StateAnswer {
  const { connection, ...rest } = desk.state();
  const words = textsOf(language).connection;
  const detail = connectionWords(words, connection, site.now());
  return { role: role!, connection: { ...connection, detail }, ...rest };
}

/** The same without the frame, for streams that carry frames anyway. */
export function streamedState(state: State): Omit<StateAnswer, "frame"> {
  const { frame: _, ...rest } = stateAnswer(state);
  return rest;
}
